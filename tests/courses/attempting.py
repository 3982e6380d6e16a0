"""Attempts at the quizzes that factories make, and changes to these quizzes."""

from typing import Any

from django.utils import timezone

from agencies.models import User
from courses.models import Attempt, ModulePage, Unit
from courses.services.attempts import save_answer, start_attempt
from courses.services.lessons import finish_lesson
from tests.factories.courses import Block, one, published, quiz_unit

QUIZ = [one("q1"), one("q2")]
# The right answer of the first question is b.
OTHER_KEY = [one("q1", right="b"), one("q2")]
OTHER_WORDS = [one("q1", text="Samma fråga med andra ord?"), one("q2")]


def take(page: ModulePage, user: User, language: str = "sv", **answers: str) -> Attempt:
    """A whole attempt; `q1="b"` chooses that answer."""
    attempt = begin(page, user, language)
    for question, letter in answers.items():
        answer(attempt, question, letter)
    attempt.refresh_from_db()
    return attempt


def begin(page: ModulePage, user: User, language: str = "sv") -> Attempt:
    return start_attempt(user=user, quiz=quiz_unit(page), language=language, now=timezone.now())


def answer(attempt: Attempt, question: str, letter: str) -> None:
    save_answer(
        user=attempt.user, attempt_key=attempt.key, question_id=question,
        fields={question: [f"{question}-{letter}"]}, now=timezone.now(),
    )  # fmt: skip


def change(page: ModulePage, quiz: list[Block], said: str = "", **fields: Any) -> ModulePage:
    """Publishes another quiz, as the form does when it has let it through."""
    fresh = ModulePage.objects.get(pk=page.pk)
    for name, value in {"quiz": quiz, "quiz_change": said, **fields}.items():
        setattr(fresh, name, value)
    return published(fresh)


def points(attempt: Attempt) -> tuple[int | None, bool]:
    attempt.refresh_from_db()
    return attempt.points, attempt.passed


def read_all(page: ModulePage, user: User) -> None:
    for lesson in Unit.objects.filter(part_of__key=page.translation_key, kind="lesson"):
        finish_lesson(user=user, lesson=lesson, language="sv", now=timezone.now())
