"""Taking a quiz, with an account or without: the same steps, kept in rows or in an address."""

import datetime
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

from django.shortcuts import get_object_or_404

from agencies.models import User
from courses.domain.answers import Fields, Response, read_response
from courses.domain.attempts import Tried, attempts_left, check_may_start
from courses.domain.drawing import drawn
from courses.domain.errors import AnswerError, AttemptRefusedError, Fault
from courses.domain.grading import Score, score
from courses.domain.packing import pack, unpack
from courses.domain.spec import Compiled, Question, QuizSpec, UnitKind
from courses.guest import Guest, Run
from courses.journey import Journey
from courses.models import Attempt, Enrolment, Unit, UnitVersion
from courses.services.attempts import (
    UnknownAttemptError,
    new_seed,
    save_answer,
    start_attempt,
    submit_attempt,
    tried,
)
from courses.versions import NothingToLearnError, compiled_quiz, current_version


@dataclass(frozen=True)
class State:
    """An attempt as it stands. `score` is there when it is submitted; `key` names it in forms."""

    key: str
    quiz: Compiled[QuizSpec]
    seed: str
    responses: Mapping[str, Response]
    score: Score | None

    @property
    def asked(self) -> tuple[Question, ...]:
        return drawn(self.quiz.structure, self.seed)

    @property
    def unanswered(self) -> list[Question]:
        return [question for question in self.asked if question.id not in self.responses]


class Quiz(Protocol):
    """`spec` is what who begins now gets, None where the quiz has been taken away. `latest` is the
    newest attempt, open or submitted. Changing methods raise what the services raise, and never
    undo or repeat anything when they are called twice."""

    spec: QuizSpec | None

    def latest(self) -> State | None: ...

    def refusal(self, now: datetime.datetime) -> AttemptRefusedError | None: ...

    def attempts_left(self) -> int | None: ...

    def start(self, now: datetime.datetime) -> None: ...

    def answer(self, key: str, question: str, fields: Fields, now: datetime.datetime) -> None: ...

    def submit(self, key: str, now: datetime.datetime) -> None: ...


def quiz_of_module(module: Unit, journey: Journey) -> "AccountQuiz | GuestQuiz":
    """Raises Http404 where the module has no quiz."""
    unit = get_object_or_404(module.parts, kind=UnitKind.QUIZ)
    if journey.user:
        return AccountQuiz(journey.user, unit, journey.language)
    return GuestQuiz(journey.guest, unit, journey.language)


class AccountQuiz:
    def __init__(self, user: User, unit: Unit, language: str) -> None:
        self.user, self.unit, self.language = user, unit, language

    @cached_property
    def spec(self) -> QuizSpec | None:
        return _spec(self.unit, self.language)

    def latest(self) -> State | None:
        attempt = (
            Attempt.objects.filter(user=self.user, quiz=self.unit)
            .select_related("version")
            .order_by("-started_at", "-pk")
            .first()
        )
        if attempt is None:
            return None
        quiz = compiled_quiz(attempt.version)
        result = None
        if attempt.submitted_at:
            result = Score(attempt.points or 0, attempt.most or 0, attempt.passed)
        responses = dict(attempt.answers.values_list("question", "response"))
        return State(str(attempt.key), quiz, attempt.seed, responses, result)

    def refusal(self, now: datetime.datetime) -> AttemptRefusedError | None:
        try:
            if self.spec:
                check_may_start(self.spec, self._tried, now)
        except AttemptRefusedError as refused:
            return refused
        return None

    def attempts_left(self) -> int | None:
        return attempts_left(self.spec, self._tried) if self.spec else None

    def start(self, now: datetime.datetime) -> None:
        start_attempt(user=self.user, quiz=self.unit, language=self.language, now=now)

    def answer(self, key: str, question: str, fields: Fields, now: datetime.datetime) -> None:
        save_answer(
            user=self.user,
            attempt_key=_uuid(key),
            question_id=question,
            fields=fields,
            now=now,
        )

    def submit(self, key: str, now: datetime.datetime) -> None:
        submit_attempt(user=self.user, attempt_key=_uuid(key), now=now)

    @cached_property
    def _tried(self) -> list[Tried]:
        rows = Enrolment.objects.filter(user=self.user, unit=self.unit.module)
        cycle = rows.order_by("-cycle").values_list("cycle", flat=True).first() or 1
        return tried(self.user, self.unit, cycle)


class GuestQuiz:
    """Without an account there is no limit to attempts: what is not kept cannot be counted."""

    def __init__(self, guest: Guest, unit: Unit, language: str) -> None:
        self.guest, self.unit, self.language = guest, unit, language

    @cached_property
    def spec(self) -> QuizSpec | None:
        return _spec(self.unit, self.language)

    def latest(self) -> State | None:
        run = self.guest.run_of(str(self.unit.key))
        version = run and UnitVersion.objects.filter(pk=run.version, unit=self.unit).first()
        return self._state(run, version) if run and version else None

    def refusal(self, now: datetime.datetime) -> AttemptRefusedError | None:
        return None

    def attempts_left(self) -> int | None:
        return None

    def start(self, now: datetime.datetime) -> None:
        latest = self.latest()
        if latest and latest.score is None:
            return
        run = Run(
            key=str(uuid.uuid4()),
            quiz=str(self.unit.key),
            version=current_version(self.unit, self.language).pk,
            seed=new_seed(),
            at=int(now.timestamp()),
        )
        self.guest = self.guest.with_run(run)

    def answer(self, key: str, question: str, fields: Fields, now: datetime.datetime) -> None:
        run, state = self.guest.run_of(str(self.unit.key)), self.latest()
        if run is None or state is None or run.key != key or run.submitted:
            return
        asked = next((one for one in state.asked if one.id == question), None)
        if asked is None:
            raise AnswerError({question: Fault.UNKNOWN})
        if question in state.responses:
            return
        responses = {**state.responses, question: read_response(asked, fields)}
        self._keep(run, state, responses, len(responses) == len(state.asked))

    def submit(self, key: str, now: datetime.datetime) -> None:
        run, state = self.guest.run_of(str(self.unit.key)), self.latest()
        if run and state and run.key == key and not run.submitted:
            self._keep(run, state, state.responses, submitted=True)

    def _keep(
        self, run: Run, state: State, responses: Mapping[str, Response], submitted: bool
    ) -> None:
        spec = state.quiz.structure
        passed = submitted and score(spec, state.asked, responses).passed
        kept = replace(run, answers=pack(spec, responses), submitted=submitted, passed=passed)
        self.guest = self.guest.with_run(kept)

    def _state(self, run: Run, version: UnitVersion) -> State:
        quiz = compiled_quiz(version)
        responses = unpack(quiz.structure, run.answers)
        asked = drawn(quiz.structure, run.seed)
        result = score(quiz.structure, asked, responses) if run.submitted else None
        return State(run.key, quiz, run.seed, responses, result)


def _spec(unit: Unit, language: str) -> QuizSpec | None:
    try:
        return compiled_quiz(current_version(unit, language)).structure
    except NothingToLearnError:
        return None


def _uuid(key: str) -> uuid.UUID:
    try:
        return uuid.UUID(key)
    except ValueError as error:
        raise UnknownAttemptError(key) from error
