"""Quizzes: starting, answering, submitting. Graded here and nowhere else."""

import datetime
import secrets
import uuid
from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils import timezone

from agencies.models import User
from agencies.selectors import agency_on
from courses.domain.answers import Fields, Response, read_response
from courses.domain.attempts import Tried, check_may_start
from courses.domain.drawing import drawn
from courses.domain.errors import AnswerError, Fault
from courses.domain.grading import score
from courses.domain.spec import QuizSpec, Scale
from courses.models import Answer, Attempt, Unit
from courses.services.completing import complete_module
from courses.services.enrolling import enrol
from courses.services.tallies import count_attitude
from courses.versions import compiled_quiz, current_version


class UnknownAttemptError(Exception):
    """There is no such attempt of this learner's."""


def new_seed() -> str:
    return secrets.token_hex(8)


@transaction.atomic
def start_attempt(*, user: User, quiz: Unit, language: str, now: datetime.datetime) -> Attempt:
    """The attempt that is open, or a new one. Raises AttemptRefusedError, NothingToLearnError."""
    enrolment = enrol(user=user, unit=quiz.module, language=language, now=now)
    existing = Attempt.objects.filter(user=user, quiz=quiz, submitted_at=None).first()
    if existing:
        return existing
    version = current_version(quiz, language)
    check_may_start(compiled_quiz(version).structure, tried(user, quiz, enrolment.cycle), now)
    try:
        with transaction.atomic():
            return Attempt.objects.create(
                user=user,
                quiz=quiz,
                version=version,
                agency=agency_on(user, timezone.localdate(now)),
                cycle=enrolment.cycle,
                seed=new_seed(),
                started_at=now,
            )
    except IntegrityError:
        return Attempt.objects.get(user=user, quiz=quiz, submitted_at=None)


def tried(user: User, quiz: Unit, cycle: int) -> list[Tried]:
    """The learner's submitted attempts in a cycle, oldest first."""
    rows = Attempt.objects.filter(user=user, quiz=quiz, cycle=cycle).exclude(submitted_at=None)
    return [Tried(row.submitted_at, row.passed) for row in rows if row.submitted_at]


@transaction.atomic
def save_answer(
    *, user: User, attempt_key: uuid.UUID, question_id: str, fields: Fields,
    now: datetime.datetime,
) -> Attempt:  # fmt: skip
    """Saves the answer to one question; with the last one the attempt is submitted.

    The first answer to a question stands: sent again, or sent too late, nothing happens.
    Raises AnswerError for what is no answer, UnknownAttemptError for somebody else's attempt.
    """
    attempt = _locked(user, attempt_key)
    spec = compiled_quiz(attempt.version).structure
    asked = drawn(spec, attempt.seed)
    question = next((one for one in asked if one.id == question_id), None)
    if question is None:
        raise AnswerError({question_id: Fault.UNKNOWN})
    given = dict(attempt.answers.values_list("question", "response"))
    if attempt.submitted_at or question_id in given:
        return attempt
    response = read_response(question, fields)
    store_answer(attempt, question_id, response, isinstance(question, Scale), now)
    given[question_id] = response
    if all(one.id in given for one in asked):
        _submit(attempt, spec, given, now)
    return attempt


@transaction.atomic
def submit_attempt(*, user: User, attempt_key: uuid.UUID, now: datetime.datetime) -> Attempt:
    """Grades the attempt as it is; questions without an answer give no points. Once only."""
    attempt = _locked(user, attempt_key)
    if attempt.submitted_at is None:
        given = dict(attempt.answers.values_list("question", "response"))
        _submit(attempt, compiled_quiz(attempt.version).structure, given, now)
    return attempt


def store_answer(
    attempt: Attempt, question_id: str, response: Response, scale: bool, now: datetime.datetime
) -> None:
    """The row of an answer. Attitudes are counted without the person, once for each learner."""
    if scale and not _has_answered(attempt, question_id):
        count_attitude(attempt.quiz, question_id, attempt.agency_id, response)
    Answer.objects.create(
        attempt=attempt, question=question_id, response=None if scale else response, at=now
    )


def _has_answered(attempt: Attempt, question_id: str) -> bool:
    return Answer.objects.filter(
        attempt__user=attempt.user, attempt__quiz=attempt.quiz_id, question=question_id
    ).exists()


def _locked(user: User, attempt_key: uuid.UUID) -> Attempt:
    attempt = (
        Attempt.objects.select_for_update(of=("self",))
        .filter(user=user, key=attempt_key)
        .select_related("version", "quiz__part_of")
        .first()
    )
    if attempt is None:
        raise UnknownAttemptError(str(attempt_key))
    return attempt


def grade(
    attempt: Attempt, spec: QuizSpec, given: Mapping[str, Response], now: datetime.datetime
) -> None:
    """Gives the attempt its points; saves nothing."""
    result = score(spec, drawn(spec, attempt.seed), given)
    attempt.submitted_at = now
    attempt.points, attempt.most, attempt.passed = result.points, result.most, result.passed


def _submit(
    attempt: Attempt, spec: QuizSpec, given: Mapping[str, Response], now: datetime.datetime
) -> None:
    grade(attempt, spec, given, now)
    attempt.save(update_fields=["submitted_at", "points", "most", "passed"])
    if attempt.passed and attempt.user:
        complete_module(user=attempt.user, module=attempt.quiz.module, now=now)
