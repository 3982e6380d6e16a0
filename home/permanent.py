"""Permanent ids: a short name for a page in all its languages, wherever it moves.

The id is the first 12 hexadecimal digits of the translation key, which pages keep for life and
share with their translations; so nothing is stored, and a pack loaded elsewhere keeps its ids.
"""

import re
import uuid

from wagtail.models import Page
from wagtail.query import PageQuerySet

_LENGTH = 12
PATTERN = re.compile(rf"[0-9a-f]{{{_LENGTH}}}")


def permanent_id(translation_key: uuid.UUID) -> str:
    return translation_key.hex[:_LENGTH]


def key_range(code: str) -> tuple[uuid.UUID, uuid.UUID]:
    """The first and the last key with this id. Raises ValueError where it is no permanent id."""
    if not PATTERN.fullmatch(code):
        raise ValueError(code)
    rest = 32 - _LENGTH
    return uuid.UUID(code + "0" * rest), uuid.UUID(code + "f" * rest)


def pages_with(code: str) -> PageQuerySet:
    """The page in all its languages. Raises ValueError where `code` is no permanent id."""
    return Page.objects.filter(translation_key__range=key_range(code))
