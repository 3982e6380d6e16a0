from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.search import index

from home.blocks import BodyBlock
from home.fields import BodyField
from home.models import ContentPage, FocusArea


class FocusAreaPage(ContentPage):
    """The way into a focus area: where to begin, and all that belongs to it."""

    focus_area = models.ForeignKey(
        FocusArea, verbose_name=_("focus area"), on_delete=models.PROTECT, related_name="+"
    )
    body = BodyField(BodyBlock(), verbose_name=_("body"), blank=True)

    template = "pages/focus.html"
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Panel]] = [
        *ContentPage.content_panels,
        FieldPanel("focus_area"),
        FieldPanel("body"),
    ]
    search_fields: ClassVar[list[index.BaseField]] = [
        *ContentPage.search_fields,
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("focus area page")
        verbose_name_plural = _("focus area pages")
