"""What a change to a published quiz does to attempts that have been submitted."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from courses.domain.changes import (
    Change,
    ChangeKind,
    Difference,
    Outcome,
    difference,
    kind_to_settle,
    regraded,
)
from courses.domain.grading import Score
from courses.domain.spec import Compiled, QuizSpec
from courses.models import Attempt, QuizChange, Regrading, Unit, UnitVersion
from courses.services.completing import complete_module
from courses.versions import compiled_quiz

Effects = Sequence[tuple[Attempt, Outcome]]


@dataclass(frozen=True)
class Effect:
    """What a kind of change would do, in attempts; `changed` are those whose points change."""

    changed: int
    now_passed: int
    now_failed: int


def version_before(
    quiz: Unit, new: Compiled[QuizSpec], number: int | None = None
) -> UnitVersion | None:
    """The newest that speaks a language of `new`: what its learners have had until now.

    With `number` the newest below it. So what one language has decided is not asked again when
    the other follows with the same structure.
    """
    versions = UnitVersion.objects.filter(unit=quiz).order_by("-number")
    if number is not None:
        versions = versions.filter(number__lt=number)
    return next((one for one in versions if set(one.languages) & new.texts.keys()), None)


def change_to(quiz: Unit, new: Compiled[QuizSpec], number: int | None = None) -> Difference:
    before = version_before(quiz, new, number)
    return difference(compiled_quiz(before), new) if before else Difference()


def submitted_attempts(quiz: Unit) -> QuerySet[Attempt]:
    return Attempt.objects.filter(quiz=quiz).exclude(submitted_at=None)


def dry_run(
    quiz: Unit, new: Compiled[QuizSpec], kinds: Sequence[ChangeKind]
) -> dict[ChangeKind, Effect]:
    """What each kind would do if `new` were published now."""
    changed = change_to(quiz, new).changed
    return {
        kind: _effect(list(_outcomes(quiz, Change(new.structure, changed, kind)))) for kind in kinds
    }


@transaction.atomic
def settle_change(*, version: UnitVersion, said: str, user: Any, now: datetime.datetime) -> None:
    """Grades earlier attempts as the editor said, and writes down what that was.

    Where no question has changed, or nobody has submitted an attempt, nothing happens. A
    completion that was earned is never taken back; one that is earned now is written.
    """
    quiz, new = version.unit, compiled_quiz(version)
    found = change_to(quiz, new, version.number)
    if not found.changed or not submitted_attempts(quiz).exists():
        return
    kind = kind_to_settle(said, found)
    outcomes = list(_outcomes(quiz, Change(new.structure, found.changed, kind)))
    effect = _effect(outcomes)
    change = QuizChange.objects.create(
        version=version,
        kind=kind,
        decided_by=user,
        decided_at=now,
        attempts=effect.changed,
        now_passed=effect.now_passed,
        now_failed=effect.now_failed,
    )
    for attempt, outcome in outcomes:
        _regrade(attempt, outcome, change, now)


def _regrade(
    attempt: Attempt, outcome: Outcome, change: QuizChange, now: datetime.datetime
) -> None:
    Regrading.objects.create(
        attempt=attempt,
        change=change,
        points_before=outcome.before.points,
        passed_before=outcome.before.passed,
    )
    attempt.points, attempt.passed = outcome.after.points, outcome.after.passed
    attempt.save(update_fields=["points", "passed"])
    if outcome.moves and outcome.after.passed and attempt.user_id:
        complete_module(user=attempt.user, module=attempt.quiz.module, now=now)


def _effect(outcomes: Effects) -> Effect:
    moved = [outcome for _attempt, outcome in outcomes if outcome.moves]
    return Effect(
        changed=len(outcomes),
        now_passed=sum(outcome.after.passed for outcome in moved),
        now_failed=sum(not outcome.after.passed for outcome in moved),
    )


def _outcomes(quiz: Unit, change: Change) -> Iterator[tuple[Attempt, Outcome]]:
    """The submitted attempts that a change does something to."""
    if change.kind in (ChangeKind.WORDING, ChangeKind.KEEP):
        return
    specs: dict[int, QuizSpec] = {}
    history = _history(quiz)
    attempts = (
        submitted_attempts(quiz)
        .select_related("version", "quiz__part_of", "user")
        .prefetch_related("answers")
    )
    for attempt in attempts.iterator(chunk_size=500):
        if attempt.version_id not in specs:
            specs[attempt.version_id] = compiled_quiz(attempt.version).structure
        outcome = regraded(
            specs[attempt.version_id],
            attempt.seed,
            {answer.question: answer.response for answer in attempt.answers.all()},
            Score(attempt.points or 0, attempt.most or 0, attempt.passed),
            [*(past.change for past in history if past.met(attempt)), change],
        )
        if outcome.before != outcome.after:
            yield attempt, outcome


@dataclass(frozen=True)
class _Past:
    """A change that was settled before."""

    number: int
    at: datetime.datetime
    change: Change

    def met(self, attempt: Attempt) -> bool:
        """Whether the attempt had been submitted by then, on a version before it."""
        submitted = attempt.submitted_at
        return bool(submitted and submitted <= self.at and attempt.version.number < self.number)


def _history(quiz: Unit) -> list[_Past]:
    rows = QuizChange.objects.filter(version__unit=quiz).select_related("version")
    found = []
    for row in rows.order_by("version__number"):
        number, new = row.version.number, compiled_quiz(row.version)
        change = Change(new.structure, change_to(quiz, new, number).changed, ChangeKind(row.kind))
        found.append(_Past(number, row.decided_at, change))
    return found
