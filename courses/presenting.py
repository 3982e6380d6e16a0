"""Questions as they are shown: texts in the reader's language, what was answered, what is right."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from courses.domain.answers import Response, as_fields, right_side
from courses.domain.drawing import parts, shown_order
from courses.domain.errors import Fault
from courses.domain.grading import is_right
from courses.domain.spec import (
    SCALE_STEPS,
    TRUE,
    Case,
    Choice,
    Compiled,
    Match,
    Order,
    Question,
    QuizSpec,
    Scale,
    Texts,
    text_id,
)


@dataclass(frozen=True)
class ShownOption:
    """One option, one step of a scale, or one choice for a row. `value` is what the form sends."""

    value: str
    text: str
    chosen: bool = False
    right: bool = False
    feedback: str = ""


@dataclass(frozen=True)
class ShownRow:
    """A left side to find the right one for, or an item to place: a list of choices of its own."""

    name: str
    text: str
    choices: list[ShownOption]
    right: bool = False
    right_text: str = ""
    feedback: str = ""
    fault: str = ""


@dataclass(frozen=True)
class ShownQuestion:
    """`part` is a question that is answered by itself; a case has several under one `text`."""

    id: str
    kind: str
    text: str
    options: list[ShownOption] = field(default_factory=list)
    rows: list[ShownRow] = field(default_factory=list)
    parts: list["ShownQuestion"] = field(default_factory=list)
    low: str = ""
    high: str = ""
    answered: bool = False
    right: bool = False
    fault: str = ""


@dataclass(frozen=True)
class Showing:
    """How the questions of an attempt are shown to somebody. Answered ones show what is right."""

    quiz: Compiled[QuizSpec]
    seed: str
    language: str

    @property
    def spoken(self) -> str:
        """The reader's language, or another where the version does not have it."""
        return (
            self.language if self.language in self.quiz.texts else next(iter(self.quiz.texts), "")
        )

    @property
    def texts(self) -> Texts:
        return self.quiz.texts.get(self.spoken, {})

    def question(
        self,
        question: Question,
        response: Response = None,
        given: Mapping[str, str] | None = None,
        faults: Mapping[str, Fault] | None = None,
        answered: bool = False,
    ) -> ShownQuestion:
        """`given` holds what a form sent that had `faults`, to show it again; values by name."""
        given, faults = given or {}, faults or {}
        if isinstance(question, Case):
            inner = response or {}
            return ShownQuestion(
                id=question.id,
                kind="case",
                text=self._text(question.id),
                parts=[
                    self.question(part, inner.get(part.id), given, faults, answered)
                    for part in parts(question)
                ],
                answered=answered,
                right=answered
                and all(_right(part, inner.get(part.id)) for part in parts(question)),
            )
        return ShownQuestion(
            id=question.id,
            kind=question.kind,
            text=self._text(question.id),
            options=self._options(question, response, given, answered),
            rows=self._rows(question, response, given, faults, answered),
            low=self._text(question.id, "low"),
            high=self._text(question.id, "high"),
            answered=answered,
            right=answered and _right(question, response),
            fault=faults.get(question.id, ""),
        )

    def words(self, name: str) -> str:
        """`passed` or `failed`: what the quiz says of the whole."""
        return self._text("quiz", name)

    def _text(self, owner: str, name: str = "text") -> str:
        return self.texts.get(text_id(owner, name), "")

    def _options(
        self, question: Question, response: Response, given: Mapping[str, str], answered: bool
    ) -> list[ShownOption]:
        sent = given.get(question.id, "").split("\n")
        if isinstance(question, Scale):
            steps = [str(step) for step in range(1, SCALE_STEPS + 1)]
            return [ShownOption(step, step, chosen=step in sent) for step in steps]
        if not isinstance(question, Choice):
            return []
        chosen = response if isinstance(response, list) else [response] if response else sent
        return [
            ShownOption(
                value=option_id,
                text=self._text(option_id),
                chosen=option_id in chosen,
                right=answered and option_id in question.right,
                feedback=self._text(option_id, "feedback") if answered else "",
            )
            for option_id in shown_order(question, self.quiz.structure.shuffle, self.seed)
        ]

    def _rows(
        self,
        question: Question,
        response: Response,
        given: Mapping[str, str],
        faults: Mapping[str, Fault],
        answered: bool,
    ) -> list[ShownRow]:
        if isinstance(question, Match):
            mixed = shown_order(question, shuffle=True, seed=self.seed)
            rights = [ShownOption(right_side(pair), self._text(pair, "right")) for pair in mixed]
            own = {pair: right_side(pair) for pair in question.pairs}
            rows, name = list(question.pairs), "left"
        elif isinstance(question, Order):
            rows, name = shown_order(question, shuffle=True, seed=self.seed), "text"
            own = {item: str(place) for place, item in enumerate(question.items, 1)}
            rights = [ShownOption(place, place) for place in own.values()]
        else:
            return []
        stored = as_fields(question, response) if response else {}
        chosen = {key: values[0] for key, values in stored.items()} or given
        labels = {right.value: right.text for right in rights}
        return [
            ShownRow(
                name=row,
                text=self._text(row, name),
                choices=[
                    ShownOption(one.value, one.text, chosen=chosen.get(row) == one.value)
                    for one in rights
                ],
                right=answered and chosen.get(row) == own[row],
                right_text=labels[own[row]] if answered else "",
                feedback=self._text(row, "feedback") if answered else "",
                fault=faults.get(row, ""),
            )
            for row in rows
        ]


def is_true(option_id: str) -> bool:
    """Whether an option of a true-or-false question is the one that says true."""
    return option_id.endswith(f"-{TRUE}")


def _right(question: Question, response: Response) -> bool:
    if isinstance(question, Choice | Match | Order):
        return response is not None and is_right(question, response)
    return True
