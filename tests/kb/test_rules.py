"""When an act applies, to the day, and how Swedish words are put in order."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.rules import ActStatus, act_status, alphabetical

START = datetime.date(2009, 1, 1)
END = datetime.date(2025, 6, 30)
DAY = datetime.timedelta(days=1)
dates = st.dates(datetime.date(1974, 1, 1), datetime.date(2100, 1, 1))


@pytest.mark.parametrize(
    ("today", "status"),
    [
        (START - DAY, ActStatus.COMING),
        (START, ActStatus.IN_FORCE),
        (END, ActStatus.IN_FORCE),
        (END + DAY, ActStatus.REPEALED),
    ],
)
def test_both_boundary_days_are_in_force(today: datetime.date, status: ActStatus) -> None:
    assert act_status(START, END, today) is status


def test_an_act_of_one_day_applies_that_day() -> None:
    assert act_status(START, START, START) is ActStatus.IN_FORCE
    assert act_status(START, START, START + DAY) is ActStatus.REPEALED


def test_open_ends_go_on_for_ever() -> None:
    assert act_status(None, None, START) is ActStatus.IN_FORCE
    assert act_status(None, END, datetime.date.min) is ActStatus.IN_FORCE
    assert act_status(START, None, datetime.date.max) is ActStatus.IN_FORCE


@settings(deadline=None, max_examples=60)
@given(
    start=st.none() | dates,
    end=st.none() | dates,
    days=st.lists(dates, min_size=2, max_size=6),
)
def test_an_act_never_goes_back_to_an_earlier_state(
    start: datetime.date | None, end: datetime.date | None, days: list[datetime.date]
) -> None:
    if start and end and end < start:
        start, end = end, start
    order = [ActStatus.COMING, ActStatus.IN_FORCE, ActStatus.REPEALED]
    states = [order.index(act_status(start, end, day)) for day in sorted(days)]
    assert states == sorted(states)


@pytest.mark.parametrize(
    "words",
    [
        ["z", "å", "ä", "ö"],
        ["Arbete", "Zon", "Ålder", "Ämne", "Öppen"],
        ["samråd", "samråda", "samtal", "sämre", "sömn"],
        ["lag", "lag om språk", "lagar", "Lagrådet"],
        ["handling", "Åtgärd"],
    ],
)
def test_swedish_words_in_their_order(words: list[str]) -> None:
    assert sorted(reversed(words), key=alphabetical) == words


def test_an_accent_does_not_move_a_word() -> None:
    assert sorted(["idéburen", "idag", "identitet"], key=alphabetical) == [
        "idag",
        "idéburen",
        "identitet",
    ]
