"""Answers to questions, right or wrong at random."""

import random

from courses.domain.answers import Response
from courses.domain.spec import SCALE_STEPS, Case, Choice, Match, Order, Question


def some_response(question: Question, chance: random.Random, skill: float) -> Response:
    """A response that is right with a likelihood of `skill`."""
    if isinstance(question, Case):
        return {part.id: some_response(part, chance, skill) for part in question.questions}
    right = chance.random() < skill
    if isinstance(question, Choice):
        return _choice(question, right)
    if isinstance(question, Match):
        pairs = question.pairs
        return dict(zip(pairs, pairs if right else pairs[::-1], strict=True))
    if isinstance(question, Order):
        return list(question.items if right else question.items[::-1])
    return chance.randint(1, SCALE_STEPS)


def _choice(question: Choice, right: bool) -> Response:
    if question.kind == "several":
        return sorted(question.right) if right else sorted(question.right)[:1]
    return next(option.id for option in question.options if (option.id in question.right) == right)
