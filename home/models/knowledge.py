from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.search import index

from home.blocks import BodyBlock
from home.fields import BodyField
from home.models.base import ContentPage, ReviewedMixin
from home.models.focus import FocusArea, FocusAreaForm


class KnowledgePage(ReviewedMixin, ContentPage):
    """What belongs to focus areas: methods, guides, examples, modules. A body, and review dates."""

    focus_areas = ParentalManyToManyField(
        FocusArea, verbose_name=_("focus areas"), related_name="+"
    )
    body = BodyField(BodyBlock(), verbose_name=_("body"), blank=True)

    base_form_class = FocusAreaForm
    focus_panel: ClassVar[Panel] = FieldPanel("focus_areas", widget=forms.CheckboxSelectMultiple)
    search_fields: ClassVar[list[index.BaseField]] = [
        *ContentPage.search_fields,
        index.SearchField("body"),
    ]

    class Meta(ReviewedMixin.Meta):
        abstract = True
