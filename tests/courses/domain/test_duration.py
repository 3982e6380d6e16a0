"""How long a course took is counted in classes, whose median is that of the people in them."""

import datetime
from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from courses.domain.duration import MOST_DAYS, duration_class, hours_and_days, median
from tests.courses.domain.strategies import often

HOUR = datetime.timedelta(hours=1)
DAY = datetime.timedelta(days=1)
INSTANT = datetime.timedelta(microseconds=1)
times = st.timedeltas(datetime.timedelta(0), (MOST_DAYS + 50) * DAY)
classes = st.integers(0, 423)


@pytest.mark.parametrize(
    ("taken", "hours", "days"),
    [
        (datetime.timedelta(0), 0, 0),
        (HOUR - INSTANT, 0, 0),
        (HOUR, 1, 0),
        (DAY - INSTANT, 23, 0),
        (DAY, 0, 1),
        (2 * DAY - INSTANT, 0, 1),
        (2 * DAY, 0, 2),
        (MOST_DAYS * DAY, 0, MOST_DAYS),
        (9000 * DAY, 0, MOST_DAYS),
        (datetime.timedelta.max, 0, MOST_DAYS),
        (-HOUR, 0, 0),
    ],
)
def test_a_time_is_counted_in_whole_hours_and_then_in_whole_days(
    taken: datetime.timedelta, hours: int, days: int
) -> None:
    assert hours_and_days(duration_class(taken)) == (hours, days)


@often
@given(taken=times)
def test_a_class_never_says_more_than_the_time_that_was_taken(taken: datetime.timedelta) -> None:
    hours, days = hours_and_days(duration_class(taken))
    assert 0 in (hours, days)
    said = hours * HOUR + days * DAY
    assert said <= taken
    if days < MOST_DAYS:
        assert taken < said + (DAY if days else HOUR)


@often
@given(first=times, second=times)
def test_who_took_longer_is_never_in_a_lower_class(
    first: datetime.timedelta, second: datetime.timedelta
) -> None:
    shorter, longer = sorted([first, second])
    assert duration_class(shorter) <= duration_class(longer)


@often
@given(people=st.lists(classes, max_size=40))
@example(people=[])
@example(people=[3, 9])
def test_the_median_is_that_of_the_people_put_in_a_row(people: list[int]) -> None:
    row = sorted(people)
    expected = row[(len(row) - 1) // 2] if row else None
    assert median(Counter(people)) == expected


def test_classes_that_nobody_is_in_do_not_count() -> None:
    assert median({0: 0, 5: 1, 7: 0}) == 5
    assert median({0: 0, 5: 0}) is None
