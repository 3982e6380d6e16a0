from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel

from agencies.models import Agency, County
from home.models import ContentPage


class CountyPage(ContentPage):
    """A county's agencies; without a county, the agencies of the whole country."""

    county = models.ForeignKey(
        County, verbose_name=_("county"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", help_text=_("Leave empty for agencies of the whole country."),
    )  # fmt: skip

    template = "pages/county.html"
    parent_page_types: ClassVar[list[str]] = ["kb.CountyIndexPage"]
    subpage_types: ClassVar[list[str]] = ["kb.AgencyPage"]
    content_panels: ClassVar[list[Panel]] = [*ContentPage.content_panels, FieldPanel("county")]

    class Meta:
        verbose_name = _("county page")
        verbose_name_plural = _("county pages")


class AgencyPage(ContentPage):
    """An agency's place on the site: its examples, and what became of the agency."""

    agency = models.ForeignKey(
        Agency, verbose_name=_("agency"), on_delete=models.PROTECT, related_name="+"
    )

    template = "pages/agency.html"
    parent_page_types: ClassVar[list[str]] = ["kb.CountyPage"]
    subpage_types: ClassVar[list[str]] = ["kb.GoodExamplePage"]
    content_panels: ClassVar[list[Panel]] = [*ContentPage.content_panels, FieldPanel("agency")]

    class Meta:
        verbose_name = _("agency page")
        verbose_name_plural = _("agency pages")
