"""How far a learner has come, when something is completed, and for how long that holds."""

import calendar
import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from courses.domain.grading import percentage
from courses.domain.spec import CourseSpec, ModuleSpec

# How long before its last day a completion is said to be due for renewal; of one that holds for a
# short time, in the second half of it.
REMIND_DAYS = 60


@dataclass(frozen=True)
class Progress:
    """`done` of `total` steps; `completed` holds even where a step came later.

    Where there is nothing to do, nothing has been done.
    """

    done: int
    total: int
    completed: bool = False

    @property
    def percent(self) -> int:
        if self.completed:
            return 100
        return percentage(self.done, self.total) if self.total else 0

    @property
    def begun(self) -> bool:
        return self.completed or self.done > 0


def module_progress(spec: ModuleSpec, done: Collection[str], completed: bool = False) -> Progress:
    """`done` holds keys of lessons that are done and of quizzes that are passed."""
    steps = spec.steps
    return Progress(sum(step in done for step in steps), len(steps), completed)


def module_is_completed(spec: ModuleSpec, done: Collection[str]) -> bool:
    """Every lesson done and the quiz passed. What has nothing to do is never completed."""
    return bool(spec.steps) and all(step in done for step in spec.steps)


def course_progress(
    spec: CourseSpec, modules: Mapping[str, Progress], completed: bool = False
) -> Progress:
    """The steps of all its modules together; of a completed module all count as done.

    A module that is missing in `modules` cannot be taken any more and counts for nothing.
    """
    known = [modules[key] for key in spec.modules if key in modules]
    done = sum(one.total if one.completed else one.done for one in known)
    return Progress(done, sum(one.total for one in known), completed)


def course_is_completed(spec: CourseSpec, completed_modules: Collection[str]) -> bool:
    number = sum(key in completed_modules for key in spec.modules)
    wanted = len(spec.modules) if spec.required is None else min(spec.required, len(spec.modules))
    return 0 < wanted <= number


def next_step(spec: ModuleSpec, done: Collection[str]) -> str | None:
    """The first step that is not done; None where all are."""
    return next((step for step in spec.steps if step not in done), None)


def valid_until(completed_on: datetime.date, months: int | None) -> datetime.date | None:
    """The last day on which a completion holds; None where it holds for ever."""
    if months is None:
        return None
    years, month = divmod(completed_on.month - 1 + months, 12)
    year = completed_on.year + years
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(completed_on.day, last))


class CourseState(StrEnum):
    NOT_STARTED = "not_started"
    GOING_ON = "going_on"
    COMPLETED = "completed"
    DUE = "due"
    EXPIRED = "expired"


def course_state(
    enrolled: bool,
    completed_on: datetime.date | None,
    months: int | None,
    renewing: bool,
    today: datetime.date,
) -> CourseState:
    """`completed_on` is the day of the latest completion, `renewing` an open cycle after it."""
    if completed_on is None:
        return CourseState.GOING_ON if enrolled else CourseState.NOT_STARTED
    if renewing:
        return CourseState.GOING_ON
    last = valid_until(completed_on, months)
    if last is None:
        return CourseState.COMPLETED
    notice = min(REMIND_DAYS, (last - completed_on).days // 2)
    if today < last - datetime.timedelta(days=notice):
        return CourseState.COMPLETED
    return CourseState.DUE if today <= last else CourseState.EXPIRED
