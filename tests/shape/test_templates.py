"""No template lies unused, and none names a variable that is not there."""

import ast
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.template.utils import get_app_template_dirs
from django.test import Client

from tests.walk import each_kind, each_language, visits

ROOT = Path(settings.BASE_DIR)
FOLDER = ROOT / "templates"
TEMPLATES = sorted(str(file.relative_to(FOLDER)) for file in FOLDER.rglob("*.html"))

# Names that `if`, `default` and `firstof` may find missing, and why.
MAY_BE_MISSING = {
    "learning_menu": "set by the page of a learner's courses alone, to mark the menu's link to it",
    "searching": "set by the search view alone, to mark the menu's link to it",
    "query": "what was searched for; the search box is also on pages where nothing was",
    "hint": "the home page's hint in the search box; the other search boxes have none",
    "owner_agency": "an example belongs to the agency above it and has no owner of its own",
}


def named_in_python() -> set[str]:
    """Page classes, the Meta of blocks, views and lists of cards name templates as strings."""
    return {
        node.value
        for app in ("agencies", "config", "courses", "home", "kb", "search")
        for file in (ROOT / app).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def named_in_templates() -> set[str]:
    tags = r"""{%\s*(?:extends|include)\s+["']([^"']+)["']"""
    return {
        found
        for name in TEMPLATES
        for found in re.findall(tags, (FOLDER / name).read_text())
        if found != name
    }


def overrides(name: str) -> bool:
    """Whether an installed app has a template of the same name, which ours stands before."""
    return any((Path(folder) / name).is_file() for folder in get_app_template_dirs("templates"))


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_is_used(name: str) -> None:
    assert name in named_in_python() | named_in_templates() or overrides(name)


@pytest.mark.parametrize("name", sorted(named_in_templates()))
def test_every_template_that_is_named_exists(name: str) -> None:
    assert name in TEMPLATES or overrides(name)


class Missing(logging.Handler):
    """Gathers the variables that templates of this site asked for in vain."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.names: set[tuple[str, str]] = set()

    def emit(self, record: logging.LogRecord) -> None:
        if record.args and len(record.args) == 2:
            variable, template = (str(arg) for arg in record.args)
            self.names.add((template, variable))


@pytest.fixture
def missing() -> Iterator[Missing]:
    logger, handler = logging.getLogger("django.template"), Missing()
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    logger.propagate = False
    yield handler
    logger.removeHandler(handler)
    logger.setLevel(level)
    logger.propagate = True


@pytest.mark.django_db
@each_language
@each_kind
def test_no_template_asks_for_what_is_not_there(
    kind: str, language: str, client: Client, missing: Missing
) -> None:
    for address in [visit.url for visit in visits(kind, language)]:
        client.get(address)
    assert {asked for asked in missing.names if asked[1] not in MAY_BE_MISSING} == set()
