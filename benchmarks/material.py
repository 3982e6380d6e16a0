"""Something to learn, made up: courses of modules of two lessons, and one quiz.

The first module got its quiz later: its first version has none, its second has one.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from courses.domain.spec import (
    Case,
    Choice,
    Compiled,
    CourseSpec,
    LessonRef,
    Match,
    ModuleSpec,
    Option,
    Order,
    QuizSpec,
    Scale,
    Texts,
    UnitKind,
    text_id,
)
from courses.models import CurrentVersion, Unit, UnitVersion

COURSES, MODULES_IN_COURSE, LESSONS_IN_MODULE = 4, 5, 2
LANGUAGES = ("en", "sv")
_SPACE = uuid.UUID("5d3c7f0e-6a6b-4a55-9d0c-7a3b8f1f2e11")
_SENTENCE = "What does the employer do first when somebody tells of harassment at work?"


@dataclass(frozen=True)
class Module:
    unit: Unit
    lessons: tuple[Unit, ...]
    version: UnitVersion


@dataclass(frozen=True)
class Course:
    unit: Unit
    modules: tuple[Module, ...]
    version: UnitVersion


@dataclass(frozen=True)
class Material:
    """`with_quiz` is the version of the first module that has the quiz."""

    courses: tuple[Course, ...]
    quiz: Unit
    quiz_version: UnitVersion
    with_quiz: UnitVersion

    @property
    def quizzed(self) -> Module:
        return self.courses[0].modules[0]


def make_material(published_at: datetime) -> Material:
    courses = tuple(_course(number, published_at) for number in range(COURSES))
    first = courses[0].modules[0]
    quiz = _unit("quiz", UnitKind.QUIZ, part_of=first.unit)
    structure = ModuleSpec(lessons=_refs(first.lessons), quiz=str(quiz.key), quiz_minutes=10)
    return Material(
        courses,
        quiz,
        _version(quiz, Compiled(quiz_spec(), _in_all(_quiz_texts())), 1, published_at),
        _version(first.unit, Compiled(structure, _in_all({})), 2, published_at),
    )


def quiz_spec(turned: bool = False) -> QuizSpec:
    """Ten questions of all kinds; `turned`, the first has another right answer."""
    return QuizSpec(
        questions=(
            *(_choice(f"one-{place}", turned and place == 1) for place in range(1, 5)),
            _choice("several", kind="several"),
            Choice(
                kind="truth",
                id=_id("truth"),
                options=(
                    Option(id=f"{_id('truth')}-true", right=True),
                    Option(id=f"{_id('truth')}-false"),
                ),
            ),
            Match(id=_id("match"), pairs=tuple(_id(f"match-{place}") for place in range(4))),
            Order(id=_id("order"), items=tuple(_id(f"order-{place}") for place in range(4))),
            Case(id=_id("case"), questions=(_choice("case-1"), _choice("case-2"))),
            Scale(id=_id("scale")),
        )
    )


def turned_quiz() -> Compiled[QuizSpec]:
    return Compiled(quiz_spec(turned=True), _in_all(_quiz_texts()))


def _course(number: int, at: datetime) -> Course:
    modules = tuple(_module(f"module-{number}-{place}", at) for place in range(MODULES_IN_COURSE))
    unit = _unit(f"course-{number}", UnitKind.COURSE)
    structure = CourseSpec(modules=tuple(str(module.unit.key) for module in modules))
    return Course(unit, modules, _version(unit, Compiled(structure, _in_all({})), 1, at))


def _module(name: str, at: datetime) -> Module:
    unit = _unit(name, UnitKind.MODULE)
    lessons = tuple(
        _unit(f"{name}-lesson-{place}", UnitKind.LESSON, part_of=unit)
        for place in range(LESSONS_IN_MODULE)
    )
    structure = ModuleSpec(lessons=_refs(lessons))
    return Module(unit, lessons, _version(unit, Compiled(structure, _in_all({})), 1, at))


def _refs(lessons: tuple[Unit, ...]) -> tuple[LessonRef, ...]:
    return tuple(LessonRef(key=str(lesson.key), minutes=10) for lesson in lessons)


def _key(name: str) -> uuid.UUID:
    return uuid.uuid5(_SPACE, name)


def _id(name: str) -> str:
    return str(_key(name))


def _unit(name: str, kind: UnitKind, part_of: Unit | None = None) -> Unit:
    titles = {language: f"Benchmark: {name}" for language in LANGUAGES}
    return Unit.objects.create(key=_key(name), kind=kind, titles=titles, part_of=part_of)


def _version(unit: Unit, compiled: Compiled[Any], number: int, at: datetime) -> UnitVersion:
    version = UnitVersion.objects.create(
        unit=unit,
        number=number,
        digest=compiled.digest,
        structure=compiled.structure_digest,
        spec=compiled.as_json(),
        languages=list(compiled.texts),
        published_at=at,
    )
    for language in LANGUAGES:
        CurrentVersion.objects.update_or_create(
            unit=unit, language=language, defaults={"version": version}
        )
    return version


def _in_all(texts: Texts) -> dict[str, Texts]:
    return dict.fromkeys(LANGUAGES, texts)


def _choice(name: str, turned: bool = False, kind: Any = "one") -> Choice:
    right = {2 if turned else 0, *([2] if kind == "several" else [])}
    return Choice(
        kind=kind,
        id=_id(name),
        options=tuple(Option(id=_id(f"{name}-{at}"), right=at in right) for at in range(4)),
    )


def _quiz_texts() -> dict[str, str]:
    fields = ("text", "feedback", "left", "right", "low", "high")
    return {
        text_id(owner, name): f"{_SENTENCE} ({name} {place})"
        for place, owner in enumerate(_owners())
        for name in fields
    }


def _owners() -> Iterator[str]:
    """Whatever has texts: questions, options, pairs and items."""
    yield "quiz"
    for question in quiz_spec().questions:
        for one in (question, *getattr(question, "questions", ())):
            yield one.id
            yield from (option.id for option in getattr(one, "options", ()))
            yield from getattr(one, "pairs", ())
            yield from getattr(one, "items", ())
