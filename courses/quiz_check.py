"""What keeps a quiz from being published: on its structure and its texts in one language.

A draft may have all of these faults. Who publishes is told each one at its field.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from courses.domain.spec import (
    FALSE,
    TRUE,
    Case,
    Choice,
    Frozen,
    Match,
    Order,
    Question,
    QuizSpec,
    Scale,
    Texts,
    gradable,
    text_id,
)

# How many answers, pairs, items or questions of a case there must be at least.
FEWEST: dict[type[Frozen], int] = {Choice: 2, Match: 2, Order: 3, Case: 2}
LISTS: dict[type[Frozen], str] = {
    Choice: "options", Match: "pairs", Order: "items", Case: "questions",
}  # fmt: skip


class FaultKind(StrEnum):
    EMPTY = "empty"
    FEW = "few"
    NOT_ONE_RIGHT = "not_one_right"
    NONE_RIGHT = "none_right"
    SAME = "same"
    DRAWS_TOO_MANY = "draws_too_many"
    DRAWS_UNGRADED = "draws_ungraded"
    NONE_GRADED = "none_graded"


_MESSAGES = {
    FaultKind.EMPTY: _("Write this before you publish."),
    FaultKind.FEW: _("There must be at least %(number)s."),
    FaultKind.NOT_ONE_RIGHT: _("Mark exactly one answer as right."),
    FaultKind.NONE_RIGHT: _("Mark at least one answer as right."),
    FaultKind.SAME: _("This is written twice. Each must be different from the others."),
    FaultKind.DRAWS_TOO_MANY: _("There are only %(number)s questions to draw from."),
    FaultKind.DRAWS_UNGRADED: _(
        "Draw more than %(number)s: an attempt could otherwise have nothing but attitude scales."
    ),
    FaultKind.NONE_GRADED: _("At least one question must be graded. Attitude scales are not."),
}


@dataclass(frozen=True)
class QuizFault:
    """`owner` is the id of a block, empty for the quiz as a whole; `field` its field's name."""

    owner: str
    field: str
    kind: FaultKind
    number: int = 0

    @property
    def message(self) -> str:
        return str(_MESSAGES[self.kind]) % {"number": self.number}


def faults_of(spec: QuizSpec, texts: Texts) -> list[QuizFault]:
    """All of them. A quiz without questions is no quiz, and has none."""
    if not spec.questions:
        return []
    return [
        *_whole(spec),
        *_empty("quiz", ("passed", "failed"), texts, owner="", prefix="quiz_"),
        *(fault for question in spec.questions for fault in _question(question, texts)),
    ]


def _whole(spec: QuizSpec) -> Iterator[QuizFault]:
    number = len(spec.questions)
    scales = sum(isinstance(question, Scale) for question in spec.questions)
    if not list(gradable(spec.questions)):
        yield QuizFault("", "quiz", FaultKind.NONE_GRADED)
    elif spec.draw is not None and spec.draw > number:
        yield QuizFault("", "quiz_draw", FaultKind.DRAWS_TOO_MANY, number)
    elif spec.draw is not None and spec.draw <= scales:
        yield QuizFault("", "quiz_draw", FaultKind.DRAWS_UNGRADED, scales)


def _question(question: Question, texts: Texts) -> Iterator[QuizFault]:
    yield from _empty(question.id, ("text",), texts)
    if isinstance(question, Scale):
        yield from _empty(question.id, ("low", "high"), texts)
    elif isinstance(question, Choice):
        yield from _choice(question, texts)
    elif isinstance(question, Match):
        yield from _few(question, question.pairs)
        yield from _items(question.pairs, ("left", "right"), texts)
    elif isinstance(question, Order):
        yield from _few(question, question.items)
        yield from _items(question.items, ("text",), texts)
    else:
        yield from _few(question, question.questions)
        for part in question.questions:
            yield from _question(part, texts)


def _choice(question: Choice, texts: Texts) -> Iterator[QuizFault]:
    if question.kind == "truth":
        for word in (TRUE, FALSE):
            feedback = texts.get(text_id(f"{question.id}-{word}", "feedback"), "")
            if not feedback.strip():
                yield QuizFault(question.id, f"if_{word}", FaultKind.EMPTY)
        return
    yield from _few(question, question.options)
    if question.kind == "one" and len(question.right) != 1:
        yield QuizFault(question.id, "options", FaultKind.NOT_ONE_RIGHT)
    elif not question.right:
        yield QuizFault(question.id, "options", FaultKind.NONE_RIGHT)
    yield from _items([option.id for option in question.options], ("text",), texts)


def _few(question: Choice | Match | Order | Case, items: Collection[object]) -> Iterator[QuizFault]:
    fewest = FEWEST[type(question)]
    if len(items) < fewest:
        yield QuizFault(question.id, LISTS[type(question)], FaultKind.FEW, fewest)


def _items(ids: Sequence[str], names: Sequence[str], texts: Texts) -> Iterator[QuizFault]:
    """Empty texts and feedback, and texts that stand twice: nobody could tell them apart."""
    for item in ids:
        yield from _empty(item, (*names, "feedback"), texts)
    for name in names:
        seen = set()
        for item in ids:
            text = " ".join(texts.get(text_id(item, name), "").split()).casefold()
            if text and text in seen:
                yield QuizFault(item, name, FaultKind.SAME)
            seen.add(text)


def _empty(
    text_owner: str, names: Sequence[str], texts: Texts, owner: str | None = None, prefix: str = ""
) -> Iterator[QuizFault]:
    for name in names:
        if not texts.get(text_id(text_owner, name), "").strip():
            field_owner = text_owner if owner is None else owner
            yield QuizFault(field_owner, f"{prefix}{name}", FaultKind.EMPTY)
