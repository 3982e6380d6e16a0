"""Quizzes in an account: what is saved at once, what stands, and when one may try again."""

import uuid

import pytest

from agencies.models import User
from courses.domain.errors import AnswerError, AttemptRefusedError, Refusal
from courses.domain.spec import Choice, Scale
from courses.models import Answer, Attempt, Attitude, Completion, Unit
from courses.services.attempts import UnknownAttemptError, save_answer, submit_attempt
from tests.courses import cast
from tests.courses.cast import DAY, HOUR, NOW, SHARED
from tests.walk import parse, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna() -> User:
    return cast.learner(cast.agency())


@pytest.fixture
def module() -> Unit:
    return cast.unit(cast.module_page(SHARED))


def rules(**fields: object) -> None:
    """Other rules for the quiz, in both languages."""
    for language in ("sv", "en"):
        cast.change(cast.module_page(SHARED, language), **fields)


def submit(user: User, attempt: Attempt) -> Attempt:
    return submit_attempt(user=user, attempt_key=attempt.key, now=NOW)


# -- beginning -----------------------------------------------------------------------------------


def test_who_begins_twice_goes_on_with_the_same_attempt(anna: User, module: Unit) -> None:
    first = cast.start(anna, module)
    cast.answer(anna, first, cast.asked(first)[0], cast.right(cast.asked(first)[0]))
    again = cast.start(anna, module, NOW + DAY, language="en")
    assert (again, again.seed) == (first, first.seed)
    assert again.answers.count() == 1


def test_a_new_attempt_comes_after_the_one_before_is_handed_in(anna: User, module: Unit) -> None:
    first = cast.take_quiz(anna, module, passing=False)
    second = cast.start(anna, module, NOW + HOUR)
    assert second != first
    assert list(Attempt.objects.filter(user=anna)) == [first, second]


def test_an_attempt_that_is_open_goes_on_with_the_questions_it_began_with(
    anna: User, module: Unit
) -> None:
    attempt = cast.take_quiz(anna, module, questions=2)
    before = cast.asked(attempt)
    rules(quiz_draw=3)
    again = cast.start(anna, module, NOW + DAY)
    assert cast.asked(again) == before
    assert len(cast.asked(cast.start(cast.learner(), module))) == 3


# -- answering -----------------------------------------------------------------------------------


def test_the_first_answer_to_a_question_stands(anna: User, module: Unit) -> None:
    attempt = cast.start(anna, module)
    question = next(one for one in cast.asked(attempt) if isinstance(one, Choice))
    cast.answer(anna, attempt, question, cast.wrong(question))
    before = Answer.objects.get().response
    for _ in range(3):
        cast.answer(anna, attempt, question, cast.right(question), NOW + HOUR)
    answer = Answer.objects.get()
    assert (answer.response, answer.at) == (before, NOW)


def test_the_last_answer_hands_the_attempt_in(anna: User, module: Unit) -> None:
    attempt = cast.start(anna, module)
    questions = cast.asked(attempt)
    for number, question in enumerate(questions, 1):
        cast.answer(anna, attempt, question, cast.right(question))
        attempt.refresh_from_db()
        assert bool(attempt.submitted_at) == (number == len(questions))
    assert attempt.points == attempt.most
    assert attempt.passed


def test_what_is_no_answer_is_told_and_saves_nothing(anna: User, module: Unit) -> None:
    attempt = cast.start(anna, module)
    question = cast.asked(attempt)[0]
    for fields in ({}, {question.id: ["xyzzyx"]}):
        with pytest.raises(AnswerError):
            cast.answer(anna, attempt, question, fields)
    with pytest.raises(AnswerError):
        save_answer(
            user=anna, attempt_key=attempt.key, question_id="xyzzyx",
            fields=cast.right(question), now=NOW,
        )  # fmt: skip
    assert not Answer.objects.exists()


def test_nobody_answers_or_hands_in_for_another(anna: User, module: Unit) -> None:
    attempt = cast.start(anna, module)
    question = cast.asked(attempt)[0]
    other = cast.learner()
    with pytest.raises(UnknownAttemptError):
        cast.answer(other, attempt, question, cast.right(question))
    with pytest.raises(UnknownAttemptError):
        submit(other, attempt)
    with pytest.raises(UnknownAttemptError):
        submit_attempt(user=anna, attempt_key=uuid.uuid4(), now=NOW)
    attempt.refresh_from_db()
    assert attempt.submitted_at is None
    assert not Answer.objects.exists()


# -- handing in ----------------------------------------------------------------------------------


def test_handing_in_early_counts_what_is_not_answered_as_not_right(
    anna: User, module: Unit
) -> None:
    attempt = cast.start(anna, module)
    question = next(one for one in cast.asked(attempt) if isinstance(one, Choice))
    cast.answer(anna, attempt, question, cast.right(question))
    attempt = submit(anna, attempt)
    assert (attempt.points, attempt.passed) == (1, False)
    assert attempt.most > 1


def test_handing_in_twice_hands_in_once(anna: User, module: Unit) -> None:
    cast.read_all(anna, module)
    attempt = cast.take_quiz(anna, module)
    before = (attempt.submitted_at, attempt.points)
    again = submit_attempt(user=anna, attempt_key=attempt.key, now=NOW + DAY)
    assert (again.submitted_at, again.points) == before
    assert Completion.objects.filter(user=anna).count() == 1


def test_nothing_is_added_to_an_attempt_that_is_handed_in(anna: User, module: Unit) -> None:
    attempt = submit(anna, cast.take_quiz(anna, module, questions=1))
    question = cast.asked(attempt)[1]
    cast.answer(anna, attempt, question, cast.right(question))
    attempt.refresh_from_db()
    assert attempt.answers.count() == 1


# -- attitudes -----------------------------------------------------------------------------------


def test_an_attitude_is_counted_in_the_agency_and_never_stored_with_the_person(
    anna: User, module: Unit
) -> None:
    attempt = cast.take_quiz(anna, module)
    [scale] = [question for question in cast.asked(attempt) if isinstance(question, Scale)]
    counted = Attitude.objects.get()
    assert (counted.question, counted.step, counted.number) == (scale.id, 4, 1)
    assert counted.agency == attempt.agency
    assert Answer.objects.get(attempt=attempt, question=scale.id).response is None
    others = Answer.objects.filter(attempt=attempt).exclude(question=scale.id)
    assert all(answer.response is not None for answer in others)


def test_a_learner_counts_once_for_each_attitude(anna: User, module: Unit) -> None:
    for _ in range(3):
        cast.take_quiz(anna, module)
    assert Attitude.objects.get().number == 1
    cast.take_quiz(cast.learner(cast.agency("Annan")), module)
    assert sorted(Attitude.objects.values_list("number", flat=True)) == [1, 1]


# -- trying again --------------------------------------------------------------------------------


def test_after_the_last_attempt_there_is_no_other(anna: User, module: Unit) -> None:
    rules(max_attempts=2)
    for day in range(2):
        cast.take_quiz(anna, module, NOW + day * DAY, passing=False)
    with pytest.raises(AttemptRefusedError) as refused:
        cast.start(anna, module, NOW + 300 * DAY)
    assert refused.value.reason == Refusal.NO_ATTEMPTS_LEFT
    assert Attempt.objects.count() == 2


def test_an_open_attempt_uses_up_no_other(anna: User, module: Unit) -> None:
    rules(max_attempts=1)
    attempt = cast.take_quiz(anna, module, questions=1)
    assert cast.start(anna, module, NOW + DAY) == attempt


def test_the_waiting_time_is_kept_to_the_minute(anna: User, module: Unit) -> None:
    rules(wait_hours=24)
    cast.take_quiz(anna, module, NOW, passing=False)
    with pytest.raises(AttemptRefusedError) as refused:
        cast.start(anna, module, NOW + 23 * HOUR)
    assert (refused.value.reason, refused.value.until) == (Refusal.WAIT, NOW + DAY)
    assert cast.start(anna, module, NOW + DAY).submitted_at is None


def test_who_has_passed_practises_as_often_as_they_like(anna: User, module: Unit) -> None:
    rules(max_attempts=1, wait_hours=24)
    assert cast.take_quiz(anna, module).passed
    for _ in range(3):
        cast.take_quiz(anna, module, passing=False)
    assert Attempt.objects.filter(user=anna).count() == 4


@pytest.mark.parametrize(
    ("limits", "told"),
    [
        ({"max_attempts": 1}, "Du har använt alla dina försök"),
        ({"wait_hours": 24}, "Du kan försöka igen från"),
    ],
)
def test_a_page_says_why_there_is_no_other_attempt(
    anna: User, module: Unit, limits: dict[str, int], told: str
) -> None:
    rules(**limits)
    client, address = cast.browser(anna), cast.url("quiz", module)
    [begin] = cast.forms(client.get(address), address)
    page = cast.press(client, begin, action="start")
    cast.submit_shown(client, page, address)
    for response in (
        client.get(address),
        client.get(address, {"result": "1"}),
        client.post(address, {"action": "start"}, follow=True),
    ):
        assert told in words_of(parse(response).find(".//main"))
        assert not cast.forms(response, address)
    assert Attempt.objects.filter(user=anna).count() == 1


def test_a_page_says_how_many_attempts_are_left(anna: User, module: Unit) -> None:
    rules(max_attempts=3)
    cast.take_quiz(anna, module, passing=False)
    page = cast.browser(anna).get(cast.url("quiz", module))
    assert "Du har 2 försök kvar" in words_of(parse(page).find(".//main"))
