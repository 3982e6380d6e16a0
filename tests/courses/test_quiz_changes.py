"""What is said of a change to a published quiz, and what that does to attempts."""

from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import Locale

from courses.domain.answers import as_fields
from courses.models import (
    Attempt,
    Completion,
    ModulePage,
    QuizChange,
    Regrading,
)
from courses.services.attempts import save_answer
from courses.versions import compiled_quiz
from tests.courses.attempting import (
    OTHER_KEY,
    OTHER_WORDS,
    QUIZ,
    answer,
    begin,
    change,
    points,
    read_all,
    take,
)
from tests.factories.courses import (
    Block,
    case,
    learner,
    match,
    module_with,
    one,
    truth,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def module_page(sv: Locale) -> ModulePage:
    return module_with(QUIZ, sv)


# -- what was said -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "right_before", "right_after"),
    [
        ("keep", (2, True), (1, False)),
        ("points", (2, True), (2, True)),
        ("regrade", (1, False), (2, True)),
        ("", (2, True), (1, False)),
        ("wording", (2, True), (1, False)),
    ],
)
def test_what_is_said_of_another_key_decides_on_earlier_attempts(
    module_page: ModulePage, said: str, right_before: Any, right_after: Any
) -> None:
    anna = take(module_page, learner("anna"), q1="a", q2="a")
    bo = take(module_page, learner("bo"), q1="b", q2="a")
    change(module_page, OTHER_KEY, said)
    assert points(anna) == right_before
    assert points(bo) == right_after
    done = QuizChange.objects.get()
    assert done.kind == ("keep" if said in ("", "wording") else said)
    moved = {"points": (1, 1, 0), "regrade": (2, 1, 1)}.get(said, (0, 0, 0))
    assert (done.attempts, done.now_passed, done.now_failed) == moved
    before = {row.attempt: row.points_before for row in Regrading.objects.all()}
    expected = {"points": {bo: 1}, "regrade": {anna: 2, bo: 1}}
    assert before == expected.get(said, {})


def test_other_words_change_no_result_and_are_written_down(module_page: ModulePage) -> None:
    attempt = take(module_page, learner(), q1="a", q2="b")
    change(module_page, OTHER_WORDS, "wording")
    assert points(attempt) == (1, False)
    assert QuizChange.objects.get().kind == "wording"


@pytest.mark.parametrize("quiz", [QUIZ, [*QUIZ, one("q3")], [one("q1")]])
def test_where_no_question_has_changed_what_is_said_is_ignored(
    module_page: ModulePage, quiz: list[Block]
) -> None:
    attempt = take(module_page, learner(), q1="a", q2="b")
    module_page = change(module_page, quiz, "points", pass_mark=10)
    assert points(attempt) == (1, False)
    assert module_page.quiz_change == ""
    assert not QuizChange.objects.exists()


def test_where_nobody_has_handed_in_what_is_said_is_ignored(module_page: ModulePage) -> None:
    attempt = begin(module_page, learner())
    module_page = change(module_page, OTHER_KEY, "regrade")
    assert module_page.quiz_change == ""
    assert not QuizChange.objects.exists()
    assert points(attempt) == (None, False)


def test_what_was_said_is_used_up_when_it_is_published(module_page: ModulePage) -> None:
    take(module_page, learner(), q1="a", q2="a")
    assert change(module_page, OTHER_KEY, "points").quiz_change == ""


def test_an_attempt_that_was_open_is_graded_by_its_own_answers_and_left_alone_later(
    module_page: ModulePage,
) -> None:
    take(module_page, learner("anna"), q1="a", q2="a")
    attempt = begin(module_page, learner("bo"))
    change(module_page, OTHER_KEY, "regrade")
    answer(attempt, "q1", "a")
    answer(attempt, "q2", "a")
    assert points(attempt) == (2, True)
    change(module_page, [OTHER_KEY[0], one("q2", right="b")], "regrade")
    assert points(attempt) == (1, False)


def test_a_later_change_takes_nothing_that_an_earlier_one_gave(module_page: ModulePage) -> None:
    attempt = take(module_page, learner(), q1="c", q2="b")
    change(module_page, OTHER_KEY, "points")
    assert points(attempt) == (1, False)
    change(module_page, [OTHER_KEY[0], one("q2", right="b")], "regrade")
    assert points(attempt) == (2, True)


def test_other_kinds_of_questions_are_graded_again_too(sv: Locale) -> None:
    quiz = [match("q1", of="ab"), case("q2", [one("p1"), truth("p2", answer=False)])]
    module_page = module_with(quiz, sv)
    attempt = begin(module_page, learner())
    right = {
        "q1": {"q1-a": "q1-a", "q1-b": "q1-b"},
        "q2": {"p1": "p1-b", "p2": "p2-true"},
    }
    for question in compiled_quiz(attempt.version).structure.questions:
        save_answer(
            user=attempt.user, attempt_key=attempt.key, question_id=question.id,
            fields=as_fields(question, right[question.id]), now=timezone.now(),
        )  # fmt: skip
    assert points(attempt) == (1, False)
    change(module_page, [quiz[0], case("q2", [one("p1", right="b"), truth("p2")])], "regrade")
    assert points(attempt) == (3, True)


# -- completions -------------------------------------------------------------------------------


def test_a_completion_is_never_taken_back(module_page: ModulePage) -> None:
    anna = learner()
    read_all(module_page, anna)
    attempt = take(module_page, anna, q1="a", q2="a")
    completion = Completion.objects.get(user=anna)
    change(module_page, OTHER_KEY, "regrade")
    assert points(attempt) == (1, False)
    assert Completion.objects.get(user=anna) == completion


def test_who_passes_by_a_change_completes_the_module_where_the_lessons_are_done(
    module_page: ModulePage,
) -> None:
    anna, bo = learner("anna"), learner("bo")
    read_all(module_page, anna)
    for user in (anna, bo):
        take(module_page, user, q1="b", q2="a")
    assert not Completion.objects.exists()
    change(module_page, OTHER_KEY, "regrade")
    assert Completion.objects.get().user == anna


def test_who_has_deleted_the_account_is_graded_again_and_completes_nothing(
    module_page: ModulePage,
) -> None:
    attempt = take(module_page, learner(), q1="b", q2="a")
    Attempt.objects.update(user=None)
    change(module_page, OTHER_KEY, "regrade")
    assert points(attempt) == (2, True)
    assert not Completion.objects.exists()
