from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from courses.domain.changes import ChangeKind
from courses.domain.spec import UnitKind

KINDS = [(kind.value, kind.value) for kind in UnitKind]


class Unit(models.Model):
    """What records of learning are about: it stays when its page moves, is renamed or deleted.

    `key` is the page's translation key, the same in all languages; a quiz has one of its own,
    made from its module's. `titles` are by language, `areas` keys of focus areas.
    """

    key = models.UUIDField(_("key"), unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=KINDS)
    titles = models.JSONField(_("titles"), default=dict)
    part_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts",
        verbose_name=_("module"), help_text=_("Of a lesson or a quiz."),
    )  # fmt: skip
    areas = models.JSONField(_("focus areas"), default=list)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind.value for kind in UnitKind]),
                name="unit_kind_known",
            )
        ]

    def __str__(self) -> str:
        return self.title_in(get_language())

    @property
    def module(self) -> "Unit":
        """The module of a lesson or a quiz. Raises ValueError for what is part of none."""
        if self.part_of is None:
            raise ValueError(f"{self.key} is part of no module")
        return self.part_of

    def title_in(self, language: str | None) -> str:
        """In the language, or else in the main one, or else in any."""
        titles: dict[str, str] = self.titles
        first = next(iter(titles.values()), "")
        return titles.get(language or "") or titles.get(settings.LANGUAGE_CODE) or first


class UnitVersion(models.Model):
    """What publishing compiled a unit to; courses.domain.spec says what is in `spec`.

    Never changed: the database refuses it (migration 0002). `languages` are those in which it is
    complete. A version that nobody has begun may be replaced by the next.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("number"))
    digest = models.CharField(_("digest"), max_length=64)
    structure = models.CharField(_("digest of the structure"), max_length=64)
    spec = models.JSONField(_("content"))
    languages = models.JSONField(_("languages"))
    published_at = models.DateTimeField(_("published"))

    class Meta:
        ordering = ["unit", "number"]
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        constraints = [
            models.UniqueConstraint(fields=["unit", "number"], name="unit_version_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.number}"


class CurrentVersion(models.Model):
    """The version that who begins a unit in a language gets: the newest that speaks it."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="current")
    language = models.CharField(_("language"), max_length=10)
    version = models.ForeignKey(UnitVersion, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "language"], name="current_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.version} {self.language}"


CHANGES = [
    (ChangeKind.WORDING.value, _("Wording only: the right answers are the same")),
    (ChangeKind.KEEP.value, _("Right answers changed: keep all results as they are")),
    (ChangeKind.POINTS.value, _("Right answers changed: give everyone the point")),
    (ChangeKind.REGRADE.value, _("Right answers changed: grade again by the new answers")),
]


class QuizChange(models.Model):
    """What an editor said of a change to a published quiz, and how many attempts it moved."""

    version = models.OneToOneField(UnitVersion, on_delete=models.PROTECT, related_name="change")
    kind = models.CharField(_("kind of change"), max_length=10, choices=CHANGES)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+", verbose_name=_("decided by"),
    )  # fmt: skip
    decided_at = models.DateTimeField(_("decided"))
    attempts = models.PositiveIntegerField(_("attempts graded again"), default=0)
    now_passed = models.PositiveIntegerField(_("now passed"), default=0)
    now_failed = models.PositiveIntegerField(_("now failed"), default=0)

    class Meta:
        ordering = ["decided_at"]
        verbose_name = _("change of a quiz")
        verbose_name_plural = _("changes of quizzes")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind.value for kind in ChangeKind]),
                name="quiz_change_kind_known",
            )
        ]

    def __str__(self) -> str:
        label: Any = self.get_kind_display()
        return f"{self.version}: {label}"
