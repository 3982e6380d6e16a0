"""The pages of courses. What learners do with them is in rows of their own; see courses.models."""

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, Panel, TabbedInterface
from wagtail.fields import RichTextField
from wagtail.search import index

from courses.blocks import ExerciseBlock, LessonBodyBlock, PlanBlock, QuizBlock
from courses.domain.spec import DEFAULT_PASS_MARK, Audience
from courses.forms import ModulePageForm
from courses.models.unit import CHANGES
from courses.panels import QuizChangePanel
from home.blocks import RICH_TEXT, BodyBlock
from home.fields import BodyField
from home.models import (
    ContentPage,
    IndexPage,
    KnowledgePage,
    ListingPage,
    OwnedMixin,
    ReviewedMixin,
)

AUDIENCES = [
    (Audience.MANAGERS.value, _("Managers")),
    (Audience.CONTACT_PERSONS.value, _("Contact persons")),
    (Audience.TRAINERS.value, _("Trainers")),
    (Audience.EVERYONE.value, _("Everyone")),
]
OBJECTIVES = [("objective", blocks.CharBlock(max_length=300, label=_("Objective")))]


def _from_1_to(most: int) -> list[Any]:
    return [MinValueValidator(1), MaxValueValidator(most)]


class CourseIndexPage(IndexPage):
    template = "pages/courses.html"
    subpage_types: ClassVar[list[str]] = ["courses.CoursePage"]

    class Meta:
        verbose_name = _("list of courses")


class ModuleIndexPage(ListingPage):
    """The library: every module, whichever courses use it."""

    template = "pages/listing.html"
    subpage_types: ClassVar[list[str]] = ["courses.ModulePage"]

    class Meta:
        verbose_name = _("list of modules")


class CoursePage(OwnedMixin, ReviewedMixin, ContentPage):
    """An ordered choice of modules, for an audience. Its length is that of its modules."""

    audience = models.CharField(_("audience"), max_length=20, choices=AUDIENCES)
    objectives = BodyField(OBJECTIVES, verbose_name=_("objectives"))
    modules = BodyField(
        [("module", blocks.PageChooserBlock(page_type="courses.ModulePage", label=_("Module")))],
        verbose_name=_("modules"),
    )
    modules_required = models.PositiveSmallIntegerField(
        _("modules required"), null=True, blank=True, validators=_from_1_to(100),
        help_text=_("How many modules complete the course; empty: all of them."),
    )  # fmt: skip
    validity_months = models.PositiveSmallIntegerField(
        _("valid for months"), null=True, blank=True, validators=_from_1_to(120),
        help_text=_("When it must be renewed; empty: it holds for ever."),
    )  # fmt: skip
    body = BodyField(BodyBlock(), verbose_name=_("body"), blank=True)

    template = "pages/course.html"
    parent_page_types: ClassVar[list[str]] = ["courses.CourseIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Panel]] = [
        *ContentPage.content_panels,
        FieldPanel("audience"),
        FieldPanel("objectives"),
        FieldPanel("modules"),
        MultiFieldPanel(
            [FieldPanel("modules_required"), FieldPanel("validity_months")],
            heading=_("When it is completed"),
        ),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("owner_agency"), *ReviewedMixin.review_panels], heading=_("Review")
        ),
    ]
    search_fields: ClassVar[list[index.BaseField]] = [
        *ContentPage.search_fields,
        index.SearchField("objectives"),
        index.SearchField("body"),
    ]

    class Meta(ReviewedMixin.Meta):
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        constraints = [
            *ReviewedMixin.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(audience__in=[one.value for one in Audience]),
                name="course_audience_known",
            ),
        ]


class ModulePage(OwnedMixin, KnowledgePage):
    """Lessons (its child pages), a closing quiz and a facilitator's guide; used by many courses."""

    objectives = BodyField(OBJECTIVES, verbose_name=_("objectives"))
    proposal = models.BooleanField(_("the platform’s own proposal"), default=False)

    quiz = BodyField(QuizBlock(), verbose_name=_("questions"), blank=True)
    quiz_draw = models.PositiveSmallIntegerField(
        _("questions drawn"), null=True, blank=True, validators=_from_1_to(60),
        help_text=_("How many questions each attempt gets, drawn at random; empty: all."),
    )  # fmt: skip
    quiz_shuffle = models.BooleanField(_("shuffle questions and answers"), default=True)
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark, per cent"), default=DEFAULT_PASS_MARK, validators=_from_1_to(100)
    )
    max_attempts = models.PositiveSmallIntegerField(
        _("most attempts"), null=True, blank=True, validators=_from_1_to(20),
        help_text=_("Empty: as many as the learner likes."),
    )  # fmt: skip
    wait_hours = models.PositiveSmallIntegerField(
        _("hours between attempts"), null=True, blank=True, validators=_from_1_to(720)
    )
    quiz_passed = models.TextField(_("words to those who passed"), max_length=600, blank=True)
    quiz_failed = models.TextField(_("words to those who did not pass"), max_length=600, blank=True)
    quiz_change = models.CharField(
        _("what kind of change is this?"), max_length=10, choices=CHANGES, blank=True,
        help_text=_("Asked when questions that learners have met are changed."),
    )  # fmt: skip

    guide_plan = BodyField([("part", PlanBlock())], verbose_name=_("session plan"), blank=True)
    guide_exercises = BodyField(
        [("exercise", ExerciseBlock())], verbose_name=_("exercises"), blank=True
    )
    guide_discussion = BodyField(
        [("question", blocks.CharBlock(max_length=600, label=_("Question")))],
        verbose_name=_("questions to discuss"),
        blank=True,
    )
    guide_material = BodyField(
        [("item", blocks.CharBlock(max_length=300, label=_("Material")))],
        verbose_name=_("material"),
        blank=True,
    )
    guide_adapt = RichTextField(_("how to adapt it"), features=RICH_TEXT, blank=True)

    base_form_class = ModulePageForm
    template = "pages/module.html"
    parent_page_types: ClassVar[list[str]] = ["courses.ModuleIndexPage"]
    subpage_types: ClassVar[list[str]] = ["courses.LessonPage"]
    content_panels: ClassVar[list[Panel]] = [
        *KnowledgePage.content_panels,
        KnowledgePage.focus_panel,
        FieldPanel("objectives"),
        FieldPanel("body"),
        FieldPanel("proposal"),
        MultiFieldPanel(
            [FieldPanel("owner_agency"), *KnowledgePage.review_panels], heading=_("Review")
        ),
    ]
    quiz_panels: ClassVar[list[Panel]] = [
        FieldPanel("quiz"),
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in (
                    "quiz_draw", "quiz_shuffle", "pass_mark", "max_attempts", "wait_hours",
                    "quiz_passed", "quiz_failed",
                )
            ],
            heading=_("How it is taken"),
        ),
        MultiFieldPanel(
            [FieldPanel("quiz_change"), QuizChangePanel()],
            heading=_("When a published quiz is changed"),
        ),
    ]  # fmt: skip
    guide_panels: ClassVar[list[Panel]] = [
        FieldPanel(f"guide_{name}")
        for name in ("plan", "exercises", "discussion", "material", "adapt")
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Module")),
            ObjectList(quiz_panels, heading=_("Quiz")),
            ObjectList(guide_panels, heading=_("Facilitator’s guide")),
            ObjectList(KnowledgePage.promote_panels, heading=_("Address and menu")),
            ObjectList(KnowledgePage.settings_panels, heading=_("Settings")),
        ]
    )
    search_fields: ClassVar[list[index.BaseField]] = [
        *KnowledgePage.search_fields,
        index.SearchField("objectives"),
    ]

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return [*super().preview_modes, ("quiz", _("Quiz"))]

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        quiz = mode_name == "quiz"
        return "learning/quiz_preview.html" if quiz else self.get_template(request)

    class Meta(KnowledgePage.Meta):
        verbose_name = _("module")
        verbose_name_plural = _("modules")
        constraints = [
            *KnowledgePage.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(pass_mark__range=(1, 100)), name="module_pass_mark_per_cent"
            ),
        ]


class LessonPage(ContentPage):
    minutes = models.PositiveSmallIntegerField(_("minutes"), validators=_from_1_to(600))
    body = BodyField(LessonBodyBlock(), verbose_name=_("body"))

    template = "pages/lesson.html"
    parent_page_types: ClassVar[list[str]] = ["courses.ModulePage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Panel]] = [
        *ContentPage.content_panels,
        FieldPanel("minutes"),
        FieldPanel("body"),
    ]
    search_fields: ClassVar[list[index.BaseField]] = [
        *ContentPage.search_fields,
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
