"""Which page types and registers packs can hold; each app registers its own."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from pydantic import BaseModel
from wagtail.models import Locale, Page

from home.packs.build import Builder
from home.packs.refs import PageRef, RowRef
from home.packs.source import Loc, Source
from home.packs.spec import PackSpec, PageSpec

Values = dict[str, Any]


@dataclass(frozen=True)
class PageHandler:
    """How a page type is read from a pack.

    `build` gives the values of the page's own fields, with refs; `written` is called with the
    page when it has been published.
    """

    model: type[Page]
    spec: type[PageSpec]
    build: Callable[[Builder, Any], Values]
    written: Callable[[Page], None] = lambda page: None


@dataclass(frozen=True)
class Row:
    """One row of a register; `values` may hold refs, `place` is where it stands in the file."""

    key: str
    values: Values
    place: Loc


@dataclass(frozen=True)
class RegisterSource:
    """A YAML file of a pack, checked: `spec` is an instance of the handler's spec."""

    pack: PackSpec
    source: Source
    spec: Any

    def row(self, kind: str, key: str, *loc: str | int) -> RowRef:
        return RowRef(kind, key, at=self.source.problem("", *loc))

    def page(self, path: str, *loc: str | int) -> PageRef:
        return PageRef(path, at=self.source.problem("", *loc))


@dataclass(frozen=True)
class RegisterHandler:
    """How a YAML file of the pack becomes rows.

    `rows` lists what the file says. `current` takes a row's values, refs looked up, and gives
    them as they are in the database, or None where there is no such row; `write` makes or
    changes the row. Values that hold a `language` are looked up in that language.
    `after_pages` is for registers that point at pages.
    """

    spec: type[BaseModel]
    rows: Callable[[RegisterSource], Iterable[Row]]
    current: Callable[[Values], Values | None]
    write: Callable[[Values], None]
    after_pages: bool = False


page_handlers: dict[str, PageHandler] = {}
register_handlers: dict[str, list[RegisterHandler]] = {}
row_finders: dict[str, Callable[[str, Locale], Model | None]] = {}


def register_page(type_name: str, handler: PageHandler) -> None:
    page_handlers[type_name] = handler


def register_register(file: str, *handlers: RegisterHandler) -> None:
    """`handlers` are applied in order, all to the same file."""
    register_handlers[file] = list(handlers)


def register_finder(kind: str, find: Callable[[str, Locale], Model | None]) -> None:
    """`find(key, locale)` gives the row that a RowRef of this kind names."""
    row_finders[kind] = find
