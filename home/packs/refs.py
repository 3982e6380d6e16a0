"""Stand-ins for what has no primary key before it is written."""

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from home.packs.errors import Problem


@dataclass(frozen=True)
class PageRef:
    """A page of the pack in the same language, by path; `at` is where the pack names it.

    With a `type_name` the page must be of that type of the pack.
    """

    path: str
    at: Problem
    type_name: str = ""


@dataclass(frozen=True)
class RowRef:
    """A row of a register by its key, such as RowRef("agency", "verva", …)."""

    kind: str
    key: str
    at: Problem


Ref = PageRef | RowRef


class LookUp(Protocol):
    """Gives the primary key of what a ref names, in a language."""

    def __call__(self, ref: Ref, language: str) -> Any: ...


_IN_HTML = re.compile(r'id="page:([a-z0-9/-]*)@(\d+)"')


def html_link(path: str, line: int) -> str:
    """The attributes of a link in rich text, until `resolve` puts the page's id in."""
    return f'linktype="page" id="page:{path}@{line}"'


def holds_page_link(value: Any) -> bool:
    return isinstance(value, str) and bool(_IN_HTML.search(value))


def resolve(value: Any, look_up: Callable[[Ref], Any], file: str) -> Any:
    """A copy of `value`, lists and dicts included, with what `look_up` gives for each ref."""
    if isinstance(value, PageRef | RowRef):
        return look_up(value)
    if isinstance(value, str):
        return _IN_HTML.sub(
            lambda found: f'id="{look_up(_link_ref(found, file))}"',
            value,
        )
    if isinstance(value, list):
        return [resolve(item, look_up, file) for item in value]
    if isinstance(value, dict):
        return {key: resolve(item, look_up, file) for key, item in value.items()}
    return value


def _link_ref(found: re.Match[str], file: str) -> PageRef:
    return PageRef(found[1], at=Problem(file, int(found[2]), ""))


def digest(value: Any) -> str:
    """A SHA-256 of `value`, where a ref counts as what it names and lines do not count."""

    def plain(item: Any) -> str:
        if isinstance(item, PageRef):
            return f"page:{item.path}"
        if isinstance(item, RowRef):
            return f"{item.kind}:{item.key}"
        return str(item)

    text = json.dumps(value, default=plain, sort_keys=True, ensure_ascii=False)
    text = re.sub(r"(id=\\\"page:[a-z0-9/-]*)@\d+", r"\1", text)
    return hashlib.sha256(text.encode()).hexdigest()
