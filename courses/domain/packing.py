"""Responses as small numbers, for a place as narrow as an address: ids become positions."""

from collections.abc import Mapping
from typing import Any

from courses.domain.answers import Response
from courses.domain.spec import Case, Choice, Match, Order, Question, QuizSpec

Packed = dict[str, Any]


def pack(spec: QuizSpec, responses: Mapping[str, Response]) -> Packed:
    """By the question's position in the quiz."""
    return {
        str(place): _pack(question, responses[question.id])
        for place, question in enumerate(spec.questions)
        if question.id in responses
    }


def unpack(spec: QuizSpec, packed: Mapping[str, Any]) -> dict[str, Response]:
    """What `pack` was given. LookupError, TypeError or ValueError for what it did not make."""
    return {
        spec.questions[int(place)].id: _unpack(spec.questions[int(place)], value)
        for place, value in packed.items()
    }


def _pack(question: Question, response: Response) -> Any:
    if isinstance(question, Case):
        return [_pack(part, response[part.id]) for part in question.questions]
    if isinstance(question, Choice):
        ids = [option.id for option in question.options]
        many = question.kind == "several"
        return [ids.index(one) for one in response] if many else ids.index(response)
    if isinstance(question, Match):
        return [question.pairs.index(response[pair]) for pair in question.pairs]
    if isinstance(question, Order):
        return [question.items.index(item) for item in response]
    return response


def _unpack(question: Question, value: Any) -> Response:
    if isinstance(question, Case):
        parts = zip(question.questions, value, strict=True)
        return {part.id: _unpack(part, one) for part, one in parts}
    if isinstance(question, Choice):
        ids = [option.id for option in question.options]
        return [ids[one] for one in value] if question.kind == "several" else ids[value]
    if isinstance(question, Match):
        pairs = question.pairs
        return {pair: pairs[one] for pair, one in zip(pairs, value, strict=True)}
    if isinstance(question, Order):
        return [question.items[one] for one in value]
    return value
