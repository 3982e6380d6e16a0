"""Points: one for each question that is wholly right, none for what is not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from courses.domain.answers import Response
from courses.domain.drawing import parts
from courses.domain.spec import Choice, Match, Order, Question, QuizSpec, Scale, gradable

Responses = Mapping[str, Response]


@dataclass(frozen=True)
class Score:
    """`points` of `most`; `percent` is rounded down, so it never says more than was reached."""

    points: int
    most: int
    passed: bool

    @property
    def percent(self) -> int:
        return percentage(self.points, self.most)


def percentage(part: int, whole: int) -> int:
    """From 0 to 100, rounded down; of nothing, all is done."""
    if whole <= 0:
        return 100
    return max(0, min(100, part * 100 // whole))


def is_right(question: Choice | Match | Order, response: Response) -> bool:
    if isinstance(question, Choice):
        chosen = response if isinstance(response, list) else [response]
        return frozenset(chosen) == question.right
    if isinstance(question, Match):
        return isinstance(response, dict) and response == {pair: pair for pair in question.pairs}
    return response == list(question.items)


def points(question: Question, response: Response) -> int:
    """Points for one question as it was asked; a case can give several. No answer gives none."""
    if response is None or isinstance(question, Scale):
        return 0
    if isinstance(question, Choice | Match | Order):
        return int(is_right(question, response))
    return sum(points(part, response.get(part.id)) for part in parts(question))


def score(spec: QuizSpec, asked: Iterable[Question], responses: Responses) -> Score:
    """The score of an attempt that asked `asked`; questions without an answer give no points."""
    questions = tuple(asked)
    earned = sum(points(question, responses.get(question.id)) for question in questions)
    return score_of(spec, earned, len(list(gradable(questions))))


def score_of(spec: QuizSpec, earned: int, most: int) -> Score:
    return Score(earned, most, passed=earned * 100 >= spec.pass_mark * most)
