from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import TranslatableMixin

from home.models.base import ContentPageForm


class Tone(models.TextChoices):
    """The look's four colours; css/tokens.css gives each a value for light and for dark."""

    PETROL = "petrol", _("petrol")
    RUST = "rust", _("rust")
    MOSS = "moss", _("moss")
    PLUM = "plum", _("plum")


class Pattern(models.TextChoices):
    """The look's four patterns, which tell areas apart without colour."""

    ARCS = "arcs", _("arcs")
    LINES = "lines", _("lines")
    DOTS = "dots", _("dots")
    SLANTS = "slants", _("slants")


class FocusArea(TranslatableMixin, models.Model):
    """A focus area in one language. `key` is the same in all languages and is used in addresses."""

    key = models.SlugField(_("key"), max_length=60)
    name = models.CharField(_("name"), max_length=80)
    aim = models.CharField(_("aim"), max_length=200)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    tone = models.CharField(_("colour"), max_length=10, choices=Tone.choices)
    pattern = models.CharField(_("pattern"), max_length=10, choices=Pattern.choices)

    class Meta:
        ordering = ["order", "key"]
        verbose_name = _("focus area")
        verbose_name_plural = _("focus areas")
        constraints = [
            models.UniqueConstraint(
                fields=["translation_key", "locale"], name="focus_area_translated_once"
            ),
            models.UniqueConstraint(fields=["key", "locale"], name="focus_area_key_once"),
            models.CheckConstraint(
                condition=models.Q(tone__in=Tone.values), name="focus_area_tone_known"
            ),
            models.CheckConstraint(
                condition=models.Q(pattern__in=Pattern.values), name="focus_area_pattern_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class FocusAreaForm(ContentPageForm):
    """Offers the focus areas in the page's own language.

    A translated page begins with those that were chosen in the language it came from.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields.get("focus_areas")
        if isinstance(field, forms.ModelMultipleChoiceField) and self.instance.locale_id:
            field.queryset = FocusArea.objects.filter(locale_id=self.instance.locale_id)
            chosen = {area.key for area in self.instance.focus_areas.all()}
            self.initial["focus_areas"] = [area.pk for area in field.queryset if area.key in chosen]
