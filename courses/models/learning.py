"""What learners do. Every row names the agency of that day and no language."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from courses.models.unit import Unit, UnitVersion


def _agency() -> models.ForeignKey:
    """The learner's agency on the day of the record; None for who has none."""
    return models.ForeignKey(
        Agency, verbose_name=_("agency"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip


def _learner() -> models.ForeignKey:
    """None where the person has deleted the account: what was counted stays."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("learner"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip


class Enrolment(models.Model):
    """Somebody has begun a course or a module, in the version of that day.

    `cycle` counts from 1; renewing opens the next one, and the old one stays. `declined` is the
    newer version that the learner has been told of and does not want.
    """

    user = _learner()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="enrolments")
    version = models.ForeignKey(UnitVersion, on_delete=models.PROTECT, related_name="enrolments")
    declined = models.ForeignKey(
        UnitVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    agency = _agency()
    cycle = models.PositiveSmallIntegerField(_("cycle"), default=1)
    started_at = models.DateTimeField(_("started"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        constraints = [
            models.UniqueConstraint(fields=["user", "unit", "cycle"], name="enrolment_once"),
            models.CheckConstraint(condition=models.Q(cycle__gte=1), name="enrolment_cycle_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.cycle}"


class LessonDone(models.Model):
    user = _learner()
    lesson = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    agency = _agency()
    cycle = models.PositiveSmallIntegerField(_("cycle"), default=1)
    at = models.DateTimeField(_("done"))

    class Meta:
        verbose_name = _("lesson that is done")
        verbose_name_plural = _("lessons that are done")
        constraints = [
            models.UniqueConstraint(fields=["user", "lesson", "cycle"], name="lesson_done_once")
        ]

    def __str__(self) -> str:
        return f"{self.lesson} {self.at:%Y-%m-%d}"


class Attempt(models.Model):
    """One go at a quiz, from start to end on one version.

    `key` is what forms name it by. `seed` decides which questions are asked and in which order.
    Open until `submitted_at` is set; only then has it points.
    """

    key = models.UUIDField(_("key"), unique=True, default=uuid.uuid4)
    user = _learner()
    quiz = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="attempts")
    version = models.ForeignKey(UnitVersion, on_delete=models.PROTECT, related_name="attempts")
    agency = _agency()
    cycle = models.PositiveSmallIntegerField(_("cycle"), default=1)
    seed = models.CharField(_("seed"), max_length=32)
    started_at = models.DateTimeField(_("started"))
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    points = models.PositiveSmallIntegerField(_("points"), null=True, blank=True)
    most = models.PositiveSmallIntegerField(_("most points"), null=True, blank=True)
    passed = models.BooleanField(_("passed"), default=False)

    class Meta:
        ordering = ["started_at", "pk"]
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "quiz"],
                condition=models.Q(submitted_at=None),
                name="attempt_open_once",
            ),
            models.CheckConstraint(
                condition=models.Q(submitted_at=None, points=None, most=None, passed=False)
                | models.Q(submitted_at__isnull=False, points__lte=models.F("most")),
                name="attempt_points_when_submitted",
            ),
        ]
        indexes = [models.Index(fields=["user", "quiz", "cycle"], name="attempt_of_learner")]

    def __str__(self) -> str:
        return f"{self.quiz} {self.started_at:%Y-%m-%d}"


class Answer(models.Model):
    """The answer to one question of an attempt. The first one stands: rows are only added.

    `response` is empty for attitude scales, whose answers are counted without the person.
    """

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="answers")
    question = models.CharField(_("question"), max_length=64)
    response = models.JSONField(_("response"), null=True)
    at = models.DateTimeField(_("answered"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [models.UniqueConstraint(fields=["attempt", "question"], name="answer_once")]

    def __str__(self) -> str:
        return self.question


class Regrading(models.Model):
    """The points that an attempt had before a change of its quiz was graded."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="regradings")
    change = models.ForeignKey(
        "courses.QuizChange", on_delete=models.PROTECT, related_name="regradings"
    )
    points_before = models.PositiveSmallIntegerField(_("points before"))
    passed_before = models.BooleanField(_("passed before"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["attempt", "change"], name="regraded_once")]

    def __str__(self) -> str:
        return f"{self.attempt}: {self.points_before}"


class CompletionQuerySet(models.QuerySet["Completion"]):
    def of(self, enrolment: Any) -> "CompletionQuerySet":
        """The one of the enrolment's learner, unit and cycle, where there is one."""
        return self.filter(
            user_id=enrolment.user_id, unit_id=enrolment.unit_id, cycle=enrolment.cycle
        )


class Completion(models.Model):
    """Somebody has completed a course or a module; written once and never taken back.

    `started_at` is when the cycle began, so that the time it took needs no other row.
    """

    user = _learner()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="completions")
    version = models.ForeignKey(UnitVersion, on_delete=models.PROTECT, related_name="completions")
    agency = _agency()
    cycle = models.PositiveSmallIntegerField(_("cycle"), default=1)
    started_at = models.DateTimeField(_("started"))
    at = models.DateTimeField(_("completed"))

    objects = CompletionQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("completion")
        verbose_name_plural = _("completions")
        constraints = [
            models.UniqueConstraint(fields=["user", "unit", "cycle"], name="completion_once"),
            models.CheckConstraint(
                condition=models.Q(at__gte=models.F("started_at")),
                name="completion_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.at:%Y-%m-%d}"


class Reflection(models.Model):
    """A learner's private note at a prompt of a lesson. Nobody else ever reads it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reflections"
    )
    lesson = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    prompt = models.CharField(_("prompt"), max_length=64)
    question = models.TextField(_("question"))
    text = models.TextField(_("text"), max_length=5000)
    changed_at = models.DateTimeField(_("changed"))

    class Meta:
        ordering = ["lesson", "pk"]
        verbose_name = _("reflection")
        verbose_name_plural = _("reflections")
        constraints = [models.UniqueConstraint(fields=["user", "prompt"], name="reflection_once")]

    def __str__(self) -> str:
        return self.prompt
