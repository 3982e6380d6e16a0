"""Registers whose entries hold their texts under the codes of the pack's languages."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from home.packs.errors import PackError
from home.packs.source import Source
from home.packs.spec import PackSpec


def texts(
    entry: BaseModel, source: Source, pack: PackSpec, *loc: str | int
) -> Iterator[tuple[str, Any]]:
    """Language and text, in the order of pack.yaml.

    Raises PackError for a language that is missing, or that is none of the pack's.
    """
    given: dict[str, Any] = entry.model_extra or {}
    expected = ", ".join(pack.languages)
    problems = [
        source.problem(
            f"{name}: not a key here; the languages of the pack are {expected}", *loc, name
        )
        for name in given
        if name not in pack.languages
    ]
    problems += [
        source.problem(f"{language}: the texts in this language must be there", *loc)
        for language in pack.languages
        if language not in given
    ]
    if problems:
        raise PackError(problems)
    yield from ((language, given[language]) for language in pack.languages)
