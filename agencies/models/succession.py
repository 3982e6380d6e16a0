from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models.agency import Agency


class SuccessionKind(models.TextChoices):
    RENAMED = "renamed", _("renamed")
    MERGED = "merged", _("merged")
    SPLIT = "split", _("split")
    CLOSED = "closed", _("closed")


class Succession(models.Model):
    """What became of one or more agencies on a day: the first day in the new form, or, for a
    closing, the last day of the agency."""

    kind = models.CharField(_("kind"), max_length=10, choices=SuccessionKind.choices)
    date = models.DateField(_("date"))
    note = models.TextField(_("note in Swedish"), blank=True)
    note_en = models.TextField(_("note in English"), blank=True)

    class Meta:
        ordering = ["date", "pk"]
        verbose_name = _("succession")
        verbose_name_plural = _("successions")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=SuccessionKind.values), name="succession_kind_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.date}"


class SuccessionLink(models.Model):
    """One predecessor and one successor in a succession; no successor where it closed.

    The database refuses an agency that succeeds itself, at once or by a detour: a check
    constraint for the first and a trigger (migration 0002) for the second.
    """

    succession = models.ForeignKey(Succession, on_delete=models.CASCADE, related_name="links")
    predecessor = models.ForeignKey(
        Agency, verbose_name=_("predecessor"), on_delete=models.PROTECT,
        related_name="successor_links",
    )  # fmt: skip
    successor = models.ForeignKey(
        Agency, verbose_name=_("successor"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="predecessor_links",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(predecessor=models.F("successor")),
                name="succession_not_to_oneself",
                violation_error_message=_("An agency cannot succeed itself."),
            ),
            models.UniqueConstraint(
                fields=["succession", "predecessor", "successor"],
                name="succession_link_once",
            ),
            models.UniqueConstraint(
                fields=["succession", "predecessor"],
                condition=models.Q(successor=None),
                name="succession_closed_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor or '–'}"
