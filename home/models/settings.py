from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.models import Locale


class SiteSettings(models.Model):
    """The site's name, mark, footer and contact in one language; one row for each language."""

    locale = models.OneToOneField(Locale, verbose_name=_("language"), on_delete=models.CASCADE)
    name = models.CharField(_("name"), max_length=60)
    tagline = models.CharField(_("what the site is, in a few words"), max_length=120)
    mark = models.ForeignKey(
        "wagtailimages.Image", verbose_name=_("mark"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
        help_text=_("Shown beside the name instead of the spiral, at most 40 pixels high."),
    )  # fmt: skip
    footer = models.TextField(_("footer"), max_length=400)
    contact_text = models.TextField(_("about contact"), max_length=300)
    contact_email = models.EmailField(_("contact address"))

    panels: ClassVar[list[Panel]] = [
        FieldPanel("locale"),
        FieldPanel("name"),
        FieldPanel("tagline"),
        FieldPanel("mark"),
        FieldPanel("footer"),
        FieldPanel("contact_text"),
        FieldPanel("contact_email"),
    ]

    class Meta:
        verbose_name = _("site settings")
        verbose_name_plural = _("site settings")

    def __str__(self) -> str:
        return f"{self.name} ({self.locale.language_code})"
