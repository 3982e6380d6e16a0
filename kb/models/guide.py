from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel
from wagtail.search import index

from home.blocks import SourceBlock
from home.fields import BodyField
from home.models import KnowledgePage, OwnedMixin
from kb.blocks import DutyBlock


class LegislationGuidePage(OwnedMixin, KnowledgePage):
    """What an act asks of an agency. Not the act itself: it cites it and points to it."""

    act = models.CharField(_("act"), max_length=200)
    sfs = models.CharField(
        _("SFS number"), max_length=20,
        validators=[RegexValidator(r"^\d{4}:\d{1,4}$", _("Write the number like 2008:567."))],
        help_text=_("The number in the Swedish Code of Statutes, such as 2008:567."),
    )  # fmt: skip
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)
    in_force_to = models.DateField(
        _("in force to"), null=True, blank=True, help_text=_("The last day it applied.")
    )
    replaced_by = BodyField(
        [("page", blocks.PageChooserBlock(page_type="kb.LegislationGuidePage", label=_("Guide")))],
        verbose_name=_("replaced by"),
        blank=True,
    )
    duties = BodyField(
        [("duty", DutyBlock())], verbose_name=_("what an agency must do"), blank=True
    )
    checked_on = models.DateField(_("checked on"))
    checked_against = models.CharField(_("checked against"), max_length=200)
    official_url = models.URLField(_("official text"))
    sources = BodyField([("source", SourceBlock())], verbose_name=_("sources"), blank=True)
    related = BodyField(
        [("page", blocks.PageChooserBlock(label=_("Page")))],
        verbose_name=_("related pages"),
        blank=True,
    )

    template = "pages/guide.html"
    parent_page_types: ClassVar[list[str]] = ["kb.LegislationIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Panel]] = [
        *KnowledgePage.content_panels,
        KnowledgePage.focus_panel,
        MultiFieldPanel(
            [
                FieldPanel("act"),
                FieldPanel("sfs"),
                FieldPanel("official_url"),
                FieldPanel("in_force_from"),
                FieldPanel("in_force_to"),
                FieldPanel("replaced_by"),
            ],
            heading=_("The act"),
        ),
        FieldPanel("duties"),
        FieldPanel("body"),
        FieldPanel("sources"),
        FieldPanel("related"),
        MultiFieldPanel(
            [
                FieldPanel("checked_on"),
                FieldPanel("checked_against"),
                FieldPanel("owner_agency"),
                *KnowledgePage.review_panels,
            ],
            heading=_("Review"),
        ),
    ]
    search_fields: ClassVar[list[index.BaseField]] = [
        *KnowledgePage.search_fields,
        index.SearchField("act", boost=2),
        index.SearchField("sfs", boost=2),
        index.SearchField("duties"),
    ]

    class Meta(KnowledgePage.Meta):
        verbose_name = _("legislation guide")
        verbose_name_plural = _("legislation guides")
        constraints = [
            *KnowledgePage.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(in_force_to__gte=models.F("in_force_from")),
                name="guide_ends_after_start",
                violation_error_message=_("The last day cannot come before the first."),
            ),
        ]
