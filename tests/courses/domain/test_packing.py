"""A guest's answers come back from an address as they were given."""

import json
from contextlib import suppress
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from courses.domain.packing import pack, unpack
from courses.domain.spec import Case, QuizSpec, Scale
from tests.courses.domain.strategies import (
    answers_to,
    choice,
    json_values,
    often,
    quizzes,
)

CASE = QuizSpec(questions=(Case(id="case", questions=(choice("p0", {0}), choice("p1", {1}))),))


@often
@given(data=st.data(), quiz=quizzes())
def test_answers_come_back_as_they_were_given(data: st.DataObject, quiz: QuizSpec) -> None:
    answers = data.draw(answers_to(quiz))
    packed = pack(quiz, answers)
    assert unpack(quiz, packed) == answers
    assert unpack(quiz, json.loads(json.dumps(packed))) == answers


@often
@given(data=st.data(), quiz=quizzes())
def test_nothing_but_small_numbers_is_handed_on(data: st.DataObject, quiz: QuizSpec) -> None:
    """No id and no word: the address must be short, and says nothing by itself."""
    text = json.dumps(pack(quiz, data.draw(answers_to(quiz, every=True))))
    assert set(text) <= set('0123456789[]{}:," ')


def test_answers_to_questions_that_the_quiz_does_not_have_are_left_out() -> None:
    quiz = QuizSpec(questions=(Scale(id="a"),))
    assert unpack(quiz, pack(quiz, {"a": 2, "gone": 3})) == {"a": 2}


@often
@given(quiz=quizzes(), packed=st.dictionaries(st.text("0123456789-x"), json_values, max_size=3))
@example(quiz=CASE, packed={"0": [1]})
@example(quiz=CASE, packed={"x": 1})
@example(quiz=CASE, packed={"7": 1})
@example(quiz=CASE, packed={"0": None})
def test_what_was_never_packed_is_refused_in_one_of_three_ways(
    quiz: QuizSpec, packed: dict[str, Any]
) -> None:
    with suppress(LookupError, TypeError, ValueError):
        unpack(quiz, packed)
