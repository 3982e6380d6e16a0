from dataclasses import dataclass, field
from enum import StrEnum


class Outcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    EDITED = "left alone: changed here since it was loaded"
    DELETED = "left out: deleted here since it was loaded"
    GONE = "no longer in the pack: left on the site"


@dataclass
class Report:
    """What a load did, or would do, with each item of the pack."""

    outcomes: dict[str, Outcome] = field(default_factory=dict)

    def add(self, key: str, outcome: Outcome) -> None:
        self.outcomes[key] = outcome

    def count(self, outcome: Outcome) -> int:
        return sum(found is outcome for found in self.outcomes.values())

    def keys(self, outcome: Outcome) -> list[str]:
        return [key for key, found in self.outcomes.items() if found is outcome]
