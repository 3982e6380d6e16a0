"""What can be wrong with what a learner sends, and why something is refused, without words."""

import datetime
from enum import StrEnum


class Fault(StrEnum):
    MISSING = "missing"
    UNKNOWN = "unknown"
    TWICE = "twice"


class AnswerError(Exception):
    """An answer that cannot be taken; `faults` says what is wrong at which field of the form."""

    def __init__(self, faults: dict[str, Fault]) -> None:
        self.faults = faults
        super().__init__(", ".join(f"{name}: {fault}" for name, fault in faults.items()))


class Refusal(StrEnum):
    NO_ATTEMPTS_LEFT = "no_attempts_left"
    WAIT = "wait"


class AttemptRefusedError(Exception):
    """No new attempt now; `until` is when the waiting time is over, None where it never is."""

    def __init__(self, reason: Refusal, until: datetime.datetime | None = None) -> None:
        self.reason = reason
        self.until = until
        super().__init__(reason)
