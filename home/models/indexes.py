from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel

from home.blocks import BodyBlock
from home.fields import BodyField
from home.models.base import ContentPage


class IndexPage(ContentPage):
    """A list of pages of one kind, with an introduction."""

    body = BodyField(BodyBlock(), verbose_name=_("introduction"), blank=True)

    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    content_panels: ClassVar[list[Panel]] = [*ContentPage.content_panels, FieldPanel("body")]

    class Meta:
        abstract = True


class ListingPage(IndexPage):
    """An index whose list can be narrowed by filters; its app's listings.py says which."""

    class Meta:
        abstract = True
