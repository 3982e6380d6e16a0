from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel

from home.blocks import BodyBlock
from home.fields import BodyField
from home.models import ContentPage


class IndexPage(ContentPage):
    """A list of pages of one kind, with an introduction."""

    body = BodyField(BodyBlock(), verbose_name=_("introduction"), blank=True)

    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    content_panels: ClassVar[list[Panel]] = [*ContentPage.content_panels, FieldPanel("body")]

    class Meta:
        abstract = True


class ListingPage(IndexPage):
    """An index whose list can be narrowed by filters; kb/listings.py says which."""

    class Meta:
        abstract = True


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
