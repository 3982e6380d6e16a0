"""From the fields of a form to a response, which is plain JSON.

One answer and true or false: an option's id. Several: a list of ids. Matching: left id to right
id. Ordering: a list of ids. Case: question id to response. Scale: a number from 1 to 5.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from courses.domain.errors import AnswerError, Fault
from courses.domain.spec import SCALE_STEPS, Case, Choice, Match, Order, Question, Scale

Fields = Mapping[str, Sequence[str]]
Response = Any


def read_response(question: Question, fields: Fields) -> Response:
    """The response in `fields`, whose names are ids of questions, pairs and items.

    Raises AnswerError with what is wrong at each field.
    """
    if isinstance(question, Case):
        return _case(question, fields)
    if isinstance(question, Match):
        return _match(question, fields)
    if isinstance(question, Order):
        return _order(question, fields)
    given = [value for value in fields.get(question.id, ()) if value]
    if not given:
        raise AnswerError({question.id: Fault.MISSING})
    if isinstance(question, Scale):
        steps = [str(step) for step in range(1, SCALE_STEPS + 1)]
        return int(_known(question.id, given[:1], steps)[0])
    known = _known(question.id, given, [option.id for option in question.options])
    return sorted(set(known)) if question.kind == "several" else known[0]


def is_response(question: Question, response: Response) -> bool:
    """Whether a stored response fits the question: its fields, sent again, give it again."""
    try:
        return bool(read_response(question, as_fields(question, response)) == response)
    except (AnswerError, AttributeError, LookupError, TypeError, ValueError):
        return False


def right_side(pair: str) -> str:
    """What a form calls the right side of a pair. The pair's own id would give the answer away."""
    return hashlib.sha256(f"right/{pair}".encode()).hexdigest()[:12]


def as_fields(question: Question, response: Response) -> dict[str, list[str]]:
    """The fields of the form that give the response."""
    if isinstance(question, Case):
        fields: dict[str, list[str]] = {}
        for part in question.questions:
            fields |= as_fields(part, response[part.id])
        return fields
    if isinstance(question, Match):
        return {left: [right_side(right)] for left, right in response.items()}
    if isinstance(question, Order):
        return {item: [str(place)] for place, item in enumerate(response, 1)}
    if isinstance(question, Choice) and question.kind == "several":
        return {question.id: list(response)}
    return {question.id: [str(response)]}


def _known(name: str, given: Sequence[str], allowed: Sequence[str]) -> list[str]:
    if not set(given) <= set(allowed):
        raise AnswerError({name: Fault.UNKNOWN})
    return list(given)


def _case(question: Case, fields: Fields) -> dict[str, Response]:
    found: dict[str, Response] = {}
    faults: dict[str, Fault] = {}
    for part in question.questions:
        try:
            found[part.id] = read_response(part, fields)
        except AnswerError as error:
            faults |= error.faults
    if faults:
        raise AnswerError(faults)
    return found


def _match(question: Match, fields: Fields) -> dict[str, str]:
    pairs = {right_side(pair): pair for pair in question.pairs}
    chosen = _each(question.pairs, list(pairs), fields)
    return {left: pairs[right] for left, right in chosen.items()}


def _order(question: Order, fields: Fields) -> list[str]:
    places = [str(place) for place in range(1, len(question.items) + 1)]
    chosen = _each(question.items, places, fields)
    taken = list(chosen.values())
    twice = {item: Fault.TWICE for item, place in chosen.items() if taken.count(place) > 1}
    if twice:
        raise AnswerError(twice)
    return sorted(chosen, key=lambda item: int(chosen[item]))


def _each(names: Sequence[str], allowed: Sequence[str], fields: Fields) -> dict[str, str]:
    """One allowed value for each name."""
    found, faults = {}, {}
    for name in names:
        value = next(iter(fields.get(name, ())), "")
        if value in allowed:
            found[name] = value
        else:
            faults[name] = Fault.UNKNOWN if value else Fault.MISSING
    if faults:
        raise AnswerError(faults)
    return found
