"""Which questions an attempt asks, and in which order: the same for the same seed, for ever."""

import hashlib
from collections.abc import Iterable

from courses.domain.spec import Case, Choice, Match, Order, Question, QuizSpec


def drawn(spec: QuizSpec, seed: str) -> tuple[Question, ...]:
    """The attempt's questions. Without `shuffle` they keep their order, also when drawn."""
    lot = _shuffled([question.id for question in spec.questions], seed)
    chosen = lot[: spec.draw]
    if not spec.shuffle:
        chosen = [question.id for question in spec.questions if question.id in set(chosen)]
    by_id = {question.id: question for question in spec.questions}
    return tuple(by_id[question_id] for question_id in chosen)


def shown_order(question: Choice | Match | Order, shuffle: bool, seed: str) -> list[str]:
    """Ids of options, of right sides or of items as they are shown.

    What is to be put in order or matched is always shuffled; true and false never are.
    """
    if isinstance(question, Choice):
        ids = [option.id for option in question.options]
        return _shuffled(ids, seed) if shuffle and question.kind != "truth" else ids
    ids = list(question.pairs if isinstance(question, Match) else question.items)
    mixed = _shuffled(ids, seed)
    # Shown in the right order it would be no question; but two pairs that are always shown crossed
    # would be none either.
    if mixed == ids and (isinstance(question, Order) or len(ids) > 2):
        return mixed[1:] + mixed[:1]
    return mixed


def parts(question: Question) -> tuple[Question, ...]:
    """The questions of a case, or the question itself."""
    return question.questions if isinstance(question, Case) else (question,)


def _shuffled(ids: Iterable[str], seed: str) -> list[str]:
    return sorted(ids, key=lambda one: hashlib.sha256(f"{seed}/{one}".encode()).digest())
