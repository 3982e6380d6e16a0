"""The races; each sets up its own learner and material, and gives what was left of it."""

import uuid
from collections.abc import Callable
from typing import Any

from agencies.models import Agency, AgencyKind, Membership, Role, User
from courses.domain.spec import (
    Choice,
    Compiled,
    CourseSpec,
    LessonRef,
    ModuleSpec,
    Option,
    QuizSpec,
    UnitKind,
)
from courses.models import (
    Answer,
    Attempt,
    Completion,
    CurrentVersion,
    Enrolment,
    LessonDone,
    Tally,
    Unit,
    UnitVersion,
)
from courses.services.attempts import save_answer, start_attempt, submit_attempt
from courses.services.enrolling import enrol
from courses.services.lessons import finish_lesson
from tests.courses.racing import NOW, THREADS, at_once, later

Left = dict[str, Any]


class Material:
    """A course of one module with three lessons and a quiz of two questions, and a learner."""

    def __init__(self, quiz: bool = True) -> None:
        self.course, self.module = _unit(UnitKind.COURSE), _unit(UnitKind.MODULE)
        self.quiz = _unit(UnitKind.QUIZ, self.module)
        self.lessons = [_unit(UnitKind.LESSON, self.module) for _ in range(3)]
        lessons = tuple(LessonRef(key=str(one.key), minutes=5) for one in self.lessons)
        key = str(self.quiz.key) if quiz else None
        _publish(self.module, ModuleSpec(lessons=lessons, quiz=key))
        _publish(self.course, CourseSpec(modules=(str(self.module.key),)))
        _publish(self.quiz, QuizSpec(questions=(_question("a"), _question("b"))))
        self.agency = Agency.objects.create(
            key=f"race-{uuid.uuid4().hex[:12]}", name="Race", kind=AgencyKind.OTHER
        )
        self.user = self.learner()

    def learner(self) -> User:
        user = User.objects.create_user(f"{uuid.uuid4().hex}@example.org")
        Membership.objects.create(
            user=user, agency=self.agency, role=Role.LEARNER, start=NOW.date()
        )
        return user

    def finish(self, lesson: Unit, user: User | None = None) -> None:
        finish_lesson(user=user or self.user, lesson=lesson, language="sv", now=later(1))

    def start(self) -> Attempt:
        return start_attempt(user=self.user, quiz=self.quiz, language="sv", now=later(2))

    def answer(self, attempt: Attempt, question: str, letter: str) -> None:
        save_answer(
            user=self.user,
            attempt_key=attempt.key,
            question_id=question,
            fields={question: [f"{question}-{letter}"]},
            now=later(3),
        )


def two_last_lessons(turn: int) -> Left:
    """The last two lessons of a module in two tabs: one completion of module and of course."""
    material = Material(quiz=False)
    enrol(user=material.user, unit=material.course, language="sv", now=NOW)
    material.finish(material.lessons[0])
    errors = at_once(*(lambda one=one: material.finish(one) for one in material.lessons[1:]))
    completions = Completion.objects.filter(user=material.user)
    return {
        "errors": errors,
        "completions": sorted(completions.values_list("unit__kind", flat=True)),
    }


def many_beginnings(turn: int) -> Left:
    material = Material()
    enrols = (
        lambda: enrol(user=material.user, unit=material.course, language="sv", now=NOW)
        for _ in range(THREADS)
    )
    errors = at_once(*enrols)
    number = Enrolment.objects.filter(user=material.user).count()
    tally = Tally.objects.get(unit=material.course, measure="started").number
    return {"errors": errors, "enrolments": number, "counted": tally}


def one_lesson_many_times(turn: int) -> Left:
    material = Material()
    errors = at_once(*(lambda: material.finish(material.lessons[0]) for _ in range(THREADS)))
    return {"errors": errors, "lessons": LessonDone.objects.filter(user=material.user).count()}


def many_starts(turn: int) -> Left:
    material = Material()
    errors = at_once(*(material.start for _ in range(THREADS)))
    return {"errors": errors, "attempts": Attempt.objects.filter(user=material.user).count()}


def one_answer_many_times(turn: int) -> Left:
    """Each tab has chosen another option: the first one stands, and nobody gets an error."""
    material = Material()
    attempt = material.start()
    errors = at_once(
        *(
            lambda place=place: material.answer(attempt, "a", "xy"[place % 2])
            for place in range(THREADS)
        )
    )
    return {"errors": errors, "answers": Answer.objects.filter(attempt=attempt).count()}


def last_answers_and_handing_in(turn: int) -> Left:
    """Both last answers and two hand-ins at once: graded once, every saved answer counts."""
    material = Material()
    for lesson in material.lessons:
        material.finish(lesson)
    attempt = material.start()
    material.answer(attempt, "a", "x")
    hand_in = lambda: submit_attempt(  # noqa: E731
        user=material.user, attempt_key=attempt.key, now=later(4)
    )
    errors = at_once(
        lambda: material.answer(attempt, "b", "x"), lambda: material.answer(attempt, "b", "x"),
        hand_in, hand_in,
    )  # fmt: skip
    attempt.refresh_from_db()
    right = Answer.objects.filter(attempt=attempt).count()
    completions = Completion.objects.filter(user=material.user, unit=material.module).count()
    return {
        "errors": errors,
        "points_fit": attempt.points == right and attempt.submitted_at is not None,
        "completions_fit": completions == int(attempt.passed),
    }


def a_crowd(turn: int) -> Left:
    """A whole class completes a module in the same second: the tally counts everybody once."""
    material = Material(quiz=False)
    crowd = [material.learner() for _ in range(THREADS)]
    for user in crowd:
        for lesson in material.lessons[:2]:
            material.finish(lesson, user)
    errors = at_once(
        *(lambda user=user: material.finish(material.lessons[2], user) for user in crowd)
    )
    tallies = Tally.objects.filter(unit=material.module, measure="completed")
    return {"errors": errors, "counted": sum(tallies.values_list("number", flat=True))}


def _unit(kind: UnitKind, part_of: Unit | None = None) -> Unit:
    return Unit.objects.create(key=uuid.uuid4(), kind=kind, titles={"sv": kind}, part_of=part_of)


def _publish(unit: Unit, structure: Any) -> None:
    compiled = Compiled(structure, {"sv": {}})
    version = UnitVersion.objects.create(
        unit=unit, number=1, digest=compiled.digest, structure=compiled.structure_digest,
        spec=compiled.as_json(), languages=["sv"], published_at=NOW,
    )  # fmt: skip
    CurrentVersion.objects.create(unit=unit, language="sv", version=version)


def _question(name: str) -> Choice:
    options = (Option(id=f"{name}-x", right=True), Option(id=f"{name}-y"))
    return Choice(kind="one", id=name, options=options)


RACES: dict[str, Callable[[int], Left]] = {
    race.__name__: race
    for race in (
        two_last_lessons, many_beginnings, one_lesson_many_times, many_starts,
        one_answer_many_times, last_answers_and_handing_in, a_crowd,
    )
}  # fmt: skip
