"""Marks the first occurrence of each glossary term in running text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from lxml.html import HtmlElement, builder

_NOT_IN = {
    "a",
    "h1",
    "h2",
    "h3",
    "h4",
    "th",
    "caption",
    "label",
    "button",
    "summary",
    "dt",
    "aside",
}


@dataclass(frozen=True)
class Entry:
    """A term with all forms in which it occurs, and the address that explains it."""

    url: str
    forms: tuple[str, ...]


class Marker:
    """Finds terms as whole words in any case; of two that overlap, the longer one wins."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._urls = {
            form.casefold(): entry.url for entry in entries for form in entry.forms if form.strip()
        }

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        forms = sorted(self._urls, key=len, reverse=True)
        words = "|".join(re.escape(form) for form in forms)
        return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)

    def mark(self, root: HtmlElement) -> None:
        """Changes `root` in place; only text inside elements of class `prose` is looked at."""
        if not self._urls:
            return
        seen: set[str] = set()
        for prose in root.find_class("prose"):
            if not any(parent.tag in _NOT_IN for parent in prose.iterancestors()):
                self._walk(prose, seen)

    def _walk(self, element: HtmlElement, seen: set[str]) -> None:
        """Marks in reading order: the element's text, then each child and what follows it."""
        if element.tag in _NOT_IN or not isinstance(element.tag, str):
            return
        children = list(element)
        if element.text and (parts := self._split(element.text, seen)):
            element.text, links = parts
            element[0:0] = links
        for child in children:
            self._walk(child, seen)
            if child.tail and (parts := self._split(child.tail, seen)):
                child.tail, links = parts
                at = element.index(child) + 1
                element[at:at] = links

    def _split(self, text: str, seen: set[str]) -> tuple[str, list[HtmlElement]] | None:
        links: list[HtmlElement] = []
        before, end = "", 0
        for found in self._pattern.finditer(text):
            url = self._urls.get(found[0].casefold())
            if url is None or url in seen:
                continue
            seen.add(url)
            between = text[end : found.start()]
            if links:
                links[-1].tail = between
            else:
                before = between
            links.append(builder.A(found[0], {"class": "term", "href": url}))
            end = found.end()
        if not links:
            return None
        links[-1].tail = text[end:]
        return before, links
