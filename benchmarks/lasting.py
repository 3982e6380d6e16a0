"""What is in the tables after a load, held against what the server had acknowledged."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet, Sum

from benchmarks.material import Material, quiz_spec
from courses.domain.spec import Scale
from courses.models import (
    Answer,
    Attempt,
    Attitude,
    Completion,
    Enrolment,
    LessonDone,
    Measure,
    Tally,
)


@dataclass
class Said:
    """What one learner was told is saved: how often a quiz was begun, and keys of the rest."""

    begun: int = 0
    lessons: set[int] = field(default_factory=set)
    answers: set[tuple[str, str]] = field(default_factory=set)
    submitted: set[str] = field(default_factory=set)


def losses(material: Material, said: Mapping[int, Said]) -> dict[str, int]:
    """By what it is of; all but the first three should be 0."""
    attempts = Attempt.objects.filter(user__in=said)
    answers = {
        (str(key), question)
        for key, question in Answer.objects.filter(attempt__in=attempts).values_list(
            "attempt__key", "question"
        )
    }
    submitted = attempts.exclude(submitted_at=None)
    handed_in = {str(key) for key in submitted.values_list("key", flat=True)}
    lessons = set(LessonDone.objects.filter(user__in=said).values_list("user", "lesson"))
    begun = Counter(attempts.values_list("user", flat=True))
    told = list(said.items())
    return {
        "answers acknowledged": sum(len(one.answers) for one in said.values()),
        "attempts submitted": len(handed_in),
        "modules and courses completed": Completion.objects.filter(user__in=said).count(),
        "answers lost": sum(len(one.answers - answers) for one in said.values()),
        "submissions lost": sum(len(one.submitted - handed_in) for one in said.values()),
        "lessons lost": sum((pk, one) not in lessons for pk, s in told for one in s.lessons),
        "attempts lost": sum(max(0, one.begun - begun[pk]) for pk, one in told),
        "completions lost": _completions_lost(material, said),
        "attempts twice": sum(max(0, begun[pk] - one.begun) for pk, one in told),
        "answers twice": _twice(Answer.objects.all(), "attempt", "question"),
        "lessons twice": _twice(LessonDone.objects.all(), "user", "lesson", "cycle"),
        "enrolments twice": _twice(Enrolment.objects.all(), "user", "unit", "cycle"),
        "completions twice": _twice(Completion.objects.all(), "user", "unit", "cycle"),
        "starts counted wrongly": _off(Measure.STARTED, Enrolment.objects.count()),
        "completions counted wrongly": _off(Measure.COMPLETED, Completion.objects.count()),
        "attitudes counted wrongly": _attitudes_off(),
    }


def _twice(rows: QuerySet[Any], *fields: str) -> int:
    return rows.order_by().values(*fields).annotate(n=Count("pk")).filter(n__gt=1).count()


def _completions_lost(material: Material, people: Iterable[int]) -> int:
    """Of the course and its modules, for who has done all lessons and passed the quiz."""
    course = material.courses[0]
    lessons = [lesson.pk for module in course.modules for lesson in module.lessons]
    passed = set(
        Attempt.objects.filter(user__in=people, passed=True).values_list("user", flat=True)
    )
    done = Counter(
        LessonDone.objects.filter(user__in=passed, lesson__in=lessons).values_list(
            "user", flat=True
        )
    )
    earned = [user for user in passed if done[user] == len(lessons)]
    units = [course.unit.pk, *(module.unit.pk for module in course.modules)]
    rows = Completion.objects.filter(user__in=earned, unit__in=units)
    return len(earned) * len(units) - rows.count()


def _off(measure: Measure, records: int) -> int:
    counted = Tally.objects.filter(measure=measure).aggregate(total=Sum("number"))["total"] or 0
    return abs(counted - records)


def _attitudes_off() -> int:
    """Everybody counts once for each question."""
    scales = [one.id for one in quiz_spec().questions if isinstance(one, Scale)]
    given = Answer.objects.filter(question__in=scales)
    people = given.order_by().values("attempt__user", "question").distinct().count()
    counted = Attitude.objects.aggregate(total=Sum("number"))["total"] or 0
    return abs(counted - people)
