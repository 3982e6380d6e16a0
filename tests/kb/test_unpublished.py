"""Drafts, unpublished and restricted pages: in no list, on no page and in no search."""

from collections.abc import Callable

import pytest
from django.test import Client
from wagtail.models import Locale, Page, PageViewRestriction

from kb.models import (
    AgencyPage,
    ExampleMethod,
    GoodExamplePage,
    LegislationGuidePage,
    LegislationIndexPage,
    MethodIndexPage,
    MethodPage,
)
from tests.factories.kb import (
    GoodExamplePageFactory,
    LegislationGuidePageFactory,
    MethodPageFactory,
)
from tests.people import CAST, browser_of
from tests.walk import PAGE_TYPES, Visit, links_in, parse, search_url, visits, words_of

pytestmark = pytest.mark.django_db

TITLE = "Kvastskaft och hemligheter"
Make = Callable[..., Page]


def _method(**fields: object) -> Page:
    page = MethodPageFactory(parent=MethodIndexPage.objects.get(locale=_sv()), **fields)
    ExampleMethod.objects.create(example=_one(GoodExamplePage), method=page)
    return page


def _guide(**fields: object) -> Page:
    return LegislationGuidePageFactory(
        parent=LegislationIndexPage.objects.get(locale=_sv()), **fields
    )


def _example(**fields: object) -> Page:
    page = GoodExamplePageFactory(parent=_one(AgencyPage), year=2100, **fields)
    ExampleMethod.objects.create(example=page, method=_one(MethodPage))
    return page


def _sv() -> Locale:
    return Locale.objects.get(language_code="sv")


def _one(model: type[Page]) -> Page:
    return model.objects.live().filter(locale=_sv()).order_by("path").first()


def _all_visits() -> list[Visit]:
    return [visit for kind in PAGE_TYPES for visit in visits(kind, "sv")]


def draft(make: Make) -> Page:
    return make(title=TITLE, live=False)


def unpublished(make: Make) -> Page:
    page = make(title=TITLE)
    page.save_revision().publish()
    page.unpublish()
    return page


def restricted(make: Make) -> Page:
    page = make(title=TITLE)
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    return page


@pytest.fixture(autouse=True)
def places(db: None) -> list[str]:
    """Where a page of any of these kinds would be listed if it were published.

    Asked for before the test changes anything, since what `visits` gives is kept.
    """
    kinds = (
        "HomePage", "FocusAreaPage", "MethodIndexPage", "LegislationIndexPage", "ExampleIndexPage",
        "CountyIndexPage", "CountyPage", "AgencyPage", "GlossaryIndexPage",
    )  # fmt: skip
    places = [visit.url for kind in kinds for visit in visits(kind, "sv")]
    places += [_one(MethodPage).url, _one(GoodExamplePage).url]
    return [*places, *(f"{search_url('sv')}?q={word}" for word in ("kvastskaft", "kvasts"))]


def seen_at(places: list[str], client: Client, page: Page) -> list[str]:
    """The places that show the page's title or link to it."""
    found = []
    for place in places:
        response = client.get(place)
        root = parse(response)
        [main] = root.iter("main")
        if page.url in links_in(root) or TITLE in main.text_content():
            found.append(place)
    return found


@pytest.mark.parametrize("make", [_method, _guide, _example])
def test_a_published_page_is_seen_so_that_the_tests_below_can_fail(
    places: list[str], client: Client, make: Make
) -> None:
    found = seen_at(places, client, make(title=TITLE))
    focus_pages = [visit.url for visit in visits("FocusAreaPage", "sv")]
    assert set(focus_pages) < set(found)
    assert f"{search_url('sv')}?q=kvastskaft" in found


@pytest.mark.parametrize("hide", [draft, unpublished, restricted])
@pytest.mark.parametrize("make", [_method, _guide, _example])
def test_what_is_not_published_is_seen_nowhere(
    places: list[str], client: Client, make: Make, hide: Callable[[Make], Page]
) -> None:
    assert seen_at(places, client, hide(make)) == []


@pytest.mark.parametrize("role", CAST)
def test_a_draft_is_in_no_list_whoever_looks(places: list[str], role: str) -> None:
    assert seen_at(places, browser_of(role), draft(_example)) == []


@pytest.mark.parametrize("hide", [draft, unpublished])
def test_the_address_of_what_is_not_published_is_unknown(
    client: Client, hide: Callable[[Make], Page]
) -> None:
    page = hide(_method)
    assert client.get(page.url).status_code == 404
    assert client.get(f"/p/{page.permanent_id}", follow=True).status_code == 404


def test_a_restricted_page_asks_who_is_there(client: Client) -> None:
    response = client.get(restricted(_method).url)
    assert response.status_code == 302
    assert TITLE not in response.content.decode()


def test_counts_leave_out_what_is_not_published(client: Client) -> None:
    counted = [visit.url for kind in ("HomePage", "CountyPage") for visit in visits(kind, "sv")]
    before = [_numbers(client, place) for place in counted]
    for hide in (draft, unpublished, restricted):
        for make in (_method, _example):
            hide(make)
    assert [_numbers(client, place) for place in counted] == before
    assert any(before)


def _numbers(client: Client, place: str) -> list[str]:
    """What stands under each focus area or agency, such as “3 metoder · 5 exempel”."""
    root = parse(client.get(place))
    return [small.text_content() for small in root.xpath("//main//li//p[@class='small']")]


@pytest.mark.parametrize("model", [MethodPage, LegislationGuidePage, GoodExamplePage])
@pytest.mark.parametrize("restrict", [False, True], ids=["unpublished", "restricted"])
def test_pages_that_pointed_at_what_is_gone_show_no_dead_link_and_no_empty_place(
    client: Client, model: type[Page], restrict: bool
) -> None:
    """Related pages, laws, methods used, the glossary and links in texts, over the whole site."""
    links = {visit.url: links_in(visit.root) for visit in _all_visits()}
    gone = max(
        model.objects.live().filter(locale=_sv()),
        key=lambda page: sum(page.url in found for found in links.values()),
    )
    if restrict:
        PageViewRestriction.objects.create(page=gone, restriction_type=PageViewRestriction.LOGIN)
    else:
        gone.unpublish()
    pointing = [url for url, found in links.items() if gone.url in found and url != gone.url]
    assert pointing
    for place in pointing:
        root = parse(client.get(place))
        assert gone.url not in links_in(root), place
        [main] = root.iter("main")
        texts = {e.tag for e in main.iter("li", "p", "ul", "ol", "a") if not words_of(e)}
        assert texts == set(), place
