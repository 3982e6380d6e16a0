"""What a learner has done, and the versions that it was done on: two queries for everything."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, DateTimeField, Exists, F, OuterRef, Q, Value
from django.db.models.functions import Cast

from agencies.models import User
from courses.domain.completion import Progress, module_progress
from courses.domain.spec import ModuleSpec, UnitKind
from courses.journey import Journey
from courses.models import (
    Attempt,
    Completion,
    CurrentVersion,
    Enrolment,
    LessonDone,
    UnitVersion,
)
from courses.versions import compiled_module

_NOTHING = ModuleSpec(lessons=())


@dataclass
class Record:
    """A learner's latest cycle in a course or a module. `done` holds keys of lessons and quizzes;
    `completed` moments of completions by their cycle."""

    cycle: int = 0
    version: int | None = None
    declined: int | None = None
    started_at: datetime.datetime | None = None
    done: set[str] = field(default_factory=set)
    completed: dict[int, datetime.datetime] = field(default_factory=dict)

    @property
    def completed_at(self) -> datetime.datetime | None:
        """The latest completion, whichever cycle it was in."""
        return self.completed[max(self.completed)] if self.completed else None

    @property
    def renewing(self) -> bool:
        return bool(self.completed) and self.cycle > max(self.completed)


@dataclass
class Learned:
    """`current` are the versions that who begins now gets, by key of unit; `versions` those and
    the learner's own, by primary key."""

    current: dict[str, UnitVersion]
    versions: dict[int, UnitVersion]
    records: dict[str, Record]

    def record(self, key: str) -> Record:
        return self.records.setdefault(key, Record())

    def own(self, key: str) -> UnitVersion | None:
        """The version that the learner is on."""
        return self.versions.get(self.record(key).version or 0)

    def module_spec(self, key: str) -> ModuleSpec:
        """What there is to do in a module: the learner's own version, or else the current one.

        A step that the module does not have any more stays where it is done, and counts for
        nothing where it is not.
        """
        current, own = self.current.get(key), self.own(key)
        now = compiled_module(current).structure if current else _NOTHING
        if own is None:
            return now
        spec = compiled_module(own).structure
        there = {*now.steps, *self.record(key).done}
        lessons = tuple(lesson for lesson in spec.lessons if lesson.key in there)
        quiz = spec.quiz if spec.quiz in there else None
        return spec.model_copy(update={"lessons": lessons, "quiz": quiz})

    def progress(self, key: str) -> Progress:
        """In the module's cycle that is going on."""
        record = self.record(key)
        completed = record.completed_at is not None and not record.renewing
        return module_progress(self.module_spec(key), record.done, completed)

    def progress_in(self, course: str, key: str) -> Progress:
        """As it counts in a course: there a module that another course has opened again is still
        completed. In a renewed course that is what was completed since."""
        record, opened = self.record(key), self.record(course)
        since = opened.started_at if opened.cycle > 1 else None
        completed = any(since is None or at >= since for at in record.completed.values())
        return module_progress(self.module_spec(key), record.done, completed)


def learned(journey: Journey, *units: Q) -> Learned:
    """Of the units that any of `units` fits; a guest's progress counts as done."""
    versions = _versions(journey, units)
    current = {str(row.unit.key): row for row in versions if row.is_current}
    for row in versions:
        current.setdefault(str(row.unit.key), row)
    records = _records(journey.user) if journey.user else {}
    found = Learned(current, {row.pk: row for row in versions}, records)
    if journey.user is None:
        for key in current:
            found.record(key).done = journey.guest.done
    return found


def of_kind(kind: UnitKind) -> Q:
    return Q(unit__kind=kind)


def with_key(key: str | uuid.UUID) -> Q:
    return Q(unit__key=key)


def _versions(journey: Journey, units: Iterable[Q]) -> list[Any]:
    """Current versions and the learner's own, newest first, those in the language at the front."""
    wanted = Q()
    for unit in units:
        wanted |= unit
    pointers = CurrentVersion.objects.filter(version=OuterRef("pk"))
    relevant = Q(Exists(pointers))
    if journey.user:
        mine = Enrolment.objects.filter(user=journey.user, version=OuterRef("pk"))
        relevant |= Q(Exists(mine))
    rows = UnitVersion.objects.filter(wanted, relevant).select_related("unit")
    return list(
        rows.annotate(
            is_current=Exists(pointers.filter(language=journey.language)),
        ).order_by("-number")
    )


def _records(user: User) -> dict[str, Record]:
    records: dict[str, Record] = {}
    # An enrolment opens its cycle, so it comes before what was done in it.
    for unit, what, value, cycle, moment in sorted(
        _rows(user), key=lambda row: (row[3], row[1] != "enrolment")
    ):
        record = records.setdefault(str(unit), Record())
        if what == "enrolment":
            record.cycle, record.version, record.started_at = cycle, int(value), moment
            record.done = set()
        elif what == "declined":
            record.declined = int(value)
        elif what == "completion":
            record.completed[cycle] = moment
        else:
            record.done.add(str(uuid.UUID(value)))
    return records


def _rows(user: User) -> Iterable[tuple[Any, ...]]:
    """Unit, what, value, cycle and moment of all that the learner has done: one query."""

    def rows(source: Any, what: str, unit: str, value: str, moment: str) -> Any:
        return (
            source.filter(user=user)
            .order_by()
            .annotate(
                about=F(unit),
                what=Cast(Value(what), CharField()),
                value=Cast(F(value), CharField()),
                moment=Cast(F(moment), DateTimeField()),
            )
            .values_list("about", "what", "value", "cycle", "moment")
        )

    begun, declined = Enrolment.objects, Enrolment.objects.exclude(declined=None)
    return rows(begun, "enrolment", "unit__key", "version_id", "started_at").union(
        rows(declined, "declined", "unit__key", "declined_id", "started_at"),
        rows(Completion.objects, "completion", "unit__key", "unit__key", "at"),
        rows(LessonDone.objects, "lesson", "lesson__part_of__key", "lesson__key", "at"),
        rows(
            Attempt.objects.filter(passed=True), "quiz", "quiz__part_of__key", "quiz__key",
            "submitted_at",
        ),
        all=True,
    )  # fmt: skip
