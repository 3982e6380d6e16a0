"""Remembers what a report came to until something new has been recorded, and a minute at most.

Every tally is added to in the transaction of a new row in one of the tables below, so that their
newest rows tell whether it still holds. A minute is for what they do not tell: a transaction that
began before another and ended after it, and tallies that were put right by hand.
"""

import hashlib
from collections.abc import Callable
from typing import TypeVar

from django.core.cache import cache

from courses.models import Completion, Enrolment, Evaluation, Tally

SECONDS = 60
_TABLES = (Enrolment, Completion, Evaluation, Tally)

Result = TypeVar("Result")


def remembered(parts: object, make: Callable[[], Result]) -> Result:
    """`parts` is all that the result depends on besides the tallies, with a full repr: a person's
    scope too, so that nobody gets what was made for somebody else."""
    newest = [
        model._default_manager.order_by("-pk").values_list("pk", flat=True).first()
        for model in _TABLES
    ]
    key = hashlib.sha256(repr((newest, parts)).encode()).hexdigest()
    found: Result | None = cache.get_or_set(f"reports-{key}", make, SECONDS)
    return make() if found is None else found
