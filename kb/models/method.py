from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel
from wagtail.fields import RichTextField
from wagtail.search import index

from home.blocks import RICH_TEXT, LawBlock, SourceBlock
from home.fields import BodyField
from home.models import KnowledgePage, OwnedMixin
from kb.blocks import MethodStepBlock


class Level(models.TextChoices):
    START = "start", _("Begin here")
    NEXT = "next", _("Next step")
    DEEP = "deep", _("In depth")


class MethodPage(OwnedMixin, KnowledgePage):
    """A way of working that an agency can take up: what for, when, and step by step."""

    purpose = RichTextField(_("what it is for"), features=RICH_TEXT)
    fits_when = RichTextField(_("when it fits"), features=RICH_TEXT)
    level = models.CharField(_("level"), max_length=10, choices=Level.choices)
    time = models.CharField(_("time"), max_length=60)
    people = models.CharField(_("people needed"), max_length=60)
    steps = BodyField([("step", MethodStepBlock())], verbose_name=_("steps"))
    origin = RichTextField(_("where it comes from"), features=RICH_TEXT)
    sources = BodyField([("source", SourceBlock())], verbose_name=_("sources"), blank=True)
    laws = BodyField([("law", LawBlock())], verbose_name=_("laws it serves"), blank=True)
    related = BodyField(
        [("page", blocks.PageChooserBlock(page_type="kb.MethodPage", label=_("Method")))],
        verbose_name=_("related methods"),
        blank=True,
    )
    proposal = models.BooleanField(_("the platform’s own proposal"), default=False)

    template = "pages/method.html"
    parent_page_types: ClassVar[list[str]] = ["kb.MethodIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Panel]] = [
        *KnowledgePage.content_panels,
        KnowledgePage.focus_panel,
        MultiFieldPanel(
            [FieldPanel("level"), FieldPanel("time"), FieldPanel("people"), FieldPanel("proposal")],
            heading=_("Facts"),
        ),
        FieldPanel("purpose"),
        FieldPanel("fits_when"),
        FieldPanel("steps"),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("origin"),
                FieldPanel("sources"),
                FieldPanel("laws"),
                FieldPanel("related"),
            ],
            heading=_("Roots and relations"),
        ),
        MultiFieldPanel(
            [FieldPanel("owner_agency"), *KnowledgePage.review_panels], heading=_("Review")
        ),
    ]
    search_fields: ClassVar[list[index.BaseField]] = [
        *KnowledgePage.search_fields,
        index.SearchField("purpose"),
        index.SearchField("fits_when"),
        index.SearchField("steps"),
    ]

    class Meta(KnowledgePage.Meta):
        verbose_name = _("method")
        verbose_name_plural = _("methods")
        constraints = [
            *KnowledgePage.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(level__in=Level.values), name="method_level_known"
            ),
        ]
