"""Pure rules of the knowledge base."""

import datetime
import unicodedata
from enum import StrEnum

_ALPHABET = "abcdefghijklmnopqrstuvwxyzåäö"


class ActStatus(StrEnum):
    COMING = "coming"
    IN_FORCE = "in_force"
    REPEALED = "repealed"


def act_status(
    start: datetime.date | None, end: datetime.date | None, today: datetime.date
) -> ActStatus:
    """Whether an act applies on `today`; both days included, an open end goes on for ever."""
    if end and end < today:
        return ActStatus.REPEALED
    if start and start > today:
        return ActStatus.COMING
    return ActStatus.IN_FORCE


def alphabetical(word: str) -> list[int]:
    """A sort key that puts å, ä and ö last, in that order, as Swedish does."""
    return [_ALPHABET.find(_without_accent(letter)) for letter in word.casefold()]


def _without_accent(letter: str) -> str:
    return letter if letter in _ALPHABET else unicodedata.normalize("NFD", letter)[0]
