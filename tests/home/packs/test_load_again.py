"""A pack is loaded again and again: only what the pack has changed and no editor has is written."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from wagtail.models import Page, Revision

from home.packs.report import Outcome, Report
from tests.home.packs.conftest import PackFolder

pytestmark = pytest.mark.django_db

Rows = Callable[[], dict[str, list[Any]]]
Written = Callable[[], list[str]]


def changed(report: Report) -> dict[str, Outcome]:
    """What the report says of all that is not as it was."""
    return {
        key: outcome for key, outcome in report.outcomes.items() if outcome is not Outcome.UNCHANGED
    }


def edit(page: Page, title: str = "Redaktörens titel") -> Page:
    """What an editor does who changes a page and publishes it."""
    page.title = title
    page.save_revision().publish()
    return page


def test_nothing_is_written_when_nothing_has_changed(
    pack: PackFolder, rows: Rows, written: Written
) -> None:
    pack.page("one", "Till [två](page:two).\n\n::: page two\n:::\n", order=3, menu=True)
    pack.load()
    before, statements = rows(), len(written())
    assert statements
    assert set(pack.load().outcomes.values()) == {Outcome.UNCHANGED}
    assert written()[statements:] == []
    assert rows() == before


def test_moving_text_to_another_line_is_no_change(pack: PackFolder, written: Written) -> None:
    pack.page("one", "Till [två](page:two).\n\n::: page two\n:::\n")
    pack.load()
    statements = len(written())
    pack.page("one", "\n\nTill [två](page:two).\n\n\n\n::: page two\n:::\n\n")
    assert changed(pack.load()) == {}
    assert written()[statements:] == []


def test_only_the_page_that_has_changed_is_written(pack: PackFolder) -> None:
    pack.load()
    before = {page.pk: page.latest_revision_id for page in Page.objects.all()}
    one = pack.on_site("one")
    pack.page("one", "Ny text.\n", languages=("sv",), title="Ny titel")
    assert changed(pack.load()) == {"sv/one": Outcome.UPDATED}
    after = {page.pk: page.latest_revision_id for page in Page.objects.all()}
    assert {pk for pk in after if after[pk] != before[pk]} == {one.pk}
    one.refresh_from_db()
    assert one.title == "Ny titel"
    assert "Ny text." in str(one.body)
    assert changed(pack.load()) == {}


@pytest.mark.parametrize(
    ("change", "field", "value"),
    [
        ({"title": "Ny"}, "title", "Ny"),
        ({"summary": "Ny."}, "search_description", "Ny."),
        ({"slug": "ny"}, "slug", "ny"),
        ({"menu": True}, "show_in_menus", True),
    ],
)
def test_every_key_of_a_page_is_followed(
    pack: PackFolder, change: dict[str, Any], field: str, value: object
) -> None:
    pack.load()
    pack.page("one", languages=("en",), **change)
    assert changed(pack.load()) == {"en/one": Outcome.UPDATED}
    assert getattr(pack.on_site("one", "en"), field) == value


def test_a_new_slug_moves_the_pages_below_too(pack: PackFolder) -> None:
    pack.page("one/under")
    pack.load()
    pack.page("one", slug="ett", languages=("sv",))
    pack.load()
    assert pack.on_site("one/under").url_path == "/test-sv/ett/under/"


def test_pages_that_are_there_keep_the_order_that_editors_may_have_given_them(
    pack: PackFolder,
) -> None:
    pack.page("one", order=1)
    pack.page("two", order=2)
    pack.load()
    pack.page("one", order=2)
    pack.page("two", order=1)
    pack.load()
    assert [page.slug for page in pack.on_site("").get_children()] == ["one", "two"]


def test_a_new_page_takes_its_place_among_those_that_are_there(pack: PackFolder) -> None:
    pack.page("one", order=1)
    pack.page("two", order=3)
    pack.load()
    pack.page("between", order=2)
    assert changed(pack.load()) == {
        "sv/between": Outcome.CREATED,
        "en/between": Outcome.CREATED,
    }
    assert [page.slug for page in pack.on_site("").get_children()] == ["one", "between", "two"]


# -- editors ---------------------------------------------------------------------------------


def test_what_an_editor_has_published_is_left_alone_and_reported(pack: PackFolder) -> None:
    pack.load()
    edited = edit(pack.on_site("one"))
    revisions = Revision.objects.count()
    pack.page("one", "Ny text.\n")
    for _ in range(2):
        assert pack.load().outcomes["sv/one"] is Outcome.EDITED
    assert pack.on_site("one").title == edited.title
    assert "Ny text." not in str(pack.on_site("one").body)
    assert "Ny text." in str(pack.on_site("one", "en").body)
    assert Revision.objects.count() == revisions + 1


def test_what_an_editor_has_published_is_reported_though_its_file_is_the_same(
    pack: PackFolder, rows: Rows
) -> None:
    pack.load()
    edit(pack.on_site("one"))
    before = rows()
    assert changed(pack.load()) == {"sv/one": Outcome.EDITED}
    assert rows() == before


def test_what_an_editor_has_unpublished_stays_so(pack: PackFolder) -> None:
    pack.load()
    pack.on_site("one").unpublish()
    pack.page("one", "Ny text.\n")
    assert pack.load().outcomes["sv/one"] is Outcome.EDITED
    assert not pack.on_site("one").live


def test_an_editors_draft_is_left_alone_and_reported(pack: PackFolder, rows: Rows) -> None:
    pack.load()
    page = pack.on_site("one")
    page.title = "Utkast"
    page.save_revision()
    before = rows()
    pack.page("one", "Ny text.\n", languages=("sv",))
    assert changed(pack.load()) == {"sv/one": Outcome.EDITED}
    assert rows() == before
    assert pack.on_site("one").get_latest_revision_as_object().title == "Utkast"


def test_a_page_that_an_editor_has_deleted_is_not_made_again(pack: PackFolder, rows: Rows) -> None:
    pack.page("one/under")
    pack.load()
    pack.on_site("one").delete()
    before = rows()
    pack.page("one", "Ny text.\n", languages=("sv",))
    pack.page("one/later", languages=("sv",))
    for _ in range(2):
        assert changed(pack.load()) == dict.fromkeys(
            ["sv/one", "sv/one/under", "sv/one/later"], Outcome.DELETED
        )
    assert rows() == before


def test_what_leads_to_a_deleted_page_can_still_be_loaded_and_read(
    pack: PackFolder, client: Client
) -> None:
    links = "Till [två](page:two).\n\n::: page two\nLäs om två.\n:::\n"
    pack.page("one", links)
    pack.page("three", "Text.\n")
    pack.load()
    pack.on_site("two").delete()
    pack.page("three", links)
    assert changed(pack.load()) == {
        "sv/two": Outcome.DELETED,
        "sv/three": Outcome.UPDATED,
        "en/three": Outcome.UPDATED,
    }
    cache.clear()
    for path in ("one", "three"):
        response = client.get(f"/sv/{path}/")
        assert response.status_code == 200
        assert "Till <a" not in response.content.decode()
    assert 'Till <a href="/en/two/">två</a>' in client.get("/en/three/").content.decode()


def test_a_page_that_an_editor_has_moved_stays_there(pack: PackFolder) -> None:
    pack.load()
    pack.on_site("one").move(pack.on_site("two"), pos="last-child")
    pack.page("one", "Ny text.\n", languages=("sv",))
    pack.page("one/under", languages=("sv",))
    pack.page("one/under", languages=("en",))
    pack.load()
    assert pack.on_site("one").get_parent().pk == pack.on_site("two").pk
    assert pack.on_site("one/under").url_path == "/test-sv/two/one/under/"


def test_a_translation_is_written_though_the_other_is_an_editors(pack: PackFolder) -> None:
    pack.load()
    edit(pack.on_site("one"))
    pack.page("one", "Ny text.\n")
    assert changed(pack.load()) == {"sv/one": Outcome.EDITED, "en/one": Outcome.UPDATED}


# -- what is gone, and what has become another -------------------------------------------------


def test_a_file_that_is_gone_is_reported_and_its_page_stays(pack: PackFolder, rows: Rows) -> None:
    pack.load()
    before = rows()
    pack.remove("sv/two.md")
    for _ in range(2):
        assert changed(pack.load()) == {"sv/two": Outcome.GONE}
    assert rows() == before
    assert pack.on_site("two").live


def test_a_page_whose_file_is_gone_can_still_be_linked_to(pack: PackFolder) -> None:
    pack.load()
    pack.remove("sv/two.md")
    pack.page("one", "Till [två](page:two).\n", languages=("sv",))
    assert changed(pack.load()) == {"sv/one": Outcome.UPDATED, "sv/two": Outcome.GONE}
    assert f'id="{pack.on_site("two").pk}"' in str(pack.on_site("one").body.raw_data[:])


def test_a_file_that_comes_back_is_the_same_page(pack: PackFolder) -> None:
    pack.load()
    pk = pack.on_site("two").pk
    text = (pack.path / "sv/two.md").read_text(encoding="utf-8")
    pack.remove("sv/two.md")
    pack.load()
    pack.write("sv/two.md", text)
    assert changed(pack.load()) == {}
    assert pack.on_site("two").pk == pk


def test_a_page_cannot_become_another_type(pack: PackFolder, rows: Rows) -> None:
    pack.load()
    before = rows()
    pack.page("one", type="method_index")
    problems = pack.problems()
    assert problems[0].file.endswith("/one.md")
    assert problems[0].line == pack.line(problems[0].file, "type")
    assert rows() == before


def test_a_page_in_one_more_language_belongs_to_those_that_are_there(pack: PackFolder) -> None:
    pack.page("three", languages=("sv",))
    pack.load()
    pack.page("three", languages=("en",))
    assert changed(pack.load()) == {"en/three": Outcome.CREATED}
    english = pack.on_site("three", "en")
    assert english.translation_key == pack.on_site("three").translation_key


def test_two_packs_do_not_know_of_each_other(pack: PackFolder) -> None:
    """The starter content is loaded before every test; none of it is gone or changed."""
    assert all(path.startswith(("sv/", "en/")) for path in pack.load().outcomes)
    assert Outcome.GONE not in pack.load().outcomes.values()
