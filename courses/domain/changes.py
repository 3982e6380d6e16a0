"""What a new version of a quiz changes, and what that does to attempts on the ones before."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from courses.domain.answers import Response, is_response
from courses.domain.drawing import drawn, parts
from courses.domain.grading import Responses, Score, points, score_of
from courses.domain.spec import (
    Case,
    Choice,
    Compiled,
    Match,
    Order,
    Question,
    QuizSpec,
    Scale,
    gradable,
)


class ChangeKind(StrEnum):
    """What an editor says of a change to a published quiz.

    Wording: attempts stand. The other three are for a change of what is right: keep the results,
    give everyone the points of the changed questions, or grade again by the new key.
    """

    WORDING = "wording"
    KEEP = "keep"
    POINTS = "points"
    REGRADE = "regrade"


@dataclass(frozen=True)
class Difference:
    """Ids of questions that both versions have, of cases those of their questions one by one.

    `key`: what is right is another; `wording`: only the texts are, or answers that are not right.
    Questions that were added or removed count for nothing: no attempt has met both.
    """

    key: frozenset[str] = frozenset()
    wording: frozenset[str] = frozenset()

    @property
    def changed(self) -> frozenset[str]:
        return self.key | self.wording


def difference(old: Compiled[QuizSpec], new: Compiled[QuizSpec]) -> Difference:
    """Of texts only languages that both have count."""
    before = {question.id: question for question in _each(old.structure)}
    key, wording = set(), set()
    for question in _each(new.structure):
        known = before.get(question.id)
        if known is None:
            continue
        if _right(known) != _right(question):
            key.add(question.id)
        elif _own_ids(known) != _own_ids(question) or any(
            _texts(known, old, language) != _texts(question, new, language)
            for language in old.texts.keys() & new.texts.keys()
        ):
            wording.add(question.id)
    return Difference(frozenset(key), frozenset(wording))


def kind_to_settle(said: str, change: Difference) -> ChangeKind:
    """What was said; where nothing was, or it cannot be true, what leaves all results alone."""
    if said and not (said == ChangeKind.WORDING and change.key):
        return ChangeKind(said)
    return ChangeKind.KEEP if change.key else ChangeKind.WORDING


@dataclass(frozen=True)
class Change:
    """A version that changed questions, and what was said of it. `changed` holds their ids."""

    spec: QuizSpec
    changed: Collection[str]
    kind: ChangeKind


@dataclass(frozen=True)
class Outcome:
    before: Score
    after: Score

    @property
    def moves(self) -> bool:
        return self.before.passed != self.after.passed


def regraded(
    old: QuizSpec, seed: str, responses: Responses, before: Score, changes: Sequence[Change]
) -> Outcome:
    """What the last of `changes` does to an attempt on `old` that was drawn with `seed`.

    The others are those that the attempt has been through: what they gave or took is not asked
    again. A question that the new version does not have, or whose answer does not fit it any more,
    keeps its points.
    """
    if changes[-1].kind in (ChangeKind.WORDING, ChangeKind.KEEP):
        return Outcome(before, before)
    asked = drawn(old, seed)
    earned = 0
    for question, part, response in _answers(asked, responses):
        standing = points(part, response)
        for change in changes:
            if {question.id, part.id} & set(change.changed):
                standing = _points_after(part, response, standing, change)
        earned += standing
    return Outcome(before, score_of(old, earned, len(list(gradable(asked)))))


def _points_after(part: Question, response: Response, standing: int, change: Change) -> int:
    if isinstance(part, Scale):
        return 0
    if change.kind is ChangeKind.POINTS:
        return 1
    if change.kind is not ChangeKind.REGRADE:
        return standing
    newer = next((one for one in _each(change.spec) if one.id == part.id), None)
    if newer is None or response is None or not is_response(newer, response):
        return standing
    return points(newer, response)


def _answers(
    asked: Collection[Question], responses: Responses
) -> Iterator[tuple[Question, Question, Response]]:
    """Each question that was asked, the part of it that gives a point, and the answer to that."""
    for question in asked:
        response = responses.get(question.id)
        if isinstance(question, Case):
            for part in question.questions:
                yield question, part, (response or {}).get(part.id)
        else:
            yield question, question, response


def _each(spec: QuizSpec) -> Iterator[Question]:
    """Questions, and after a case its own."""
    for question in spec.questions:
        yield question
        if isinstance(question, Case):
            yield from parts(question)


def _right(question: Question) -> tuple[object, ...]:
    """What decides the points: two questions where it is the same grade every answer alike."""
    if isinstance(question, Choice):
        return question.kind, question.right
    if isinstance(question, Match):
        return question.kind, frozenset(question.pairs)
    if isinstance(question, Order):
        return question.kind, question.items
    return (question.kind,)


def _own_ids(question: Question) -> frozenset[str]:
    """Ids that the texts of a question stand under, without those of a case's questions."""
    inner: Collection[str] = ()
    if isinstance(question, Choice):
        inner = [option.id for option in question.options]
    elif isinstance(question, Match):
        inner = question.pairs
    elif isinstance(question, Order):
        inner = question.items
    return frozenset({question.id, *inner})


def _texts(question: Question, compiled: Compiled[QuizSpec], language: str) -> dict[str, str]:
    ids = _own_ids(question)
    texts = compiled.texts[language]
    return {name: text for name, text in texts.items() if name.rpartition(".")[0] in ids}
