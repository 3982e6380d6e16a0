"""A small pack on disk, in two languages, that a test changes and loads."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from home.packs.build import stable_uuid
from home.packs.errors import PackError, Problem
from home.packs.load import load_pack
from home.packs.report import Report

KEY = "test-pack"
LANGUAGES = ("sv", "en")
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "TRUNCATE", "ALTER", "CREATE", "DROP")


@dataclass(frozen=True)
class PackFolder:
    """Writes the files of a pack, and finds on the site what a load made of them."""

    path: Path

    def write(self, file: str, text: str) -> None:
        target = self.path / file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def remove(self, file: str) -> None:
        (self.path / file).unlink()

    def page(self, path: str, body: str = "", *, languages: tuple[str, ...] = LANGUAGES,
             **fields: object) -> None:  # fmt: skip
        """The same standard page in each of `languages`."""
        for language in languages:
            front = {"type": "standard", "title": f"{path} {language}", "summary": "Kort."} | fields
            matter = yaml.safe_dump(front, allow_unicode=True, sort_keys=False)
            self.write(f"{language}/{path}.md", f"---\n{matter}---\n{body}")

    def yaml(self, file: str, data: object) -> None:
        self.write(file, yaml.safe_dump(data, allow_unicode=True, sort_keys=False))

    def line(self, file: str, text: str) -> int:
        """The line of `file`, counted from 1, on which `text` stands for the first time."""
        lines = (self.path / file).read_text(encoding="utf-8").split("\n")
        return next(number for number, line in enumerate(lines, 1) if text in line)

    def lines_of_row(self, file: str, text: str) -> range:
        """The lines of the list item, at the left margin, in which `text` stands."""
        lines = (self.path / file).read_text(encoding="utf-8").split("\n")
        starts = [number for number, line in enumerate(lines, 1) if line.startswith("- ")]
        line = self.line(file, text)
        first = max(start for start in starts if start <= line)
        return range(first, min([start for start in starts if start > line], default=len(lines)))

    def load(self, *, dry_run: bool = False) -> Report:
        return load_pack(self.path, dry_run=dry_run)

    def problems(self) -> list[Problem]:
        """What a load that is refused says is wrong."""
        with pytest.raises(PackError) as refused:
            self.load()
        return refused.value.problems

    def on_site(self, path: str, language: str = "sv") -> Page:
        rows = Page.objects.filter(locale__language_code=language)
        return rows.get(translation_key=stable_uuid(KEY, path)).specific


@pytest.fixture
def empty_pack(tmp_path: Path) -> PackFolder:
    """A pack with languages and no page."""
    pack = PackFolder(tmp_path / "pack")
    pack.path.mkdir()
    pack.yaml("pack.yaml", {"key": KEY, "languages": list(LANGUAGES)})
    return pack


@pytest.fixture
def pack(empty_pack: PackFolder) -> PackFolder:
    """A home page and two pages below it."""
    home = {"type": "home", "headline": "Rubrik", "lead": "Ingress.", "search_hint": "Ord"}
    for language in LANGUAGES:
        empty_pack.page("index", slug=f"test-{language}", languages=(language,), **home)
    empty_pack.page("one", "## Rubrik\n\nText.\n\n::: note Bra att veta\nMer text.\n:::\n")
    empty_pack.page("two", "Text.\n")
    return empty_pack


@pytest.fixture
def written() -> Iterator[Callable[[], list[str]]]:
    """Gives the statements so far that changed something in the database."""
    with CaptureQueriesContext(connection) as queries:
        yield lambda: [
            query["sql"]
            for query in queries.captured_queries
            if query["sql"].lstrip().upper().startswith(WRITES)
        ]


@pytest.fixture
def rows(db: None) -> Callable[[], dict[str, list[Any]]]:
    """Gives all rows of all tables, to compare before and after."""

    def read() -> dict[str, list[Any]]:
        models = [model for model in apps.get_models() if model._meta.managed]
        return {
            model._meta.label: list(model._base_manager.order_by("pk").values_list())
            for model in models
        }

    return read
