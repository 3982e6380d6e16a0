from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from home.models import IndexPage, ListingPage


class MethodIndexPage(ListingPage):
    template = "pages/listing.html"
    subpage_types: ClassVar[list[str]] = ["kb.MethodPage"]

    class Meta:
        verbose_name = _("list of methods")


class LegislationIndexPage(ListingPage):
    template = "pages/listing.html"
    subpage_types: ClassVar[list[str]] = ["kb.LegislationGuidePage"]

    class Meta:
        verbose_name = _("list of legislation guides")


class ExampleIndexPage(ListingPage):
    """All examples; the examples themselves lie below their agency's page."""

    template = "pages/listing.html"
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("list of good examples")


class CountyIndexPage(IndexPage):
    template = "pages/counties.html"
    subpage_types: ClassVar[list[str]] = ["kb.CountyPage"]

    class Meta:
        verbose_name = _("list of counties")


class GlossaryIndexPage(IndexPage):
    template = "pages/glossary.html"
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("glossary")
