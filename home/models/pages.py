from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel
from wagtail.fields import RichTextField
from wagtail.search import index

from home.blocks import RICH_TEXT, BodyBlock
from home.fields import BodyField
from home.models.base import ContentPage


class WayBlock(blocks.StructBlock):
    """One thing a visitor comes to do, and the page where it begins."""

    title = blocks.CharBlock(max_length=60, label=_("Title"))
    text = blocks.CharBlock(max_length=250, label=_("Text"))
    page = blocks.PageChooserBlock(label=_("Page"))
    label = blocks.CharBlock(max_length=60, label=_("Text of the link"))

    class Meta:
        icon = "arrow-right"
        label = _("Way in")


class HomePage(ContentPage):
    headline = models.CharField(_("headline"), max_length=120)
    lead = models.TextField(_("lead"), max_length=300)
    search_hint = models.CharField(_("hint in the search box"), max_length=60)
    ways = BodyField([("way", WayBlock())], verbose_name=_("ways in"), blank=True)
    body = BodyField(BodyBlock(), verbose_name=_("body"), blank=True)

    template = "pages/home.html"
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    content_panels: ClassVar[list[Panel]] = [
        *ContentPage.content_panels,
        FieldPanel("headline"),
        FieldPanel("lead"),
        FieldPanel("search_hint"),
        FieldPanel("ways"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("home page")


class StandardPage(ContentPage):
    """A page of text: about the site, privacy, how to contribute."""

    body = BodyField(BodyBlock(), verbose_name=_("body"), blank=True)

    template = "pages/standard.html"
    content_panels: ClassVar[list[Panel]] = [*ContentPage.content_panels, FieldPanel("body")]
    search_fields: ClassVar[list[index.BaseField]] = [
        *ContentPage.search_fields,
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("standard page")


class Compliance(models.TextChoices):
    FULL = "full", _("fully compliant")
    PARTIAL = "partial", _("partly compliant")
    NONE = "none", _("not compliant")


class InaccessibleBlock(blocks.StructBlock):
    what = blocks.CharBlock(max_length=300, label=_("What is not accessible"))
    reason = blocks.CharBlock(max_length=300, label=_("Why"))

    class Meta:
        icon = "warning"
        label = _("Not accessible")


class AccessibilityStatementPage(ContentPage):
    """The accessibility statement; its fields are the eleven items of DIGG's rules.

    Source: the Swedish act (2018:1937) on accessibility of digital public services.
    """

    actor = models.CharField(_("1. who is responsible"), max_length=200)
    service = models.CharField(_("2. the service"), max_length=200)
    compliance = models.CharField(_("3. compliance"), max_length=10, choices=Compliance.choices)
    inaccessible = BodyField(
        [("item", InaccessibleBlock())],
        verbose_name=_("4. content that is not accessible"),
        blank=True,
    )
    assessed_on = models.DateField(_("5. assessed on"))
    updated_on = models.DateField(_("6. updated on"))
    evaluation = RichTextField(_("7. how it was evaluated"), features=RICH_TEXT)
    report_faults = RichTextField(_("8. how to report faults"), features=RICH_TEXT)
    complaint_url = models.URLField(_("9. complaint to the supervisory agency"))
    burden = RichTextField(_("10. disproportionate burden"), features=RICH_TEXT, blank=True)
    outside_law = RichTextField(_("11. content outside the law"), features=RICH_TEXT, blank=True)
    body = BodyField(BodyBlock(), verbose_name=_("body"), blank=True)

    template = "pages/accessibility_statement.html"
    content_panels: ClassVar[list[Panel]] = [
        *ContentPage.content_panels,
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in (
                    "actor", "service", "compliance", "inaccessible", "assessed_on", "updated_on",
                    "evaluation", "report_faults", "complaint_url", "burden", "outside_law",
                )
            ],
            heading=_("The eleven items"),
        ),
    ]  # fmt: skip

    class Meta:
        verbose_name = _("accessibility statement")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(compliance__in=Compliance.values), name="compliance_known"
            ),
            models.CheckConstraint(
                condition=models.Q(updated_on__gte=models.F("assessed_on")),
                name="statement_updated_after_assessed",
                violation_error_message=_("It cannot be updated before it was assessed."),
            ),
        ]
