"""Points: one for each question that is wholly right, and never a word too much about them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.domain.drawing import drawn
from courses.domain.grading import is_right, percentage, points, score, score_of
from courses.domain.spec import Case, Choice, Match, Order, QuizSpec, Scale, gradable
from tests.courses.domain.strategies import (
    CHOICES,
    GRADED,
    answers_to,
    choice,
    named,
    often,
    questions,
    quizzes,
    responses_to,
    right_response,
    seeds,
)

SEVERAL = choice("s", {0, 2}, kind="several")


def all_right(quiz: QuizSpec) -> dict[str, object]:
    return {question.id: right_response(question) for question in quiz.questions}


@often
@given(data=st.data(), quiz=quizzes(), seed=seeds)
def test_a_score_stays_within_its_bounds(data: st.DataObject, quiz: QuizSpec, seed: str) -> None:
    found = score(quiz, drawn(quiz, seed), data.draw(answers_to(quiz)))
    assert 0 <= found.points <= found.most
    assert 0 <= found.percent <= 100


@often
@given(most=st.integers(1, 400), data=st.data())
def test_the_percentage_never_says_more_than_was_reached(most: int, data: st.DataObject) -> None:
    reached = data.draw(st.integers(0, most))
    percent = percentage(reached, most)
    assert percent * most <= reached * 100 < (percent + 1) * most
    assert (percent == 100) == (reached == most)


@often
@given(most=st.integers(1, 400), mark=st.integers(1, 100), data=st.data())
def test_who_is_told_the_pass_mark_or_more_has_passed_and_nobody_else(
    most: int, mark: int, data: st.DataObject
) -> None:
    found = score_of(QuizSpec(questions=(), pass_mark=mark), data.draw(st.integers(0, most)), most)
    assert found.passed == (found.percent >= mark)


@pytest.mark.parametrize(
    ("reached", "most", "mark", "passed"),
    [
        (4, 5, 80, True),
        (3, 5, 80, False),
        (3, 4, 75, True),
        (3, 4, 76, False),
        (2, 3, 66, True),
        (2, 3, 67, False),
        (9, 9, 100, True),
        (8, 9, 100, False),
        (1, 100, 1, True),
        (0, 100, 1, False),
    ],
)
def test_exactly_the_pass_mark_is_a_pass(reached: int, most: int, mark: int, passed: bool) -> None:
    assert score_of(QuizSpec(questions=(), pass_mark=mark), reached, most).passed is passed


@often
@given(quiz=quizzes(), seed=seeds)
def test_who_has_everything_right_has_passed_at_any_pass_mark(quiz: QuizSpec, seed: str) -> None:
    found = score(quiz, drawn(quiz, seed), all_right(quiz))
    assert (found.points, found.percent, found.passed) == (found.most, 100, True)


@often
@given(quiz=quizzes(GRADED), seed=seeds)
def test_without_an_answer_there_are_no_points(quiz: QuizSpec, seed: str) -> None:
    found = score(quiz, drawn(quiz, seed), {})
    assert (found.points, found.percent, found.passed) == (0, 0, False)


@often
@given(data=st.data(), quiz=quizzes(), seed=seeds)
def test_questions_that_were_not_asked_give_no_points(
    data: st.DataObject, quiz: QuizSpec, seed: str
) -> None:
    asked, answers = drawn(quiz, seed), data.draw(answers_to(quiz))
    of_asked = {one.id: answers[one.id] for one in asked if one.id in answers}
    assert score(quiz, asked, answers) == score(quiz, asked, of_asked)
    assert score(quiz, asked, all_right(quiz)).most == len(list(gradable(asked)))


@often
@given(data=st.data(), quiz=quizzes(GRADED, min_size=2), seed=seeds)
def test_one_more_right_answer_never_lowers_the_score(
    data: st.DataObject, quiz: QuizSpec, seed: str
) -> None:
    asked, answers = drawn(quiz, seed), data.draw(answers_to(quiz))
    better = data.draw(st.sampled_from(asked))
    right, before = right_response(better), score(quiz, asked, answers)
    if isinstance(better, Case):
        part = data.draw(st.sampled_from(better.questions)).id
        right = {**answers.get(better.id, {}), part: right[part]}
    after = score(quiz, asked, {**answers, better.id: right})
    assert after.points >= before.points
    assert after.percent >= before.percent
    assert after.passed >= before.passed


@often
@given(data=st.data(), question=questions(kinds=("case",)))
def test_a_case_gives_a_point_for_each_of_its_questions(
    data: st.DataObject, question: Case
) -> None:
    response = data.draw(responses_to(question))
    found = score(QuizSpec(questions=(question,)), [question], {question.id: response})
    assert found.most == len(question.questions)
    assert found.points == sum(is_right(part, response[part.id]) for part in question.questions)


@often
@given(data=st.data(), quiz=quizzes(GRADED), step=st.none() | st.integers(1, 5))
def test_a_scale_never_changes_a_score(
    data: st.DataObject, quiz: QuizSpec, step: int | None
) -> None:
    scale, answers = Scale(id="scale"), data.draw(answers_to(quiz))
    assert points(scale, step) == 0
    without = score(quiz, quiz.questions, answers)
    assert score(quiz, [scale, *quiz.questions], {**answers, "scale": step}) == without


@often
@given(data=st.data(), question=questions(kinds=(*CHOICES, "match")))
def test_the_order_of_options_and_of_answers_does_not_matter(
    data: st.DataObject, question: Choice | Match
) -> None:
    response = data.draw(responses_to(question))
    other = (
        question.model_copy(update={"pairs": question.pairs[::-1]})
        if isinstance(question, Match)
        else question.model_copy(update={"options": question.options[::-1]})
    )
    turned = response
    if isinstance(response, list):
        turned = response[::-1]
    elif isinstance(response, dict):
        turned = dict(reversed(response.items()))
    assert points(other, turned) == points(question, response)


@pytest.mark.parametrize(
    ("chosen", "right"),
    [
        (["s-0", "s-2"], True),
        (["s-2", "s-0"], True),
        (["s-0"], False),
        (["s-0", "s-1", "s-2"], False),
        (["s-1", "s-3"], False),
    ],
)
def test_of_several_all_must_be_chosen_and_nothing_else(chosen: list[str], right: bool) -> None:
    assert is_right(SEVERAL, chosen) is right


def test_two_that_have_changed_places_are_wrong_altogether() -> None:
    order = Order(id="o", items=("a", "b", "c"))
    match = Match(id="m", pairs=("a", "b", "c"))
    assert points(order, ["a", "b", "c"]) == 1
    assert points(order, ["b", "a", "c"]) == 0
    assert points(match, {"a": "a", "b": "b", "c": "c"}) == 1
    assert points(match, {"a": "b", "b": "a", "c": "c"}) == 0


def test_a_quiz_of_nothing_but_scales_is_passed_by_answering() -> None:
    quiz = QuizSpec(questions=(Scale(id=named("a")), Scale(id=named("b"))), pass_mark=100)
    found = score(quiz, quiz.questions, {named("a"): 5})
    assert (found.points, found.most, found.percent, found.passed) == (0, 0, 100, True)
