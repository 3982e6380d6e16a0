"""When a quiz may be tried again."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from courses.domain.errors import AttemptRefusedError, Refusal
from courses.domain.spec import QuizSpec


@dataclass(frozen=True)
class Tried:
    """A submitted attempt of the cycle that is going on."""

    submitted_at: datetime.datetime
    passed: bool


def check_may_start(spec: QuizSpec, tried: Sequence[Tried], now: datetime.datetime) -> None:
    """Raises AttemptRefusedError. Who has passed may practise as often as they like."""
    if not tried or any(one.passed for one in tried):
        return
    if spec.max_attempts is not None and len(tried) >= spec.max_attempts:
        raise AttemptRefusedError(Refusal.NO_ATTEMPTS_LEFT)
    if spec.wait_hours:
        until = max(one.submitted_at for one in tried) + datetime.timedelta(hours=spec.wait_hours)
        if now < until:
            raise AttemptRefusedError(Refusal.WAIT, until)


def attempts_left(spec: QuizSpec, tried: Sequence[Tried]) -> int | None:
    """None where there is no limit."""
    if spec.max_attempts is None or any(one.passed for one in tried):
        return None
    return max(0, spec.max_attempts - len(tried))
