"""What one learner has done, as rows, and what that adds to the tallies."""

import math
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from benchmarks.material import MODULES_IN_COURSE, Course, Material, Module
from benchmarks.people import BATCH, Learner
from benchmarks.responses import some_response
from courses.domain.drawing import drawn
from courses.domain.duration import duration_class
from courses.domain.grading import score
from courses.domain.spec import Scale
from courses.models import (
    Answer,
    Attempt,
    Attitude,
    Completion,
    Enrolment,
    Evaluation,
    LessonDone,
    Measure,
    Tally,
)
from courses.services.tallies import SCORES, quarter_of
from courses.versions import compiled_quiz

EVALUATED = 0.4
# How likely an answer is right, at the last try and before it.
LAST, BEFORE = 0.9, 0.6
# On average; the logarithm of the hours that half of the modules take.
COURSE_DAYS, MODULE_HOURS = 30, math.log(3)


@dataclass
class Plan:
    """Courses in the learner's order, how many steps of them are completed, tries at the quiz."""

    courses: list[Course]
    steps: int
    tries: int = 0


@dataclass
class Rows:
    """In the order in which they need each other."""

    enrolments: list[Enrolment] = field(default_factory=list)
    lessons: list[LessonDone] = field(default_factory=list)
    completions: list[Completion] = field(default_factory=list)
    attempts: list[Attempt] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    evaluations: list[Evaluation] = field(default_factory=list)

    def write(self) -> None:
        for one in fields(self):
            rows: list[Any] = getattr(self, one.name)
            if rows:
                type(rows[0])._default_manager.bulk_create(rows, batch_size=BATCH)


@dataclass
class Counts:
    """By unit, agency, quarter, measure and value; attitudes by question, agency and step."""

    tallies: Counter[tuple[Any, ...]] = field(default_factory=Counter)
    attitudes: Counter[tuple[str, int | None, int]] = field(default_factory=Counter)

    def add(self, record: Any, measure: Measure, at: datetime, value: int = 0) -> None:
        self.tallies[record.unit_id, record.agency_id, quarter_of(at), measure, value] += 1

    def write(self, quiz_id: int) -> None:
        names = ("unit_id", "agency_id", "quarter", "measure", "value")
        tallies = [
            Tally(**dict(zip(names, cell, strict=True)), number=number)
            for cell, number in self.tallies.items()
        ]
        attitudes = [
            Attitude(quiz_id=quiz_id, question=question, agency_id=agency, step=step, number=number)
            for (question, agency, step), number in self.attitudes.items()
        ]
        Tally.objects.bulk_create(tallies, batch_size=BATCH)
        Attitude.objects.bulk_create(attitudes, batch_size=BATCH)


class Writer:
    def __init__(
        self, material: Material, chance: random.Random, start: datetime, now: datetime
    ) -> None:
        self.material, self.chance, self.start, self.now = material, chance, start, now
        self.quiz = compiled_quiz(material.quiz_version).structure

    def learn(self, rows: Rows, counts: Counts, learner: Learner, plan: Plan) -> None:
        """Steps through the plan; the course after the last step is begun and no more."""
        left = plan.steps
        for course, (began, ended) in zip(plan.courses, self._periods(plan), strict=True):
            version = course.version.pk
            self._enrol(rows, counts, learner, course.unit.pk, version, began)
            at = began
            for module, end in zip(course.modules[:left], self._ends(began, ended), strict=False):
                hours = self.chance.lognormvariate(MODULE_HOURS, 1)
                started, at = max(at, end - timedelta(hours=hours)), end
                self._module(rows, counts, learner, plan, module, started, at)
            if left <= len(course.modules):
                return
            completion = self._complete(rows, counts, learner, course.unit.pk, version, began, at)
            left -= len(course.modules) + 1
            self._evaluate(rows, counts, completion)

    def _periods(self, plan: Plan) -> Iterator[tuple[datetime, datetime]]:
        """When each course was begun and ended, one after the other."""
        span = self.now - self.start
        begins = sorted(self.start + span * self.chance.random() for _course in plan.courses)
        for began, following in pairwise([*begins, self.now]):
            days = self.chance.expovariate(1 / COURSE_DAYS)
            yield began, min(following, began + timedelta(days=days))

    def _ends(self, began: datetime, ended: datetime) -> list[datetime]:
        return sorted(
            began + (ended - began) * self.chance.random() for _module in range(MODULES_IN_COURSE)
        )

    def _module(
        self, rows: Rows, counts: Counts, learner: Learner, plan: Plan, module: Module,
        started: datetime, at: datetime,
    ) -> None:  # fmt: skip
        version = module.version.pk
        if plan.tries and module.unit == self.material.quizzed.unit:
            version = self.material.with_quiz.pk
            self._tries(rows, counts, learner, plan.tries, started, at)
        self._enrol(rows, counts, learner, module.unit.pk, version, started)
        for lesson in module.lessons:
            done = started + (at - started) * self.chance.random()
            rows.lessons.append(
                LessonDone(
                    user_id=learner.user.pk,
                    lesson_id=lesson.pk,
                    agency_id=learner.agency(done),
                    at=done,
                )
            )
        self._complete(rows, counts, learner, module.unit.pk, version, started, at)

    def _enrol(
        self, rows: Rows, counts: Counts, learner: Learner, unit: int, version: int, at: datetime
    ) -> None:
        enrolment = Enrolment(
            user_id=learner.user.pk,
            unit_id=unit,
            version_id=version,
            agency_id=learner.agency(at),
            started_at=at,
        )
        rows.enrolments.append(enrolment)
        counts.add(enrolment, Measure.STARTED, at)

    def _complete(
        self, rows: Rows, counts: Counts, learner: Learner, unit: int, version: int,
        started: datetime, at: datetime,
    ) -> Completion:  # fmt: skip
        completion = Completion(
            user_id=learner.user.pk,
            unit_id=unit,
            version_id=version,
            agency_id=learner.agency(at),
            started_at=started,
            at=at,
        )
        rows.completions.append(completion)
        counts.add(completion, Measure.COMPLETED, at, duration_class(at - started))
        return completion

    def _evaluate(self, rows: Rows, counts: Counts, completion: Completion) -> None:
        if self.chance.random() > EVALUATED:
            return
        scores = {name: self.chance.randint(1, 5) for name in SCORES}
        rows.evaluations.append(Evaluation(completion=completion, at=completion.at, **scores))
        for name, measure in SCORES.items():
            counts.add(completion, measure, completion.at, scores[name])

    def _tries(
        self, rows: Rows, counts: Counts, learner: Learner, number: int, start: datetime,
        end: datetime,
    ) -> None:  # fmt: skip
        """Attempts one after the other, of which the last one is passed."""
        for place in range(number):
            began = start + (end - start) * place / number
            submitted = start + (end - start) * (place + 1) / number
            seed = f"{self.chance.getrandbits(64):016x}"
            asked = drawn(self.quiz, seed)
            last = place == number - 1
            passed = False
            while not passed:
                skill = LAST if last else BEFORE
                given = {one.id: some_response(one, self.chance, skill) for one in asked}
                result = score(self.quiz, asked, given)
                passed = result.passed or not last
            attempt = Attempt(
                user_id=learner.user.pk,
                quiz_id=self.material.quiz.pk,
                version_id=self.material.quiz_version.pk,
                agency_id=learner.agency(began),
                seed=seed,
                started_at=began,
                submitted_at=submitted,
                points=result.points,
                most=result.most,
                passed=result.passed,
            )
            rows.attempts.append(attempt)
            for one in asked:
                scale = isinstance(one, Scale)
                if scale and place == 0:
                    counts.attitudes[one.id, attempt.agency_id, given[one.id]] += 1
                response = None if scale else given[one.id]
                rows.answers.append(
                    Answer(attempt=attempt, question=one.id, response=response, at=submitted)
                )
