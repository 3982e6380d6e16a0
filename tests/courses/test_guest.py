"""What a guest has done comes back from the address, whole or not at all, and fits into it."""

import random
import time
import uuid
from dataclasses import replace
from typing import Any
from unittest import mock
from urllib.parse import urlencode

import pytest
from django.core import signing
from hypothesis import example, given
from hypothesis import strategies as st

from courses.domain.packing import pack
from courses.domain.spec import Case, Match, Order, QuizSpec, Scale
from courses.guest import (
    MAX_AGE,
    MAX_LENGTH,
    MAX_LESSONS,
    SALT,
    Guest,
    Run,
    from_token,
    to_token,
)
from tests.courses.domain.strategies import (
    choice,
    json_values,
    named,
    often,
    right_response,
)

NOBODY = Guest()
DAY = 60 * 60 * 24
# gunicorn refuses requests with a longer first line.
REQUEST_LINE = 4094

NINE = QuizSpec(
    questions=(
        *(choice(named(f"one-{place}"), {0}) for place in range(3)),
        choice(named("several"), {0, 2, 3}, kind="several"),
        choice(named("truth"), {0}, kind="truth"),
        Match(id=named("match"), pairs=tuple(named(f"pair-{place}") for place in range(4))),
        Order(id=named("order"), items=tuple(named(f"item-{place}") for place in range(5))),
        Case(
            id=named("case"),
            questions=(choice(named("part-1"), {2}), choice(named("part-2"), {1})),
        ),
        Scale(id=named("scale")),
    )
)

keys = st.uuids().map(str)
runs = st.builds(
    Run,
    key=keys,
    quiz=keys,
    version=st.integers(1, 10**6),
    seed=st.text("0123456789abcdef", min_size=16, max_size=16),
    at=st.integers(0, 2**33),
    answers=st.dictionaries(
        st.integers(0, 60).map(str), st.integers(0, 8) | st.lists(st.integers(0, 8)), max_size=9
    ),
    submitted=st.booleans(),
    passed=st.booleans(),
)
guests = st.builds(
    Guest,
    lessons=st.frozensets(keys, max_size=12),
    runs=st.lists(runs, max_size=3, unique_by=lambda run: run.quiz).map(tuple),
)


def new_key() -> str:
    return str(uuid.uuid4())


def run_of(quiz: str, passed: bool = False, submitted: bool = True) -> Run:
    answers = {one.id: right_response(one) for one in NINE.questions}
    return Run(
        key=new_key(),
        quiz=quiz,
        version=1234,
        seed=uuid.uuid4().hex[:16],
        at=1774699200,
        answers=pack(NINE, answers),
        submitted=submitted,
        passed=passed,
    )


def after(modules: int, lessons: int = 4) -> Guest:
    """A guest who has been through modules with lessons and a quiz of nine questions."""
    guest = Guest()
    for _module in range(modules):
        for _lesson in range(lessons):
            guest = guest.with_lesson(new_key())
        guest = guest.with_run(run_of(new_key(), passed=True))
    return guest


# -- a token -------------------------------------------------------------------------------------


@often
@given(guest=guests)
def test_what_was_done_comes_back(guest: Guest) -> None:
    assert from_token(to_token(guest)) == guest


def test_who_has_done_nothing_has_no_token() -> None:
    assert to_token(NOBODY) == ""
    assert not NOBODY
    assert from_token("") == NOBODY
    assert after(1)


@often
@given(token=st.text(st.characters(), max_size=80))
@example(token="a:b:c")
@example(token=":")
@example(token="\ud800:1:2")
@example(token=".eJyLjgUAARUAuQ:1w5abc:sig")
@example(token="\x00")
def test_what_is_no_token_is_no_progress_and_no_error(token: str) -> None:
    assert from_token(token) == NOBODY


@often
@given(guest=guests.filter(bool), data=st.data())
def test_a_token_that_was_changed_anywhere_is_not_believed(
    guest: Guest, data: st.DataObject
) -> None:
    token = to_token(guest)
    place = data.draw(st.integers(0, len(token) - 1))
    put = data.draw(st.sampled_from("aZ09-_:.") | st.just(""))
    changed = token[:place] + put + token[place + 1 :]
    if changed != token:
        assert from_token(changed) == NOBODY
    assert from_token(token + token[-1]) == NOBODY
    assert from_token(token[:-1]) == NOBODY


def test_a_token_from_elsewhere_is_not_believed() -> None:
    value = [[uuid.uuid4().hex], []]
    assert from_token(signing.dumps(value, salt=SALT))
    assert from_token(signing.dumps(value, salt="courses.other")) == NOBODY
    assert from_token(signing.dumps(value, salt=SALT, key="another secret")) == NOBODY


@pytest.mark.parametrize(("age", "believed"), [(0, True), (29, True), (31, False), (400, False)])
def test_a_token_holds_for_thirty_days(age: int, believed: bool) -> None:
    token = to_token(after(1))
    assert MAX_AGE == 30 * DAY
    with mock.patch.object(signing.time, "time", return_value=time.time() + age * DAY):
        assert bool(from_token(token)) is believed


def test_handing_it_on_makes_it_new_again() -> None:
    start = time.time()
    token = to_token(after(1))
    for weeks in range(1, 10):
        with mock.patch.object(signing.time, "time", return_value=start + weeks * 7 * DAY):
            token = to_token(from_token(token))
            assert token


@often
@given(value=json_values)
@example(value=[])
@example(value=[[], []])
@example(value=[[], [], []])
@example(value=["ab", ""])
@example(value=[[1], []])
@example(value=[["no key"], []])
@example(value=[[], [[1]]])
@example(value=[[], [[1, 2, 3, 4, 5, {}, 0, 0]]])
@example(value={"lessons": 1, "runs": 2})
def test_what_an_older_release_may_have_signed_is_no_error(value: Any) -> None:
    assert from_token(signing.dumps(value, salt=SALT)) == NOBODY


@pytest.mark.parametrize("length", [MAX_LENGTH + 1, 100_000])
def test_what_is_too_long_is_not_read(length: int) -> None:
    with mock.patch.object(signing, "loads", side_effect=AssertionError):
        assert from_token("a" * length) == NOBODY


# -- its length ----------------------------------------------------------------------------------


def address(guest: Guest) -> str:
    """As long as any: a lesson in a course, with a question named."""
    values = {"course": "0" * 12, "progress": to_token(guest), "question": new_key()}
    return f"/sv/{'m' * 100}/{'l' * 100}/?{urlencode(values)}"


def test_seven_modules_with_their_quizzes_fit_into_an_address() -> None:
    guest = after(7)
    assert len(guest.lessons) == 28
    assert len(address(guest)) < 2400
    assert from_token(to_token(guest)) == guest


def test_all_modules_of_the_starter_content_fit_into_an_address() -> None:
    guest = after(15)
    assert from_token(to_token(guest)) == guest


def test_however_much_is_done_the_address_is_short_enough_and_the_newest_attempt_is_in_it() -> None:
    guest = Guest()
    for _module in range(40):
        guest = guest.with_lesson(new_key()).with_lesson(new_key()).with_lesson(new_key())
        newest = run_of(new_key(), submitted=False)
        guest = from_token(to_token(guest.with_run(newest)))
        assert len(f"POST {address(guest)} HTTP/1.1\r\n") < REQUEST_LINE
        assert guest.run_of(newest.quiz) == newest
    assert len(guest.lessons) == MAX_LESSONS


def test_of_what_does_not_fit_the_oldest_attempts_are_left_out_first() -> None:
    guest = after(30, lessons=3)
    kept = from_token(to_token(guest))
    assert kept.lessons == guest.lessons
    assert 0 < len(kept.runs) < 30
    assert kept.runs == guest.runs[-len(kept.runs) :]


def test_an_attempt_that_needs_nearly_all_the_room_gets_it() -> None:
    """Lessons give way too where a quiz is long beyond measure."""
    mixed = random.Random(1)
    long = {str(place): mixed.sample(range(8), 8) for place in range(200)}
    guest = after(4, lessons=25).with_run(replace(run_of(new_key()), answers=long))
    kept = from_token(to_token(guest))
    assert kept.runs == guest.runs[-1:]
    assert 0 < len(kept.lessons) < MAX_LESSONS


# -- attempts ------------------------------------------------------------------------------------


def test_a_lesson_that_is_done_twice_is_done_once() -> None:
    key = new_key()
    assert Guest().with_lesson(key).with_lesson(key) == Guest(frozenset({key}))


def test_a_new_attempt_takes_the_place_of_the_one_before() -> None:
    quiz, other = new_key(), run_of(new_key(), passed=True)
    first, second = run_of(quiz), run_of(quiz, submitted=False)
    guest = Guest(runs=(other,)).with_run(first).with_run(second)
    assert guest.runs == (other, second)
    assert guest.run_of(quiz) == second
    assert guest.run_of(new_key()) is None
    assert guest.run_of(other.quiz) == other


def test_an_attempt_that_goes_on_is_kept_once() -> None:
    run = run_of(new_key(), submitted=False)
    later = replace(run, answers={}, submitted=True, passed=True)
    assert Guest().with_run(run).with_run(later).runs == (later,)


def test_who_passed_and_practises_keeps_what_was_passed() -> None:
    quiz = new_key()
    passed, practice = run_of(quiz, passed=True), run_of(quiz, submitted=False)
    guest = from_token(to_token(Guest().with_run(passed).with_run(practice)))
    assert guest.run_of(quiz) == practice
    assert quiz in guest.done
    failed = guest.with_run(replace(practice, submitted=True)).with_run(run_of(quiz))
    assert quiz in failed.done
    assert len(failed.runs) == 2
    assert failed.runs[0] == passed


def test_who_passes_again_has_one_attempt() -> None:
    quiz = new_key()
    guest = Guest().with_run(run_of(quiz, passed=True)).with_run(run_of(quiz))
    again = run_of(quiz, passed=True)
    assert guest.with_run(again).runs == (again,)


def test_done_are_lessons_and_quizzes_that_are_passed() -> None:
    lesson, passed, failed = new_key(), new_key(), new_key()
    guest = Guest().with_lesson(lesson).with_run(run_of(passed, passed=True))
    assert guest.with_run(run_of(failed)).done == {lesson, passed}
