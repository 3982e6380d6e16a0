from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.models import Page, TranslatableMixin
from wagtail.search import index
from wagtail.search.queryset import SearchableQuerySetMixin


class GlossaryTermQuerySet(SearchableQuerySetMixin, models.QuerySet["GlossaryTerm"]):
    pass


class GlossaryTerm(index.Indexed, TranslatableMixin, models.Model):
    """A term in one language. `forms` are its other forms, such as the definite and the plural."""

    term = models.CharField(_("term"), max_length=80)
    slug = models.SlugField(_("slug"), max_length=80)
    forms = models.JSONField(
        _("other forms"), default=list, blank=True,
        help_text=_("A list, such as [\"methods\"]: each is found in running text too."),
    )  # fmt: skip
    definition = models.TextField(_("definition"), max_length=600)
    source = models.CharField(_("source"), max_length=200, blank=True)
    page = models.ForeignKey(
        Page, verbose_name=_("read more"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip

    objects = GlossaryTermQuerySet.as_manager()

    panels: ClassVar[list[Panel]] = [
        FieldPanel("term"),
        FieldPanel("slug"),
        FieldPanel("forms"),
        FieldPanel("definition"),
        FieldPanel("source"),
        FieldPanel("page"),
    ]
    search_fields: ClassVar[list[index.BaseField]] = [
        index.SearchField("term", boost=5),
        index.AutocompleteField("term"),
        index.SearchField("definition"),
        index.FilterField("locale_id"),
    ]

    class Meta:
        ordering = ["term"]
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary terms")
        constraints = [
            models.UniqueConstraint(
                fields=["translation_key", "locale"], name="glossary_term_translated_once"
            ),
            models.UniqueConstraint(fields=["slug", "locale"], name="glossary_slug_once"),
        ]

    def __str__(self) -> str:
        return self.term
