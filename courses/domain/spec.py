"""What publishing compiles pages to: structures without language, and their texts by language.

A structure holds ids, order and right answers; whoever learns in another language meets the same
one. Ids of units are translation keys, ids of questions and options those of their blocks, both as
text. Texts lie beside it, for each language under `<id>.<field>`.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

DEFAULT_PASS_MARK = 80
SCALE_STEPS = 5
TRUE, FALSE = "true", "false"

Texts = Mapping[str, str]


class Audience(StrEnum):
    MANAGERS = "managers"
    CONTACT_PERSONS = "contact_persons"
    TRAINERS = "trainers"
    EVERYONE = "everyone"


class UnitKind(StrEnum):
    COURSE = "course"
    MODULE = "module"
    LESSON = "lesson"
    QUIZ = "quiz"


class Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Option(Frozen):
    id: str
    right: bool = False


class Choice(Frozen):
    """`one` and `truth` have exactly one right option, `several` at least one."""

    kind: Literal["one", "several", "truth"]
    id: str
    options: tuple[Option, ...]
    read: str | None = None

    @property
    def right(self) -> frozenset[str]:
        return frozenset(option.id for option in self.options if option.right)


class Match(Frozen):
    """Each pair's left belongs to its own right."""

    kind: Literal["match"] = "match"
    id: str
    pairs: tuple[str, ...]
    read: str | None = None


class Order(Frozen):
    """`items` in the right order."""

    kind: Literal["order"] = "order"
    id: str
    items: tuple[str, ...]
    read: str | None = None


class Case(Frozen):
    """A situation with questions that are asked together and graded one by one."""

    kind: Literal["case"] = "case"
    id: str
    questions: tuple[Choice, ...]
    read: str | None = None


class Scale(Frozen):
    """A statement to agree with, from 1 to SCALE_STEPS; never graded."""

    kind: Literal["scale"] = "scale"
    id: str


Question = Annotated[Choice | Match | Order | Case | Scale, Field(discriminator="kind")]


class QuizSpec(Frozen):
    """`draw` questions are asked in each attempt, None: all. `pass_mark` is in per cent."""

    questions: tuple[Question, ...]
    draw: int | None = None
    shuffle: bool = True
    pass_mark: int = DEFAULT_PASS_MARK
    max_attempts: int | None = None
    wait_hours: int | None = None

    def question(self, question_id: str) -> Question | None:
        return next((found for found in self.questions if found.id == question_id), None)


class LessonRef(Frozen):
    key: str
    minutes: int


class ModuleSpec(Frozen):
    """`quiz` is the key of the quiz, None where the module has none."""

    lessons: tuple[LessonRef, ...]
    quiz: str | None = None
    quiz_minutes: int = 0

    @property
    def minutes(self) -> int:
        return sum(lesson.minutes for lesson in self.lessons) + self.quiz_minutes

    @property
    def steps(self) -> tuple[str, ...]:
        """Keys of what there is to do, in order."""
        return (*(lesson.key for lesson in self.lessons), *([self.quiz] if self.quiz else ()))


class CourseSpec(Frozen):
    """`required` modules of `modules` complete the course, None: all of them."""

    modules: tuple[str, ...]
    required: int | None = None
    validity_months: int | None = None


Structure = TypeVar("Structure", QuizSpec, ModuleSpec, CourseSpec)


@dataclass(frozen=True)
class Compiled(Generic[Structure]):
    """What a version holds. `texts` has every language in which the unit is complete."""

    structure: Structure
    texts: Mapping[str, Texts] = field(default_factory=dict)

    @property
    def structure_digest(self) -> str:
        return _sha256(self.structure.model_dump(mode="json"))

    @property
    def digest(self) -> str:
        return _sha256(self.as_json())

    def as_json(self) -> dict[str, object]:
        return {"structure": self.structure.model_dump(mode="json"), "texts": self.texts}


def gradable(questions: tuple[Question, ...]) -> Iterator[Choice | Match | Order]:
    """The questions that give a point, those of cases one by one."""
    for question in questions:
        if isinstance(question, Case):
            yield from question.questions
        elif not isinstance(question, Scale):
            yield question


def asked_number(spec: QuizSpec) -> int:
    """How many questions an attempt asks; a case is one, whatever it holds."""
    return len(spec.questions[: spec.draw])


def text_id(owner: str, name: str) -> str:
    return f"{owner}.{name}"


def _sha256(value: object) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
