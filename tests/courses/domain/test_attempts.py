"""How often and how soon a quiz may be tried again, to the minute."""

import datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.domain.attempts import Tried, attempts_left, check_may_start
from courses.domain.errors import AttemptRefusedError, Refusal
from courses.domain.spec import QuizSpec
from tests.courses.domain.strategies import often

NOON = datetime.datetime(2026, 3, 28, 12, 0, tzinfo=datetime.UTC)
MINUTE = datetime.timedelta(minutes=1)
HOUR = datetime.timedelta(hours=1)


def rules(max_attempts: int | None = None, wait_hours: int | None = None) -> QuizSpec:
    return QuizSpec(questions=(), max_attempts=max_attempts, wait_hours=wait_hours)


def failed(at: datetime.datetime) -> Tried:
    return Tried(at, passed=False)


def refusal(
    spec: QuizSpec, tried: list[Tried], now: datetime.datetime
) -> AttemptRefusedError | None:
    try:
        check_may_start(spec, tried, now)
    except AttemptRefusedError as refused:
        return refused
    return None


limits = st.builds(rules, st.none() | st.integers(1, 6), st.none() | st.integers(1, 48))
minutes = st.integers(0, 60 * 100).map(lambda number: number * MINUTE)
histories = st.lists(minutes.map(lambda ago: failed(NOON - ago)), max_size=8)


@often
@given(spec=limits, steps=st.lists(minutes, max_size=40))
def test_nobody_tries_more_often_or_sooner_than_the_quiz_allows(
    spec: QuizSpec, steps: list[datetime.timedelta]
) -> None:
    now, tried = NOON, []
    for step in steps:
        now += step
        if refusal(spec, tried, now) is None:
            tried.append(failed(now))
    if spec.max_attempts is not None:
        assert len(tried) <= spec.max_attempts
    wait = HOUR * (spec.wait_hours or 0)
    for earlier, later in pairwise(tried):
        assert later.submitted_at - earlier.submitted_at >= wait


@often
@given(spec=limits, tried=histories)
def test_who_may_not_go_on_is_told_when_or_that_it_is_over(
    spec: QuizSpec, tried: list[Tried]
) -> None:
    refused = refusal(spec, tried, NOON)
    if refused is None:
        return
    assert tried
    if refused.reason is Refusal.WAIT:
        assert refused.until is not None
        assert refused.until > NOON
        assert refusal(spec, tried, refused.until) is None
        assert refusal(spec, tried, refused.until - MINUTE) is not None
    else:
        assert refused.until is None
        assert refusal(spec, tried, NOON + HOUR * 10_000) is not None


@often
@given(spec=limits, tried=histories)
def test_the_number_of_attempts_left_is_the_number_that_can_be_made(
    spec: QuizSpec, tried: list[Tried]
) -> None:
    left = attempts_left(spec, tried)
    if left is None:
        assert spec.max_attempts is None
        return
    now, made = NOON + HOUR * 200, 0
    while refusal(spec, tried, now) is None and made < 10:
        tried = [*tried, failed(now)]
        now, made = now + HOUR * 200, made + 1
    assert made == left
    assert attempts_left(spec, tried) == 0


@often
@given(spec=limits, tried=histories, at=st.integers(0, 8))
def test_who_has_passed_may_practise_as_often_and_as_soon_as_they_like(
    spec: QuizSpec, tried: list[Tried], at: int
) -> None:
    passed = [*tried[:at], Tried(NOON, passed=True), *tried[at:]]
    assert refusal(spec, passed, NOON) is None
    assert attempts_left(spec, passed) is None


@pytest.mark.parametrize(
    ("after", "refused"),
    [
        (datetime.timedelta(0), True),
        (24 * HOUR - MINUTE, True),
        (24 * HOUR - datetime.timedelta(microseconds=1), True),
        (24 * HOUR, False),
        (24 * HOUR + MINUTE, False),
    ],
)
def test_the_waiting_time_is_over_to_the_minute(after: datetime.timedelta, refused: bool) -> None:
    found = refusal(rules(wait_hours=24), [failed(NOON)], NOON + after)
    assert (found is not None) is refused
    if found:
        assert (found.reason, found.until) == (Refusal.WAIT, NOON + 24 * HOUR)


def test_the_waiting_time_is_counted_from_the_latest_attempt_in_whatever_order() -> None:
    tried = [failed(NOON), failed(NOON - 30 * HOUR)]
    for order in (tried, tried[::-1]):
        found = refusal(rules(wait_hours=2), order, NOON + HOUR)
        assert found is not None
        assert found.until == NOON + 2 * HOUR


def test_who_has_no_attempt_left_is_not_told_to_wait() -> None:
    found = refusal(rules(max_attempts=1, wait_hours=24), [failed(NOON)], NOON + MINUTE)
    assert found is not None
    assert (found.reason, found.until) == (Refusal.NO_ATTEMPTS_LEFT, None)


def test_without_limits_anybody_may_try_at_once_and_for_ever() -> None:
    tried = [failed(NOON)] * 50
    assert refusal(rules(), tried, NOON) is None
    assert attempts_left(rules(), tried) is None
    assert refusal(rules(1, 1), [], NOON) is None
