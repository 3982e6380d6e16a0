"""An attempt asks the same questions in the same order whenever it is opened again."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.domain.drawing import drawn, shown_order
from courses.domain.spec import Case, Choice, Match, Order, QuizSpec
from tests.courses.domain.strategies import choice, often, questions, quizzes, seeds

TEN = QuizSpec(questions=tuple(choice(f"q{place}", {0}) for place in range(10)), draw=3)
SEEDS = [f"{number:016x}" for number in range(400)]
listed = questions(kinds=("one", "several", "truth", "match", "order"))


def ids(quiz: QuizSpec, seed: str) -> list[str]:
    return [question.id for question in drawn(quiz, seed)]


def own_order(question: Choice | Match | Order) -> list[str]:
    if isinstance(question, Choice):
        return [option.id for option in question.options]
    return list(question.pairs if isinstance(question, Match) else question.items)


@often
@given(quiz=quizzes(), seed=seeds)
def test_the_same_attempt_asks_the_same_again(quiz: QuizSpec, seed: str) -> None:
    again = QuizSpec.model_validate(quiz.model_dump(mode="json"))
    assert drawn(quiz, seed) == drawn(again, seed)


def test_attempts_that_are_stored_ask_the_same_for_ever() -> None:
    """Fails where the draw is changed: earlier attempts would then ask what nobody answered."""
    assert ids(TEN, "c0ffee") == ["q0", "q4", "q5"]
    assert shown_order(choice("q0", {0}), shuffle=True, seed="c0ffee") == [
        "q0-1",
        "q0-0",
        "q0-2",
        "q0-3",
    ]


@often
@given(quiz=quizzes(max_size=8), seed=seeds)
def test_as_many_are_asked_as_are_to_be_drawn_and_none_twice(quiz: QuizSpec, seed: str) -> None:
    asked = ids(quiz, seed)
    assert len(asked) == (quiz.draw or len(quiz.questions))
    assert len(set(asked)) == len(asked)
    assert set(asked) <= {question.id for question in quiz.questions}


def test_more_to_draw_than_there_are_asks_all() -> None:
    assert sorted(ids(TEN.model_copy(update={"draw": 50}), "1")) == [f"q{n}" for n in range(10)]


@often
@given(quiz=quizzes(max_size=8), seed=seeds)
def test_without_shuffling_questions_keep_their_order(quiz: QuizSpec, seed: str) -> None:
    asked = ids(quiz.model_copy(update={"shuffle": False}), seed)
    assert asked == [question.id for question in quiz.questions if question.id in asked]
    assert sorted(asked) == sorted(ids(quiz.model_copy(update={"shuffle": True}), seed))


@pytest.mark.parametrize("shuffle", [True, False])
def test_every_question_is_drawn_about_as_often_as_the_others(shuffle: bool) -> None:
    quiz = TEN.model_copy(update={"shuffle": shuffle})
    drawings = Counter(question for seed in SEEDS for question in ids(quiz, seed))
    assert set(drawings) == {question.id for question in TEN.questions}
    # 120 each on average.
    assert min(drawings.values()) > 80
    assert max(drawings.values()) < 160


def test_every_question_comes_first_sometimes() -> None:
    assert len({ids(TEN, seed)[0] for seed in SEEDS}) == 10


@often
@given(question=listed, seed=seeds, shuffle=st.booleans())
def test_everything_is_shown_once(
    question: Choice | Match | Order, seed: str, shuffle: bool
) -> None:
    shown = shown_order(question, shuffle, seed)
    assert sorted(shown) == sorted(own_order(question))
    assert shown == shown_order(question, shuffle, seed)


@often
@given(question=questions(kinds=("order",)), seed=seeds, shuffle=st.booleans())
def test_what_is_to_be_put_in_order_is_never_shown_in_order(
    question: Order, seed: str, shuffle: bool
) -> None:
    assert shown_order(question, shuffle, seed) != list(question.items)


@pytest.mark.parametrize("number", [3, 4, 8])
def test_what_is_to_be_matched_is_never_shown_straight_across(number: int) -> None:
    question = Match(id="m", pairs=tuple(f"p{place}" for place in range(number)))
    assert not any(shown_order(question, False, seed) == own_order(question) for seed in SEEDS)


def test_of_two_pairs_the_place_does_not_tell_which_belong_together() -> None:
    question = Match(id="m", pairs=("a", "b"))
    straight = sum(shown_order(question, True, seed) == ["a", "b"] for seed in SEEDS)
    assert 150 < straight < 250


@often
@given(question=questions(kinds=("truth",)), seed=seeds)
def test_true_always_stands_before_false(question: Choice, seed: str) -> None:
    assert shown_order(question, True, seed) == own_order(question)


@often
@given(question=questions(kinds=("one", "several")), seed=seeds)
def test_answers_keep_their_order_where_nothing_is_to_be_shuffled(
    question: Choice, seed: str
) -> None:
    assert shown_order(question, False, seed) == own_order(question)


@pytest.mark.parametrize("kind", ["one", "several"])
def test_the_right_answer_stands_at_every_place(kind: str) -> None:
    question = choice("q", {0}, kind=kind)
    places = Counter(shown_order(question, True, seed).index("q-0") for seed in SEEDS)
    # 100 each on average.
    assert set(places) == {0, 1, 2, 3}
    assert min(places.values()) > 60


@often
@given(quiz=quizzes(("case",), max_size=4), seed=seeds)
def test_the_questions_of_a_case_stay_together(quiz: QuizSpec, seed: str) -> None:
    whole = {question.id: question for question in quiz.questions}
    for asked in drawn(quiz, seed):
        assert isinstance(asked, Case)
        assert asked.questions == whole[asked.id].questions
