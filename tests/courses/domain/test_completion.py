"""How far somebody has come, when that is enough, and until which day it holds."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.domain.completion import (
    CourseState,
    Progress,
    course_is_completed,
    course_progress,
    course_state,
    module_is_completed,
    module_progress,
    next_step,
    valid_until,
)
from courses.domain.spec import CourseSpec, ModuleSpec
from tests.courses.domain.strategies import MODULES, courses, done_steps, modules, often

DAY = datetime.timedelta(days=1)
date = datetime.date
dates = st.dates(date(2000, 1, 1), date(2100, 1, 1))
months_valid = st.integers(1, 120)


@st.composite
def progresses(draw: st.DrawFn) -> Progress:
    total = draw(st.integers(0, 12))
    return Progress(draw(st.integers(0, total)), total, draw(st.booleans()))


of_modules = st.dictionaries(st.sampled_from([*MODULES, "elsewhere"]), progresses())


@often
@given(spec=modules(), done=done_steps)
def test_a_module_is_completed_by_all_its_steps_and_not_before(
    spec: ModuleSpec, done: set[str]
) -> None:
    left = set(spec.steps) - done
    assert module_is_completed(spec, done) == (bool(spec.steps) and not left)
    assert (module_progress(spec, done).percent == 100) == module_is_completed(spec, done)


@often
@given(spec=modules(), done=done_steps)
def test_the_next_step_is_the_first_that_is_left(spec: ModuleSpec, done: set[str]) -> None:
    step = next_step(spec, done)
    if step is None:
        assert set(spec.steps) <= done
        return
    before = spec.steps[: spec.steps.index(step)]
    assert step not in done
    assert set(before) <= done


@often
@given(spec=modules(), done=done_steps)
def test_who_takes_each_next_step_gets_to_the_end(spec: ModuleSpec, done: set[str]) -> None:
    taken = 0
    while step := next_step(spec, done):
        assert not module_is_completed(spec, done)
        done, taken = {*done, step}, taken + 1
    assert taken <= len(spec.steps)
    assert module_is_completed(spec, done) == bool(spec.steps)


@often
@given(specs=st.lists(modules(), min_size=1, max_size=4), done=done_steps)
def test_whatever_editors_do_to_a_module_progress_stays_between_0_and_100(
    specs: list[ModuleSpec], done: set[str]
) -> None:
    for spec in specs:
        found = module_progress(spec, done)
        assert 0 <= found.done <= found.total
        assert 0 <= found.percent <= 100
        assert found.begun == (found.done > 0)


@often
@given(spec=modules(), done=done_steps, more=done_steps)
def test_doing_more_never_lowers_progress(spec: ModuleSpec, done: set[str], more: set[str]) -> None:
    assert module_progress(spec, done | more).percent >= module_progress(spec, done).percent


@often
@given(specs=st.lists(modules(), min_size=1, max_size=4), done=done_steps)
def test_a_completed_module_stays_completed_whatever_is_added_to_it(
    specs: list[ModuleSpec], done: set[str]
) -> None:
    for spec in specs:
        found = module_progress(spec, done, completed=True)
        assert found.percent == 100
        assert found.begun


@often
@given(spec=courses(), progress=of_modules)
def test_whatever_editors_do_to_a_course_progress_stays_between_0_and_100(
    spec: CourseSpec, progress: dict[str, Progress]
) -> None:
    found = course_progress(spec, progress)
    assert 0 <= found.done <= found.total
    assert 0 <= found.percent <= 100
    assert course_progress(spec, progress, completed=True).percent == 100


@often
@given(spec=courses(), progress=of_modules, key=st.sampled_from(MODULES))
def test_completing_a_module_never_lowers_the_progress_of_a_course(
    spec: CourseSpec, progress: dict[str, Progress], key: str
) -> None:
    before = progress.get(key, Progress(0, 5))
    completed = Progress(before.done, before.total, completed=True)
    found = course_progress(spec, {**progress, key: before})
    assert course_progress(spec, {**progress, key: completed}).percent >= found.percent


def test_where_there_is_nothing_to_do_nothing_has_been_done() -> None:
    nothing = ModuleSpec(lessons=())
    assert not module_is_completed(nothing, {"lesson-1"})
    assert module_progress(nothing, set()).percent == 0
    assert course_progress(CourseSpec(modules=("gone",)), {}).percent == 0
    assert not course_is_completed(CourseSpec(modules=()), {"module-1"})


def test_the_steps_of_all_modules_count_alike_and_those_that_are_gone_do_not() -> None:
    spec = CourseSpec(modules=("a", "b", "gone"))
    found = course_progress(spec, {"a": Progress(1, 2), "b": Progress(2, 6, completed=True)})
    assert (found.done, found.total, found.percent) == (7, 8, 87)


@often
@given(spec=courses(), completed=st.sets(st.sampled_from([*MODULES, "elsewhere"])))
def test_a_course_is_completed_by_as_many_of_its_modules_as_it_asks_for(
    spec: CourseSpec, completed: set[str]
) -> None:
    own = len(completed & set(spec.modules))
    every = len(spec.modules)
    wanted = every if spec.required is None else min(spec.required, every)
    assert course_is_completed(spec, completed) == (every > 0 and own >= wanted)


@pytest.mark.parametrize(
    ("required", "completed", "enough"),
    [
        (None, {"a", "b"}, False),
        (None, {"a", "b", "c"}, True),
        (2, {"a"}, False),
        (2, {"a", "c"}, True),
        (2, {"a", "elsewhere"}, False),
        (2, {"a", "b", "c"}, True),
        # A course that has lost modules can still be completed.
        (5, {"a", "b"}, False),
        (5, {"a", "b", "c"}, True),
    ],
)
def test_two_of_three_modules_are_enough_where_two_are_required(
    required: int | None, completed: set[str], enough: bool
) -> None:
    spec = CourseSpec(modules=("a", "b", "c"), required=required)
    assert course_is_completed(spec, completed) is enough


@pytest.mark.parametrize(
    ("completed_on", "months", "last"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 1, 31), 3, date(2026, 4, 30)),
        (date(2026, 1, 31), 12, date(2027, 1, 31)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2027, 2, 28), 12, date(2028, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 11, 15), 1, date(2026, 12, 15)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 6, 30), 120, date(2036, 6, 30)),
        (date(2026, 6, 30), None, None),
    ],
)
def test_a_completion_holds_until_the_same_day_or_the_last_of_the_month(
    completed_on: datetime.date, months: int | None, last: datetime.date | None
) -> None:
    assert valid_until(completed_on, months) == last


@often
@given(completed_on=dates, months=months_valid)
def test_the_last_day_is_in_the_month_that_was_meant(
    completed_on: datetime.date, months: int
) -> None:
    last = valid_until(completed_on, months)
    assert last is not None
    assert (last.year - completed_on.year) * 12 + last.month - completed_on.month == months
    assert last.day == completed_on.day or (last.day < completed_on.day and (last + DAY).day == 1)


@often
@given(first=dates, second=dates, months=months_valid)
def test_who_completed_later_is_never_out_of_date_sooner(
    first: datetime.date, second: datetime.date, months: int
) -> None:
    earlier, later = sorted([first, second])
    assert valid_until(earlier, months) <= valid_until(later, months)


def state(
    completed_on: datetime.date | None, months: int | None, today: datetime.date
) -> CourseState:
    return course_state(True, completed_on, months, renewing=False, today=today)


@pytest.mark.parametrize(
    ("today", "found"),
    [
        (date(2026, 1, 31), CourseState.COMPLETED),
        # 60 days before the last day.
        (date(2027, 12, 1), CourseState.COMPLETED),
        (date(2027, 12, 2), CourseState.DUE),
        (date(2028, 1, 30), CourseState.DUE),
        (date(2028, 1, 31), CourseState.DUE),
        (date(2028, 2, 1), CourseState.EXPIRED),
        (date(2040, 1, 1), CourseState.EXPIRED),
    ],
)
def test_a_course_is_due_from_60_days_before_its_last_day_and_expired_after_it(
    today: datetime.date, found: CourseState
) -> None:
    assert state(date(2026, 1, 31), 24, today) is found


@pytest.mark.parametrize(
    ("today", "found"),
    [
        (date(2026, 3, 1), CourseState.COMPLETED),
        (date(2026, 3, 16), CourseState.COMPLETED),
        (date(2026, 3, 17), CourseState.DUE),
        (date(2026, 4, 1), CourseState.DUE),
        (date(2026, 4, 2), CourseState.EXPIRED),
    ],
)
def test_what_holds_for_a_month_is_due_in_its_second_half(
    today: datetime.date, found: CourseState
) -> None:
    assert state(date(2026, 3, 1), 1, today) is found


@often
@given(completed_on=dates, months=st.none() | months_valid)
def test_nobody_is_told_to_renew_on_the_day_they_completed(
    completed_on: datetime.date, months: int | None
) -> None:
    assert state(completed_on, months, completed_on) is CourseState.COMPLETED


@often
@given(completed_on=dates, months=months_valid, later=st.lists(st.integers(0, 4000), min_size=2))
def test_a_course_goes_from_completed_to_due_to_expired_and_never_back(
    completed_on: datetime.date, months: int, later: list[int]
) -> None:
    order = [CourseState.COMPLETED, CourseState.DUE, CourseState.EXPIRED]
    days = [completed_on + DAY * number for number in sorted(later)]
    states = [order.index(state(completed_on, months, day)) for day in days]
    assert states == sorted(states)


@often
@given(completed_on=dates, later=st.integers(0, 40_000))
def test_what_holds_for_ever_is_never_due(completed_on: datetime.date, later: int) -> None:
    assert state(completed_on, None, completed_on + DAY * later) is CourseState.COMPLETED


@often
@given(
    enrolled=st.booleans(),
    completed_on=st.none() | dates,
    months=st.none() | months_valid,
    renewing=st.booleans(),
    today=dates,
)
def test_a_course_goes_on_for_who_has_begun_or_renews_it(
    enrolled: bool,
    completed_on: datetime.date | None,
    months: int | None,
    renewing: bool,
    today: datetime.date,
) -> None:
    found = course_state(enrolled, completed_on, months, renewing, today)
    goes_on = renewing if completed_on else enrolled
    assert (found is CourseState.GOING_ON) == goes_on
    assert (found is CourseState.NOT_STARTED) == (completed_on is None and not enrolled)
