"""The front matter of courses, modules and lessons."""

from typing import Annotated, Literal

from pydantic import Field

from courses.domain.spec import Audience
from home.packs.spec import Key, Line, PageSpec, Path, ReviewedSpec, Strict, Text

FocusKeys = Annotated[list[Key], Field(min_length=1)]
Minutes = Annotated[int, Field(ge=1, le=600)]
Title = Annotated[str, Field(min_length=1, max_length=120)]
Sentence = Annotated[str, Field(min_length=1, max_length=600)]
Prompt = Annotated[str, Field(min_length=1, max_length=1000)]
Label = Annotated[str, Field(min_length=1, max_length=60)]


class CourseSpec(PageSpec, ReviewedSpec):
    """`modules` in their order; `modules_required` is left out where all must be completed."""

    type: Literal["course"]
    audience: Audience
    objectives: Annotated[list[Line], Field(min_length=1)]
    modules: Annotated[list[Path], Field(min_length=1)]
    modules_required: Annotated[int, Field(ge=1, le=100)] | None = None
    validity_months: Annotated[int, Field(ge=1, le=120)] | None = None
    owner: Key | None = None


# -- quiz --------------------------------------------------------------------------------------


class QuestionSpec(Strict):
    """`key` names the question for ever: it must not change when the question moves."""

    key: Key
    text: Sentence
    read: Path | None = None


class OptionSpec(Strict):
    text: Sentence
    right: bool = False
    feedback: Sentence


class OneSpec(QuestionSpec):
    kind: Literal["one"]
    options: Annotated[list[OptionSpec], Field(min_length=2, max_length=8)]


class SeveralSpec(QuestionSpec):
    kind: Literal["several"]
    options: Annotated[list[OptionSpec], Field(min_length=2, max_length=8)]


class TruthSpec(QuestionSpec):
    kind: Literal["truth"]
    answer: bool
    if_true: Sentence
    if_false: Sentence


class PairSpec(Strict):
    left: Line
    right: Line
    feedback: Sentence


class MatchSpec(QuestionSpec):
    kind: Literal["match"]
    pairs: Annotated[list[PairSpec], Field(min_length=2, max_length=8)]


class ItemSpec(Strict):
    text: Line
    feedback: Sentence


class OrderSpec(QuestionSpec):
    """`items` stand in the right order."""

    kind: Literal["order"]
    items: Annotated[list[ItemSpec], Field(min_length=3, max_length=8)]


class CaseSpec(Strict):
    kind: Literal["case"]
    key: Key
    text: Prompt
    read: Path | None = None
    questions: Annotated[
        list[Annotated[OneSpec | SeveralSpec | TruthSpec, Field(discriminator="kind")]],
        Field(min_length=2, max_length=6),
    ]


class ScaleSpec(Strict):
    """A statement to agree with, from 1 to 5; never graded."""

    kind: Literal["scale"]
    key: Key
    text: Sentence
    low: Label
    high: Label


AnyQuestion = Annotated[
    OneSpec | SeveralSpec | TruthSpec | MatchSpec | OrderSpec | CaseSpec | ScaleSpec,
    Field(discriminator="kind"),
]


class QuizSpec(Strict):
    """`draw` is how many of the questions each attempt gets; left out: all."""

    questions: Annotated[list[AnyQuestion], Field(min_length=1, max_length=60)]
    draw: Annotated[int, Field(ge=1, le=60)] | None = None
    shuffle: bool = True
    pass_mark: Annotated[int, Field(ge=1, le=100)] = 80
    max_attempts: Annotated[int, Field(ge=1, le=20)] | None = None
    wait_hours: Annotated[int, Field(ge=1, le=720)] | None = None
    passed: Sentence
    failed: Sentence


# -- modules and lessons -------------------------------------------------------------------------


class PlanSpec(Strict):
    minutes: Minutes
    title: Title
    text: Text


class ExerciseSpec(Strict):
    title: Title
    minutes: Minutes
    text: Text


class GuideSpec(Strict):
    """The facilitator's guide."""

    plan: Annotated[list[PlanSpec], Field(min_length=1)]
    exercises: Annotated[list[ExerciseSpec], Field(min_length=1)]
    discussion: Annotated[list[Sentence], Field(min_length=1)]
    material: Annotated[list[Line], Field(min_length=1)]
    adapt: Text


class ModuleSpec(PageSpec, ReviewedSpec):
    type: Literal["module"]
    focus_areas: FocusKeys
    objectives: Annotated[list[Line], Field(min_length=1)]
    quiz: QuizSpec | None = None
    guide: GuideSpec | None = None
    proposal: bool = False
    owner: Key | None = None


class LessonSpec(PageSpec):
    type: Literal["lesson"]
    minutes: Minutes


class CourseIndexSpec(PageSpec):
    type: Literal["course_index", "module_index"]
