"""One mistake anywhere in a pack: it is told with its file and line, and nothing is changed."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from wagtail.models import Page

from home.models import StandardPage
from home.packs.report import Outcome
from tests.home.packs.conftest import PackFolder

pytestmark = pytest.mark.django_db

Rows = Callable[[], dict[str, list[Any]]]
Mistake = Callable[[PackFolder], None]
COUNTY = {"key": "test-county", "code": "99", "name": "A", "name_en": "B"}
AGENCIES = {"counties": [COUNTY], "agencies": []}
ENGLISH = {"languages": ("en",)}
HOME = {"type": "home", "headline": "A", "lead": "B", "search_hint": "C"}
DAY = datetime.date(2026, 1, 2)
STATEMENT = {
    "type": "accessibility_statement", "actor": "A", "service": "B", "compliance": "full",
    "assessed_on": DAY, "updated_on": DAY, "evaluation": "C", "report_faults": "D",
    "complaint_url": "https://se.example",
}  # fmt: skip


def agency(**change: Any) -> Mistake:
    row = {"key": "test-agency", "name": "A", "name_en": "B", "kind": "other"} | change
    return lambda pack: pack.yaml("agencies.yaml", AGENCIES | {"agencies": [row]})


def page(path: str, body: str = "", **fields: Any) -> Mistake:
    return lambda pack: pack.page(path, body, **(ENGLISH | fields))


def case(name: str, file: str, mistake: Mistake) -> Any:
    return pytest.param(mistake, file, id=name)


@pytest.mark.parametrize(
    ("mistake", "file"),
    [
        case("field", "en/two.md", page("two", title="")),
        case("Markdown", "en/two.md", page("two", "`a`")),
        case("link", "en/two.md", page("two", "[a](page:nowhere)")),
        case("no parent", "en/a/b.md", page("a/b")),
        case("unknown county", "agencies.yaml", agency(county="nowhere")),
        case("unknown kind", "agencies.yaml", agency(kind="club")),
        case("unknown file", "extra.yaml", lambda pack: pack.yaml("extra.yaml", {"a": 1})),
        case("file ending in yml", "extra.yml", lambda pack: pack.yaml("extra.yml", {"a": 1})),
        case("unknown language", "pack.yaml", lambda pack: pack.yaml(
            "pack.yaml", {"key": "test-pack", "languages": ["sv", "en", "xx"]})),
        case("folder of no language", "fi", page("one", languages=("fi",))),
    ],
)  # fmt: skip
@pytest.mark.parametrize("loaded_before", [False, True], ids=["new", "loaded before"])
def test_a_mistake_in_one_file_changes_nothing(
    pack: PackFolder, mistake: Mistake, file: str, loaded_before: bool, rows: Rows
) -> None:
    if loaded_before:
        pack.load()
    before = rows()
    pack.page("one", "Ny text.\n", title="Ny titel")
    pack.yaml("agencies.yaml", AGENCIES)
    mistake(pack)
    assert all(problem.file.startswith(file) for problem in pack.problems())
    assert rows() == before


def test_a_mended_pack_loads_after_a_mistake(pack: PackFolder) -> None:
    pack.page("two", "[a](page:nowhere)\n")
    assert pack.problems()
    pack.page("two", "[a](page:one)\n")
    assert set(pack.load().outcomes.values()) == {Outcome.CREATED}


def test_all_wrong_links_are_told_at_once(pack: PackFolder) -> None:
    pack.page("one", "[a](page:nowhere)\n\n[b](page:neither)\n", languages=("sv",))
    pack.page("two", "[a](page:nowhere)\n", languages=("sv",))
    assert [(problem.file, problem.line) for problem in pack.problems()] == [
        ("sv/one.md", pack.line("sv/one.md", "nowhere")),
        ("sv/one.md", pack.line("sv/one.md", "neither")),
        ("sv/two.md", pack.line("sv/two.md", "nowhere")),
    ]


def test_all_wrong_markdown_is_told_at_once(pack: PackFolder) -> None:
    pack.page("one", "`a`\n", languages=("sv",))
    pack.page("two", "`a`\n", languages=("sv",))
    assert [problem.file for problem in pack.problems()] == ["sv/one.md", "sv/two.md"]


# -- what only the site can tell ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("mistake", "file"),
    [
        case("page where its type cannot be", "en/one/list.md",
             page("one/list", type="method_index")),
        case("agency's page outside a county's", "en/do.md", page("do", type="agency",
                                                                  agency="do")),
        case("home page below another", "en/more.md", page("more", **HOME)),
        case("updated before it was assessed", "en/access.md",
             page("access", **(STATEMENT | {"updated_on": DAY - datetime.timedelta(days=1)}))),
        case("title of a block too long", "en/two.md",
             page("two", f"::: note {'x' * 121}\nA\n:::")),
        case("text of a page block too long", "en/two.md",
             page("two", f"::: page one\n{'x' * 301}\n:::")),
    ],
)  # fmt: skip
def test_what_the_site_would_not_take_is_told_with_its_file(
    pack: PackFolder, mistake: Mistake, file: str, rows: Rows
) -> None:
    before = rows()
    mistake(pack)
    assert {problem.file for problem in pack.problems()} == {file}
    assert rows() == before


def test_an_address_that_an_editors_page_has_taken(pack: PackFolder, rows: Rows) -> None:
    pack.load()
    home = pack.on_site("")
    home.add_child(instance=StandardPage(title="Egen", slug="three", locale=home.locale))
    before = rows()
    pack.page("three", languages=("sv",), slug="three")
    [problem] = pack.problems()
    assert (problem.file, problem.line) == ("sv/three.md", pack.line("sv/three.md", "slug"))
    assert rows() == before


def test_the_home_page_of_another_pack_has_its_address(pack: PackFolder) -> None:
    """The starter content's home page is at /sv/ already."""
    assert Page.objects.filter(depth=2, slug="sv").exists()
    pack.page("index", languages=("sv",), slug="sv", **HOME)
    assert [problem.file for problem in pack.problems()] == ["sv/index.md"]


# -- front matter ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("|\n  Ett.\n\n  Två `fel`.\n", "fel"),
        ("|\n  Ett.\n\n  [två](page:nowhere)\n", "nowhere"),
        ("Ett <b>fel</b>.\n", "fel"),
        ("'[ett](page:nowhere)'\n", "nowhere"),
    ],
)
def test_a_mistake_in_a_field_with_markdown_has_its_line(
    pack: PackFolder, text: str, at: str
) -> None:
    pack.page("access", languages=("sv",), **STATEMENT)
    file = pack.path / "sv/access.md"
    whole = file.read_text(encoding="utf-8").replace("evaluation: C\n", f"evaluation: {text}")
    pack.write("sv/access.md", whole)
    [problem] = pack.problems()
    assert (problem.file, problem.line) == ("sv/access.md", pack.line("sv/access.md", at))


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"focus_areas": ["process", "nowhere"]}, "nowhere"),
        ({"methods": ["one"]}, "- one"),
        ({"methods": ["nowhere"]}, "nowhere"),
        ({"laws": [{"page": "one", "citation": "1 §"}]}, "page: one"),
        ({"next_review_due": DAY - datetime.timedelta(days=1)}, "next_review_due"),
    ],
)
def test_a_mistake_in_an_example_has_its_line(
    pack: PackFolder, fields: dict[str, Any], at: str
) -> None:
    only = {"languages": ("sv",)}
    pack.page("places", type="county_index", **only)
    pack.page("places/all", type="county", county=None, **only)
    pack.page("places/all/do", type="agency", agency="do", **only)
    example = {
        "type": "example", "focus_areas": ["process"], "year": 2026, "situation": "A",
        "done": "B", "sources": [{"text": "C"}], "last_reviewed": DAY,
    }  # fmt: skip
    path = "places/all/do/example"
    pack.page(path, **only, **example)
    assert set(pack.load(dry_run=True).outcomes.values()) == {Outcome.CREATED}
    pack.page(path, **only, **(example | fields))
    [problem] = pack.problems()
    assert (problem.file, problem.line) == (f"sv/{path}.md", pack.line(f"sv/{path}.md", at))
