"""The one door to search: what a reader typed becomes words, and words become pages."""

import re
import unicodedata
from dataclasses import dataclass, field

from wagtail.models import Page
from wagtail.query import PageQuerySet

from kb.models import GlossaryTerm

MAX_LENGTH = 200
MAX_WORDS = 12
MAX_HITS = 50
MAX_TERMS = 3
_WORD = re.compile(r"[^\W_]+(?:[:-][^\W_]+)*")


@dataclass(frozen=True)
class Hits:
    """What was found. `nearly` says that only the beginnings of the words were found."""

    words: list[str] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    terms: list[GlossaryTerm] = field(default_factory=list)
    nearly: bool = False


def words_in(text: str) -> list[str]:
    """At most MAX_WORDS words of letters and digits from the first MAX_LENGTH characters.

    Nothing else reaches a search engine: quotes, NUL and operators crash or steer them.
    """
    composed = unicodedata.normalize("NFC", text[:MAX_LENGTH])
    return [found.casefold() for found in _WORD.findall(composed)][:MAX_WORDS]


def find(text: str, locale_id: int) -> Hits:
    """Published pages and glossary terms in one language that hold all the words, best first."""
    words = words_in(text)
    if not words:
        return Hits()
    query = " ".join(words)
    pages = _searchable(locale_id)
    terms = GlossaryTerm.objects.filter(locale_id=locale_id)
    found = _titles_first(list(pages.search(query, operator="and")[:MAX_HITS]), words)
    nearly = not found
    if nearly:
        found = list(pages.autocomplete(query, operator="and")[:MAX_HITS])
    return Hits(
        words=words,
        pages=found,
        terms=_exact_first(list(terms.autocomplete(query, operator="and")[:MAX_HITS]), query),
        nearly=nearly and bool(found),
    )


def _titles_first(pages: list[Page], words: list[str]) -> list[Page]:
    """Pages with all the words in their title before the others, else in the order found."""
    return sorted(pages, key=lambda page: not set(words) <= set(words_in(page.title)))


def _exact_first(terms: list[GlossaryTerm], query: str) -> list[GlossaryTerm]:
    """The best few: the term itself before those that only begin so."""
    return sorted(terms, key=lambda term: term.term.casefold() != query)[:MAX_TERMS]


def _searchable(locale_id: int) -> PageQuerySet:
    return Page.objects.live().public().filter(locale_id=locale_id, depth__gt=2)
