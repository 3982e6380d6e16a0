"""A pack is loaded whole or not at all: pages in each language, blocks, and links between them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from wagtail.models import Page, Site

from home.models import HomePage, StandardPage
from home.packs.errors import PackError
from home.packs.report import Outcome
from tests.home.packs.conftest import LANGUAGES, PackFolder

pytestmark = pytest.mark.django_db

Rows = Callable[[], dict[str, list[Any]]]


def block_ids(blocks: Any) -> list[str]:
    """The ids of all blocks in a StreamField's raw data, those of list items too."""
    found = []
    if isinstance(blocks, dict):
        found = [blocks["id"]] if "id" in blocks else []
        blocks = list(blocks.values())
    if isinstance(blocks, list):
        for block in blocks:
            found += block_ids(block)
    return found


# -- pages -----------------------------------------------------------------------------------


def test_the_first_load_makes_published_pages_in_their_places(pack: PackFolder) -> None:
    pack.page("one/under", "Under.\n", menu=True)
    report = pack.load()
    pages = {f"{language}/{path}" for language in LANGUAGES for path in ("", "one", "one/under",
                                                                         "two")}  # fmt: skip
    assert report.outcomes == dict.fromkeys(pages, Outcome.CREATED)
    for language in LANGUAGES:
        page = pack.on_site("one/under", language)
        assert (page.title, page.search_description) == (f"one/under {language}", "Kort.")
        assert page.url_path == f"/test-{language}/one/under/"
        assert page.live
        assert not page.has_unpublished_changes
        assert page.show_in_menus
        assert page.get_parent().specific == pack.on_site("one", language)
        assert isinstance(page, StandardPage)


def test_a_reader_finds_the_pages_in_both_languages(pack: PackFolder, client: Client) -> None:
    pack.page("one", "Hej [två](page:two).\n", slug="ett")
    pack.load()
    cache.clear()
    for language in LANGUAGES:
        response = client.get(f"/{language}/ett/")
        assert response.status_code == 200
        assert f'href="/{language}/two/"' in response.content.decode()


def test_the_home_page_in_the_main_language_becomes_the_sites_own(pack: PackFolder) -> None:
    pack.load()
    home = pack.on_site("")
    assert isinstance(home, HomePage)
    assert Site.objects.get(is_default_site=True).root_page.specific == home


def test_siblings_stand_in_their_order_on_the_site(pack: PackFolder) -> None:
    pack.page("one", order=2)
    pack.page("two", order=1)
    pack.load()
    assert [page.slug for page in pack.on_site("").get_children()] == ["two", "one"]


def test_translations_belong_together(pack: PackFolder) -> None:
    pack.load()
    for path in ("", "one", "two"):
        swedish, english = (pack.on_site(path, language) for language in LANGUAGES)
        assert swedish.translation_key == english.translation_key
        assert [page.pk for page in swedish.get_translations()] == [english.pk]
    assert pack.on_site("one").translation_key != pack.on_site("two").translation_key


def test_blocks_have_the_same_ids_in_both_languages_and_each_its_own(pack: PackFolder) -> None:
    steps = "::: steps Så\n1. **Ett.** Gör\n2. **Två.** Gör\n:::\n"
    checklist = "::: checklist Lista\n- Ett\n- Två\n:::\n"
    table = "::: table T\n| a |\n|---|\n| b |\n:::\n"
    pack.page("one", "Text.\n" + steps + checklist + table + "Mer.\n")
    pack.load()
    swedish, english = (block_ids(pack.on_site("one", code).body.raw_data[:]) for code in LANGUAGES)
    assert swedish == english
    assert len(set(swedish)) == len(swedish) == 5 + 2 + 2
    assert not set(swedish) & set(block_ids(pack.on_site("two").body.raw_data[:]))


def test_blocks_keep_their_ids_at_the_next_load(pack: PackFolder) -> None:
    pack.load()
    before = block_ids(pack.on_site("one").body.raw_data[:])
    pack.page("one", "## Ny rubrik\n\nNy text.\n\n::: note Nytt\nNytt.\n:::\n")
    pack.load()
    assert block_ids(pack.on_site("one").body.raw_data[:]) == before


# -- links -----------------------------------------------------------------------------------


def test_two_pages_can_link_to_each_other(pack: PackFolder) -> None:
    pack.page("one", "Till [två](page:two).\n\n::: page two\nLäs mer.\n:::\n")
    pack.page("two", "Till [ett](page:one).\n\n::: page one\n:::\n")
    pack.load()
    for language in LANGUAGES:
        for here, there in (("one", "two"), ("two", "one")):
            target = pack.on_site(there, language)
            text, link = pack.on_site(here, language).body
            assert f'<a linktype="page" id="{target.pk}">' in text.value.source
            assert link.value["page"].pk == target.pk


@pytest.mark.parametrize(
    "body",
    [
        "[dit]({})",
        "Ett.\n\n- Två\n- [dit]({})",
        "::: note T\nEtt.\n\n[dit]({})\n:::",
        "::: checklist T\n- Ett\n- [dit]({})\n:::",
        "::: steps T\n1. **Ett.** Gör\n2. **Två.** [dit]({})\n:::",
        "::: table T\n| a |\n|---|\n| [dit]({}) |\n:::",
        "::: quote T\n[dit]({})\n:::",
    ],
)
def test_links_work_wherever_they_stand_and_a_wrong_one_is_told_with_its_line(
    pack: PackFolder, body: str
) -> None:
    pack.page("one", body.format("page:two"), languages=("sv",))
    pack.load()
    raw = str(pack.on_site("one").body.raw_data[:])
    assert f'id="{pack.on_site("two").pk}"' in raw
    pack.page("one", body.format("page:nowhere"), languages=("sv",))
    [problem] = pack.problems()
    assert (problem.file, problem.line) == ("sv/one.md", pack.line("sv/one.md", "page:nowhere"))
    assert "'nowhere'" in problem.message


def test_a_wrong_page_block_or_way_is_told_with_its_line(pack: PackFolder) -> None:
    pack.page("one", "Ett.\n\n::: page nowhere\n:::\n", languages=("en",))
    [problem] = pack.problems()
    assert (problem.file, problem.line) == ("en/one.md", pack.line("en/one.md", "nowhere"))
    pack.page("one", "Ett.\n")
    ways = [
        {"title": "A", "text": "B", "page": path, "label": "C"} for path in ("one", "two/nowhere")
    ]
    home = {"type": "home", "headline": "A", "lead": "B", "search_hint": "C", "ways": ways}
    pack.page("index", languages=("sv",), slug="test-sv", **home)
    [problem] = pack.problems()
    assert (problem.file, problem.line) == ("sv/index.md", pack.line("sv/index.md", "nowhere"))


def test_a_page_that_is_missing_in_one_language_cannot_be_linked_to_in_it(
    pack: PackFolder,
) -> None:
    pack.page("three", languages=("sv",))
    pack.page("one", "[tre](page:three)\n")
    [problem] = pack.problems()
    assert problem.file == "en/one.md"


# -- dry run ---------------------------------------------------------------------------------


def test_a_dry_run_writes_nothing_and_reports_the_same(pack: PackFolder, rows: Rows) -> None:
    before = rows()
    planned = pack.load(dry_run=True)
    assert rows() == before
    assert pack.load().outcomes == planned.outcomes

    pack.page("one", "Ny text.\n", languages=("sv",))
    pack.page("three")
    pack.remove("en/two.md")
    county = {"key": "test-county", "code": "99", "name": "A", "name_en": "B"}
    pack.yaml("agencies.yaml", {"counties": [county], "agencies": []})
    before = rows()
    planned = pack.load(dry_run=True)
    assert rows() == before
    assert pack.load().outcomes == planned.outcomes
    assert {Outcome.CREATED, Outcome.UPDATED, Outcome.UNCHANGED, Outcome.GONE} == set(
        planned.outcomes.values()
    )


def test_a_dry_run_refuses_what_a_load_refuses(pack: PackFolder) -> None:
    pack.page("two", "[a](page:b)\n")
    told = pack.problems()
    with pytest.raises(PackError) as refused:
        pack.load(dry_run=True)
    assert refused.value.problems == told
    assert not Page.objects.filter(slug="test-sv").exists()
