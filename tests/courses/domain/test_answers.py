"""What a form sends becomes an answer, or is refused at the field where it is wrong."""

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from courses.domain.answers import as_fields, is_response, read_response, right_side
from courses.domain.errors import AnswerError, Fault
from courses.domain.spec import Case, Match, Order, Question, Scale
from tests.courses.domain.strategies import (
    CHOICES,
    GRADED,
    KINDS,
    choice,
    field_names,
    json_values,
    often,
    questions,
    responses_to,
)

ONE = choice("one", {0})
SEVERAL = choice("several", {0, 2}, kind="several")
TRUTH = choice("truth", {1}, kind="truth")
MATCH = Match(id="match", pairs=("a", "b", "c"))
ORDER = Order(id="order", items=("x", "y", "z"))
CASE = Case(id="case", questions=(ONE, SEVERAL))
SCALE = Scale(id="scale")
EACH_KIND = [ONE, SEVERAL, TRUTH, MATCH, ORDER, CASE, SCALE]

anything = st.text(max_size=5)


def faults(question: Question, fields: dict[str, list[str]]) -> dict[str, Fault]:
    with pytest.raises(AnswerError) as refused:
        read_response(question, fields)
    return refused.value.faults


@st.composite
def sent_fields(draw: st.DrawFn, question: Question) -> dict[str, list[str]]:
    """What a form of the question could send, or a script in its place."""
    names = sorted(field_names(question))
    good = as_fields(question, draw(responses_to(question)))
    values = sorted({value for given in good.values() for value in given})
    return draw(
        st.dictionaries(
            st.sampled_from(names) | anything,
            st.lists(st.sampled_from([*values, "", "1", "2", "6"]) | anything, max_size=3),
        )
    )


@often
@given(data=st.data(), question=questions())
def test_what_was_answered_can_be_sent_again(data: st.DataObject, question: Question) -> None:
    response = data.draw(responses_to(question))
    fields = as_fields(question, response)
    assert set(fields) == field_names(question)
    assert read_response(question, fields) == response
    assert is_response(question, response)


@often
@given(data=st.data(), question=questions())
def test_whatever_is_sent_is_an_answer_or_refused_at_fields_of_the_question(
    data: st.DataObject, question: Question
) -> None:
    fields, wrong = data.draw(sent_fields(question)), {}
    try:
        response = read_response(question, fields)
    except AnswerError as error:
        wrong = error.faults
    else:
        assert is_response(question, response)
        return
    assert wrong
    assert set(wrong) <= field_names(question)
    assert all(isinstance(fault, Fault) for fault in wrong.values())


@pytest.mark.parametrize("question", EACH_KIND, ids=lambda question: question.kind)
def test_an_empty_form_is_told_of_every_field(question: Question) -> None:
    missing = dict.fromkeys(field_names(question), Fault.MISSING)
    assert faults(question, {}) == missing
    assert faults(question, {name: [] for name in missing}) == missing
    assert faults(question, {name: [""] for name in missing}) == missing


@pytest.mark.parametrize(
    ("question", "fields", "wrong"),
    [
        (ONE, {"one": ["one-9"]}, {"one"}),
        (ONE, {"one": ["one-0", "one-9"]}, {"one"}),
        (SEVERAL, {"several": ["several-0", "one-0"]}, {"several"}),
        (TRUTH, {"truth": ["true"]}, {"truth"}),
        (SCALE, {"scale": ["0"]}, {"scale"}),
        (SCALE, {"scale": ["6"]}, {"scale"}),
        (SCALE, {"scale": ["2.5"]}, {"scale"}),
        (SCALE, {"scale": ["٣"]}, {"scale"}),
        (ORDER, {"x": ["1"], "y": ["4"], "z": ["0"]}, {"y", "z"}),
        (MATCH, {"a": [right_side("a")], "b": [right_side("d")], "c": ["c"]}, {"b", "c"}),
        (CASE, {"one": ["one-1"], "several": ["one-1"]}, {"several"}),
    ],
)
def test_what_was_never_offered_is_refused_where_it_was_chosen(
    question: Question, fields: dict[str, list[str]], wrong: set[str]
) -> None:
    assert faults(question, fields) == dict.fromkeys(wrong, Fault.UNKNOWN)


def test_a_place_that_is_given_twice_is_marked_at_both() -> None:
    fields = {"x": ["2"], "y": ["1"], "z": ["2"]}
    assert faults(ORDER, fields) == {"x": Fault.TWICE, "z": Fault.TWICE}


def test_what_is_missing_is_told_before_what_is_there_twice() -> None:
    assert faults(ORDER, {"x": ["2"], "y": ["2"]}) == {"z": Fault.MISSING}


def test_each_question_of_a_case_is_marked_by_itself() -> None:
    found = faults(CASE, {"one": ["nothing"]})
    assert found == {"one": Fault.UNKNOWN, "several": Fault.MISSING}
    assert faults(CASE, {"one": ["one-1"]}) == {"several": Fault.MISSING}


def test_the_same_right_side_may_be_chosen_twice() -> None:
    fields = {left: [right_side("a")] for left in MATCH.pairs}
    assert read_response(MATCH, fields) == {"a": "a", "b": "a", "c": "a"}


@often
@given(question=questions(kinds=("match",)))
def test_a_form_does_not_tell_by_its_names_what_belongs_together(question: Match) -> None:
    names = {right_side(pair) for pair in question.pairs}
    assert len(names) == len(question.pairs)
    assert not any(pair in name or name in pair for pair in question.pairs for name in names)


@often
@given(data=st.data(), question=questions(), more=st.dictionaries(anything, st.just(["1"])))
def test_other_fields_of_the_form_are_left_alone(
    data: st.DataObject, question: Question, more: dict[str, list[str]]
) -> None:
    response = data.draw(responses_to(question))
    fields = {**more, "csrfmiddlewaretoken": ["x"], **as_fields(question, response)}
    assert read_response(question, fields) == response


@often
@given(data=st.data())
def test_ticked_in_another_order_it_is_the_same_answer(data: st.DataObject) -> None:
    chosen = data.draw(responses_to(SEVERAL))
    ticked = data.draw(st.permutations(chosen * 2))
    assert read_response(SEVERAL, {"several": ticked}) == chosen


@often
@given(question=questions(), response=json_values)
@example(question=CASE, response={"one": "one-0"})
@example(question=CASE, response={"one": "one-0", "several": None})
@example(question=MATCH, response={"a": "a"})
@example(question=MATCH, response={"a": {}, "b": "\ud800", "c": "c"})
@example(question=ORDER, response=[["x"], "y", "z"])
@example(question=SEVERAL, response=[{}])
@example(question=ONE, response=10**5000)
@example(question=SCALE, response=3.0)
@example(question=SCALE, response=True)
def test_what_is_no_answer_is_told_apart_without_an_error(
    question: Question, response: Any
) -> None:
    """Whatever an answer on an older version of the question looks like."""
    if is_response(question, response):
        assert read_response(question, as_fields(question, response)) == response


@pytest.mark.parametrize(
    ("question", "response"),
    [
        (ONE, None),
        (ONE, ["one-0"]),
        (ONE, "several-0"),
        (SEVERAL, "several-0"),
        (SEVERAL, []),
        (SEVERAL, ["several-0", "several-0"]),
        (SEVERAL, ["several-2", "several-0"]),
        (MATCH, {"a": "a", "b": "b"}),
        (MATCH, {"a": "a", "b": "b", "c": "c", "d": "d"}),
        (ORDER, ["x", "y"]),
        (ORDER, ["x", "y", "y"]),
        (ORDER, ["x", "y", "z", "w"]),
        (CASE, {"one": "one-0"}),
        (CASE, {"one": "one-0", "several": ["several-0"], "more": 1}),
        (SCALE, "3"),
        (SCALE, 3.0),
        (SCALE, True),
        (SCALE, 6),
    ],
)
def test_half_an_answer_and_one_to_another_question_are_none(
    question: Question, response: Any
) -> None:
    assert not is_response(question, response)


@often
@given(data=st.data(), kinds=st.permutations(KINDS))
def test_an_answer_of_one_kind_does_not_fit_another(data: st.DataObject, kinds: list[str]) -> None:
    first, second = (data.draw(questions(kind, (kind,))) for kind in kinds[:2])
    assert not is_response(second, data.draw(responses_to(first)))


def test_every_kind_is_tried() -> None:
    assert {question.kind for question in EACH_KIND} == {*CHOICES, *GRADED, "scale"}
