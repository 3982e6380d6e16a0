from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PageChooserPanel, Panel
from wagtail.fields import RichTextField
from wagtail.models import Orderable
from wagtail.search import index

from home.blocks import RICH_TEXT, LawBlock, SourceBlock
from home.fields import BodyField
from home.models import KnowledgePage
from kb.models.method import MethodPage

# The parts of the template, in the order in which they are told.
# All but situation and done may be missing.
PARTS = (
    ("situation", _("Situation and need")),
    ("goal", _("Goal")),
    ("done", _("What was done")),
    ("result", _("Result")),
    ("follow_up", _("Follow-up")),
    ("helped", _("What helped")),
    ("hindered", _("What hindered")),
    ("time_and_cost", _("Time and cost")),
    ("transferable", _("How it can be used elsewhere")),
)


class ExampleStatus(models.TextChoices):
    SUBMITTED = "submitted", _("Told by the agency")
    REVIEWED = "reviewed", _("Reviewed by editors")
    SELECTED = "selected", _("Chosen as especially instructive")


class GoodExamplePage(KnowledgePage):
    """What an agency has tried, told to one template. The agency is the parent page."""

    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(1970), MaxValueValidator(2200)]
    )
    status = models.CharField(
        _("status"), max_length=10, choices=ExampleStatus.choices, default=ExampleStatus.SUBMITTED
    )
    situation = RichTextField(_("situation and need"), features=RICH_TEXT)
    goal = RichTextField(_("goal"), features=RICH_TEXT, blank=True)
    done = RichTextField(_("what was done"), features=RICH_TEXT)
    result = RichTextField(_("result"), features=RICH_TEXT, blank=True)
    follow_up = RichTextField(_("follow-up"), features=RICH_TEXT, blank=True)
    helped = RichTextField(_("what helped"), features=RICH_TEXT, blank=True)
    hindered = RichTextField(_("what hindered"), features=RICH_TEXT, blank=True)
    time_and_cost = RichTextField(_("time and cost"), features=RICH_TEXT, blank=True)
    transferable = RichTextField(_("how it can be used elsewhere"), features=RICH_TEXT, blank=True)
    laws = BodyField([("law", LawBlock())], verbose_name=_("legal ground"), blank=True)
    contact = models.CharField(
        _("contact"), max_length=200, blank=True,
        help_text=_("A function and its address, never a person: people leave."),
    )  # fmt: skip
    sources = BodyField([("source", SourceBlock())], verbose_name=_("sources"), blank=True)

    template = "pages/example.html"
    parent_page_types: ClassVar[list[str]] = ["kb.AgencyPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Panel]] = [
        *KnowledgePage.content_panels,
        KnowledgePage.focus_panel,
        MultiFieldPanel([FieldPanel("year"), FieldPanel("status")], heading=_("Facts")),
        MultiFieldPanel([FieldPanel(name) for name, _label in PARTS], heading=_("The example")),
        InlinePanel("methods_used", heading=_("Methods used"), label=_("method")),
        FieldPanel("laws"),
        FieldPanel("body"),
        FieldPanel("contact"),
        FieldPanel("sources"),
        MultiFieldPanel(KnowledgePage.review_panels, heading=_("Review")),
    ]
    search_fields: ClassVar[list[index.BaseField]] = [
        *KnowledgePage.search_fields,
        *(index.SearchField(name) for name, _label in PARTS),
    ]

    class Meta(KnowledgePage.Meta):
        verbose_name = _("good example")
        verbose_name_plural = _("good examples")
        constraints = [
            *KnowledgePage.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(status__in=ExampleStatus.values), name="example_status_known"
            ),
        ]


class ExampleMethod(Orderable):
    """A method that an example used."""

    example = ParentalKey(GoodExamplePage, on_delete=models.CASCADE, related_name="methods_used")
    method = models.ForeignKey(
        MethodPage, verbose_name=_("method"), on_delete=models.CASCADE, related_name="uses"
    )

    panels: ClassVar[list[Panel]] = [PageChooserPanel("method")]

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["example", "method"],
                name="example_method_once",
                violation_error_message=_("The method is already in the list."),
            )
        ]

    def __str__(self) -> str:
        return str(self.method)
