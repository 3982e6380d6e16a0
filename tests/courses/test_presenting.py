"""What is right, and why, is shown to those who have answered, and to nobody before."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.domain.answers import as_fields, read_response
from courses.domain.errors import Fault
from courses.domain.grading import is_right
from courses.domain.spec import (
    SCALE_STEPS,
    Case,
    Choice,
    Compiled,
    Match,
    Order,
    Question,
    QuizSpec,
    Scale,
)
from courses.presenting import Showing, ShownOption, ShownQuestion, ShownRow, is_true
from tests.courses.domain.strategies import (
    GRADED,
    choice,
    compiled,
    field_names,
    often,
    questions,
    quizzes,
    responses_to,
    right_response,
    seeds,
)


def showing(
    question: Question, seed: str = "5eed", language: str = "sv", shuffle: bool = True
) -> Showing:
    quiz = QuizSpec(questions=(question,), shuffle=shuffle)
    return Showing(compiled(quiz, "en", "sv"), seed, language)


def everything(shown: Any) -> Iterator[Any]:
    """Each dataclass and each value in a tree of them."""
    if isinstance(shown, list):
        for one in shown:
            yield from everything(one)
    elif is_dataclass(shown):
        yield shown
        for one in fields(shown):
            yield from everything(getattr(shown, one.name))
    else:
        yield shown


def answerable(shown: ShownQuestion) -> list[ShownQuestion]:
    return shown.parts or [shown]


def parts_of(question: Question) -> list[Question]:
    return list(question.questions) if isinstance(question, Case) else [question]


def given_back(question: Question, response: Any) -> dict[str, str]:
    """What the view hands back of a form that had faults."""
    return {name: "\n".join(values) for name, values in as_fields(question, response).items()}


def chosen(shown: ShownQuestion) -> dict[str, list[str]]:
    """What is marked as chosen, as the form would send it."""
    found: dict[str, list[str]] = {}
    for part in answerable(shown):
        if part.options:
            found[part.id] = sorted(one.value for one in part.options if one.chosen)
        for row in part.rows:
            found[row.name] = [one.value for one in row.choices if one.chosen]
    return found


def with_other_key(question: Question) -> Question:
    """The same question, where something else is right."""
    if isinstance(question, Choice):
        right = [option.right for option in question.options]
        turned = zip(question.options, right[1:] + right[:1], strict=True)
        options = tuple(one.model_copy(update={"right": is_it}) for one, is_it in turned)
        return question.model_copy(update={"options": options})
    if isinstance(question, Case):
        parts = tuple(with_other_key(part) for part in question.questions)
        return question.model_copy(update={"questions": parts})
    return question


# -- before an answer ----------------------------------------------------------------------------


@often
@given(question=questions(), seed=seeds)
def test_before_an_answer_nothing_says_what_is_right(question: Question, seed: str) -> None:
    for one in everything(showing(question, seed).question(question)):
        if isinstance(one, ShownQuestion | ShownRow | ShownOption):
            assert not one.right
            assert not getattr(one, "feedback", "")
            assert not getattr(one, "right_text", "")
        if isinstance(one, str):
            assert not one.endswith("feedback")


@often
@given(question=questions(kinds=("one", "several", "truth", "case")), seed=seeds)
def test_before_an_answer_a_question_looks_the_same_whatever_is_right(
    question: Question, seed: str
) -> None:
    other = with_other_key(question)
    assert showing(question, seed).question(question) == showing(other, seed).question(other)


@often
@given(question=questions(kinds=("order",)), turn=st.randoms(use_true_random=False), seed=seeds)
def test_before_an_answer_items_look_the_same_whatever_their_order_is(
    question: Order, turn: Any, seed: str
) -> None:
    """Only that they are never shown in it."""
    items = list(question.items)
    turn.shuffle(items)
    other = question.model_copy(update={"items": tuple(items)})

    def rows(of: Order) -> list[ShownRow]:
        return sorted(showing(of, seed).question(of).rows, key=lambda row: row.name)

    assert rows(question) == rows(other)
    assert [row.name for row in showing(other, seed).question(other).rows] != items


@often
@given(question=questions(kinds=("match",)), seed=seeds)
def test_before_an_answer_each_row_offers_the_same_and_names_nothing_alike(
    question: Match, seed: str
) -> None:
    shown = showing(question, seed).question(question)
    assert all(row.choices == shown.rows[0].choices for row in shown.rows)
    values = [one.value for one in shown.rows[0].choices]
    assert not any(row.name in value or value in row.name for row in shown.rows for value in values)


@often
@given(data=st.data(), question=questions(), seed=seeds, answered=st.booleans())
def test_nothing_is_shown_in_another_language(
    data: st.DataObject, question: Question, seed: str, answered: bool
) -> None:
    response = data.draw(responses_to(question)) if answered else None
    shown = showing(question, seed).question(question, response, answered=answered)
    for one in everything(shown):
        assert not (isinstance(one, str) and one.startswith("en "))


@often
@given(question=questions(), seed=seeds)
def test_a_question_is_shown_with_all_that_its_form_needs(question: Question, seed: str) -> None:
    shown = showing(question, seed).question(question)
    names = {row.name for part in answerable(shown) for row in part.rows}
    names |= {part.id for part in answerable(shown) if part.options}
    assert names == field_names(question)
    assert shown.text == f"sv {question.id} text"
    if isinstance(question, Scale):
        assert [one.value for one in shown.options] == ["1", "2", "3", "4", "5"]
        assert len(shown.options) == SCALE_STEPS
        assert (shown.low, shown.high) == (f"sv {question.id} low", f"sv {question.id} high")


@often
@given(question=questions(kinds=("match",)), seed=seeds)
def test_who_chooses_what_belongs_together_by_its_words_is_right(
    question: Match, seed: str
) -> None:
    sent = {}
    for row in showing(question, seed).question(question).rows:
        pair = row.text.removeprefix("sv ").removesuffix(" left")
        sent[row.name] = [one.value for one in row.choices if one.text == f"sv {pair} right"]
    assert is_right(question, read_response(question, sent))


@often
@given(data=st.data(), question=questions(), seed=seeds)
def test_whatever_is_shown_to_choose_from_can_be_sent(
    data: st.DataObject, question: Question, seed: str
) -> None:
    sent: dict[str, list[str]] = {}
    for part in answerable(showing(question, seed).question(question)):
        if part.options:
            sent[part.id] = [data.draw(st.sampled_from(part.options)).value]
        if part.rows:
            places = data.draw(st.permutations([one.value for one in part.rows[0].choices]))
            sent |= {row.name: [place] for row, place in zip(part.rows, places, strict=True)}
    read_response(question, sent)


# -- after a fault -------------------------------------------------------------------------------


@often
@given(data=st.data(), question=questions(), seed=seeds)
def test_what_was_sent_is_shown_again_where_something_was_wrong(
    data: st.DataObject, question: Question, seed: str
) -> None:
    response = data.draw(responses_to(question))
    name = data.draw(st.sampled_from(sorted(field_names(question))))
    sent = {**given_back(question, response), "csrfmiddlewaretoken": "x"}
    shown = showing(question, seed).question(question, given=sent, faults={name: Fault.UNKNOWN})
    assert chosen(shown) == {key: sorted(v) for key, v in as_fields(question, response).items()}
    marked = [
        getattr(one, "name", "") or getattr(one, "id", "")
        for one in everything(shown)
        if getattr(one, "fault", "")
    ]
    assert marked == [name]
    assert not any(getattr(one, "right", False) for one in everything(shown))


def test_half_an_answer_is_shown_again() -> None:
    match = Match(id="m", pairs=("a", "b"))
    half = {"a": given_back(match, {"a": "b"})["a"], "b": ""}
    shown = showing(match).question(match, given=half, faults={"b": Fault.MISSING})
    assert [row.fault for row in shown.rows] == ["", Fault.MISSING]
    texts = [[one.text for one in row.choices if one.chosen] for row in shown.rows]
    assert texts == [["sv b right"], []]


# -- after an answer -----------------------------------------------------------------------------


@often
@given(data=st.data(), question=questions(), seed=seeds)
def test_after_an_answer_it_is_shown_what_was_answered(
    data: st.DataObject, question: Question, seed: str
) -> None:
    if isinstance(question, Scale):
        return
    response = data.draw(responses_to(question))
    shown = showing(question, seed).question(question, response, answered=True)
    assert chosen(shown) == {key: sorted(v) for key, v in as_fields(question, response).items()}


@often
@given(data=st.data(), question=questions(kinds=GRADED), seed=seeds, silent=st.booleans())
def test_after_an_answer_all_that_is_right_is_shown_and_why(
    data: st.DataObject, question: Question, seed: str, silent: bool
) -> None:
    """Also to who handed in without an answer to it."""
    response = None if silent else data.draw(responses_to(question))
    shown = showing(question, seed).question(question, response, answered=True)
    for part, its in zip(parts_of(question), answerable(shown), strict=True):
        assert its.answered
        if isinstance(part, Choice):
            assert {one.value for one in its.options if one.right} == part.right
            assert all(one.feedback == f"sv {one.value} feedback" for one in its.options)
        for row in its.rows:
            place = str(part.items.index(row.name) + 1) if isinstance(part, Order) else ""
            assert row.right_text == (place or f"sv {row.name} right")
            assert row.feedback == f"sv {row.name} feedback"
            picked = [one.text for one in row.choices if one.chosen]
            assert row.right == (picked == [row.right_text])
    if silent:
        assert not any(chosen(shown).values())


@often
@given(data=st.data(), question=questions(kinds=GRADED), wholly=st.booleans())
def test_a_question_is_called_right_where_it_gives_all_its_points(
    data: st.DataObject, question: Question, wholly: bool
) -> None:
    response = right_response(question) if wholly else data.draw(responses_to(question))
    shown = showing(question).question(question, response, answered=True)
    pairs = [(question, response, shown)]
    if isinstance(question, Case):
        own = zip(question.questions, shown.parts, strict=True)
        pairs = [(part, response[part.id], its) for part, its in own]
    assert [its.right for _one, _its, its in pairs] == [is_right(one, r) for one, r, _s in pairs]
    assert shown.right == all(its.right for _one, _response, its in pairs)
    assert not showing(question).question(question, None, answered=True).right


@pytest.mark.parametrize("response", [None, 1, 5])
def test_an_attitude_is_neither_right_nor_wrong(response: int | None) -> None:
    scale = Scale(id="attitude")
    shown = showing(scale).question(scale, response, answered=True)
    assert not any(option.right or option.feedback for option in shown.options)


# -- words ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "there", "spoken"),
    [
        ("sv", ("en", "sv"), "sv"),
        ("en", ("en", "sv"), "en"),
        ("sv", ("en",), "en"),
        ("fi", ("sv",), "sv"),
        ("sv", (), ""),
    ],
)
def test_a_quiz_speaks_another_language_where_it_must_and_says_which(
    wanted: str, there: tuple[str, ...], spoken: str
) -> None:
    question = choice("q", {0})
    quiz: Compiled[QuizSpec] = compiled(QuizSpec(questions=(question,)), *there)
    found = Showing(quiz, "5eed", wanted)
    assert found.spoken == spoken
    shown = found.question(question)
    said = [shown.text, *(option.text for option in shown.options), found.words("passed")]
    assert all(text.startswith(f"{spoken} ") if spoken else text == "" for text in said)


@often
@given(quiz=quizzes(("one", "several")), seed=seeds)
def test_answers_keep_their_order_where_nothing_is_shuffled(quiz: QuizSpec, seed: str) -> None:
    kept = compiled(quiz.model_copy(update={"shuffle": False}), "sv")
    for question in quiz.questions:
        shown = Showing(kept, seed, "sv").question(question)
        assert [one.value for one in shown.options] == [one.id for one in question.options]


def test_each_attempt_shows_answers_in_an_order_of_its_own() -> None:
    question = choice("q", {0})
    shown = [showing(question, f"{seed}").question(question).options for seed in range(40)]
    assert {options[0].value for options in shown} == {"q-0", "q-1", "q-2", "q-3"}


def test_the_words_to_those_who_passed_are_not_said_to_the_others() -> None:
    question = choice("q", {0})
    found = showing(question)
    assert found.words("passed") == "sv quiz passed"
    assert found.words("failed") == "sv quiz failed"


def test_true_is_told_from_false() -> None:
    question = choice("q", {0}, kind="truth")
    shown = showing(question).question(question)
    assert [is_true(option.value) for option in shown.options] == [True, False]
