"""Lists narrowed by links: what each state shows, counts and links to, against a slow count."""

import datetime
from collections import deque
from itertools import product
from urllib.parse import urljoin

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone, translation
from wagtail.models import Locale

from home.listings import PER_PAGE, Result, listing_of
from home.models import FocusArea, ListingPage
from kb.filters import NATIONWIDE
from kb.models import AgencyPage, ExampleIndexPage, MethodIndexPage, MethodPage
from kb.rules import act_status
from tests.factories.kb import (
    GoodExamplePageFactory,
    LegislationGuidePageFactory,
    MethodPageFactory,
)
from tests.walk import LISTINGS, PAGE_TYPES, each_language, index_of, links_in, parse, words_of

pytestmark = pytest.mark.django_db
each_listing = pytest.mark.parametrize("kind", LISTINGS)

# What each filter tells a page by, in plain Python: a set, since a page has several focus areas.
FACTS = {
    "MethodIndexPage": {"area": lambda p: _areas(p), "level": lambda p: {p.level}},
    "LegislationIndexPage": {"area": lambda p: _areas(p), "status": lambda p: {_status(p)}},
    "ExampleIndexPage": {
        "area": lambda p: _areas(p),
        "county": lambda p: {_county(p)},
        "year": lambda p: {str(p.year)},
    },
    "ModuleIndexPage": {"area": lambda p: _areas(p)},
}
SHOWS = {
    "MethodIndexPage": "MethodPage",
    "LegislationIndexPage": "LegislationGuidePage",
    "ExampleIndexPage": "GoodExamplePage",
    "ModuleIndexPage": "ModulePage",
}


def _areas(page: object) -> set[str]:
    return {area.key for area in page.focus_areas.all()}


def _status(page: object) -> str:
    return act_status(page.in_force_from, page.in_force_to, timezone.localdate()).value


def _county(page: object) -> str:
    county = AgencyPage.objects.get(pk=page.get_parent().pk).agency.county
    return county.key if county else NATIONWIDE


def state(index: ListingPage, address: str) -> Result:
    query = address.partition("?")[2]
    with translation.override(index.locale.language_code):
        return listing_of(index, QueryDict(query))


def facts_of(kind: str, language: str) -> dict[int, dict[str, set[str]]]:
    pages = PAGE_TYPES[SHOWS[kind]].objects.live().filter(locale__language_code=language)
    return {page.pk: {name: of(page) for name, of in FACTS[kind].items()} for page in pages}


def fitting(facts: dict[int, dict[str, set[str]]], asked: dict[str, str]) -> set[int]:
    return {
        pk
        for pk, fact in facts.items()
        if all(value in fact[name] for name, value in asked.items())
    }


@each_language
@each_listing
def test_every_combination_of_filters_agrees_with_a_slow_count(kind: str, language: str) -> None:
    index, facts = index_of(kind, language), facts_of(kind, language)
    names = list(FACTS[kind])
    values = [sorted({v for fact in facts.values() for v in fact[name]}) for name in names]
    for chosen in product(*([None, *of_name] for of_name in values)):
        asked = {name: value for name, value in zip(names, chosen, strict=True) if value}
        found = state(index, "?" + "&".join(f"{n}={v}" for n, v in asked.items()))
        assert {page.pk for page in found.slice} == fitting(facts, asked), asked
        assert found.slice.paginator.count == len(fitting(facts, asked)), asked
        for facet, name, of_name in zip(found.facets, names, values, strict=True):
            left = [len(fitting(facts, {**asked, name: value})) for value in of_name]
            chosen_value = asked.get(name)
            expected = [n for n, v in zip(left, of_name, strict=True) if n or v == chosen_value]
            assert sorted(option.count for option in facet.options) == sorted(expected), asked
            assert [o.active for o in facet.options].count(True) == (name in asked), asked


def walk_states(index: ListingPage) -> dict[str, Result]:
    """Every state that links lead to from the whole list, by address."""
    seen: dict[str, Result] = {}
    queue = deque(["./"])
    while queue:
        address = queue.popleft()
        if address in seen:
            continue
        found = seen[address] = state(index, address)
        options = [option for facet in found.facets for option in facet.options]
        queue.extend([option.url for option in options] + [found.clear_url])
        queue.extend(url for url in (found.previous_url, found.next_url) if url)
    return seen


@each_listing
def test_each_state_has_one_address(kind: str) -> None:
    states = walk_states(index_of(kind, "sv"))
    shown = [(tuple(o.label for o in s.chosen), s.slice.number) for s in states.values()]
    assert len(set(shown)) == len(shown)
    assert len(states) > len(states["./"].facets)


@each_listing
def test_every_link_tells_truly_how_many_pages_it_leads_to(kind: str) -> None:
    states = walk_states(index_of(kind, "sv"))
    for found in states.values():
        for option in (option for facet in found.facets for option in facet.options):
            if option.active:
                assert found.slice.paginator.count == option.count
            else:
                assert states[option.url].slice.paginator.count == option.count > 0


@each_listing
def test_a_chosen_filter_is_taken_away_by_its_own_link(kind: str) -> None:
    index = index_of(kind, "sv")
    for option in (option for facet in state(index, "./").facets for option in facet.options):
        chosen = state(index, option.url).chosen
        assert [(o.label, o.url) for o in chosen] == [(option.label, "./")]


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, name) for kind, facts in FACTS.items() for name in facts]
)
@each_language
def test_an_unknown_value_is_told_and_left_out(
    client: Client, kind: str, name: str, language: str
) -> None:
    index = index_of(kind, language)
    response = client.get(index.url, {name: "xyzzyx"})
    root = parse(response)
    [section] = root.find_class("sifted__list")
    [told] = [words_of(e) for e in section.find_class("callout") if e.get("role") == "status"]
    with translation.override(language):
        labels = [facet.label for facet in listing_of(index, QueryDict()).facets]
    assert labels[list(FACTS[kind]).index(name)] in told
    assert len(root.find_class("card")) == min(PER_PAGE, len(facts_of(kind, language)))


def test_an_unknown_value_leaves_the_other_filters_in_force() -> None:
    index = index_of("MethodIndexPage", "sv")
    assert [p.pk for p in state(index, "?area=process&level=xyzzyx").slice] == [
        p.pk for p in state(index, "?area=process").slice
    ]


@each_language
def test_nothing_fits_and_there_is_a_way_back(client: Client, language: str) -> None:
    index = ExampleIndexPage.objects.get(locale__language_code=language)
    facts = facts_of("ExampleIndexPage", language)
    years = {year for fact in facts.values() for year in fact["year"]}
    asked = {"year": str(max(int(year) for year in years) + 1)}
    root = parse(client.get(index.url, asked))
    assert not root.find_class("card")
    [section] = root.find_class("sifted__list")
    [callout] = section.find_class("callout")
    [way_back] = [urljoin(index.url, link) for link in links_in(callout)]
    assert len(parse(client.get(way_back)).find_class("card")) == min(PER_PAGE, len(facts))


@pytest.fixture
def many(sv: Locale) -> MethodIndexPage:
    """A list of methods that needs three pages, with a filter that needs two."""
    index = MethodIndexPage.objects.get(locale=sv)
    here = len(facts_of("MethodIndexPage", "sv"))
    for number in range(2 * PER_PAGE + 1 - here):
        level = "deep" if number <= PER_PAGE else "start"
        MethodPageFactory(parent=index, level=level, areas=["process"])
    return index


def test_pages_of_a_long_list_hold_each_page_once(many: MethodIndexPage) -> None:
    seen: list[int] = []
    address = "./"
    while address:
        found = state(many, address)
        seen += [page.pk for page in found.slice]
        address = found.next_url
    assert sorted(seen) == sorted(facts_of("MethodIndexPage", "sv"))


def test_paging_keeps_the_filter_and_the_first_page_has_the_plain_address(
    many: MethodIndexPage,
) -> None:
    first = state(many, "?level=deep")
    assert first.previous_url == ""
    second = state(many, first.next_url)
    assert (second.slice.number, [o.label for o in second.chosen]) == (
        2,
        [o.label for o in first.chosen],
    )
    assert (second.previous_url, second.next_url) == ("?level=deep", "")


def test_a_new_filter_begins_on_the_first_page(many: MethodIndexPage) -> None:
    options = [option for facet in state(many, "?page=2").facets for option in facet.options]
    assert options
    assert not any("page=" in option.url for option in options)


def test_a_page_that_is_not_there_shows_one_that_is(client: Client, many: MethodIndexPage) -> None:
    for number in ("0", "-1", "99", "x", "", "²", "1.5", "9" * 5000):
        response = client.get(many.url, {"page": number})
        assert response.status_code == 200, number
        assert parse(response).find_class("card"), number


def test_the_pager_links_to_the_next_and_the_previous(
    client: Client, many: MethodIndexPage
) -> None:
    [pager] = parse(client.get(many.url, {"page": "2"})).find_class("pager")
    addresses = [urljoin(many.url, link) for link in links_in(pager)]
    assert addresses == [many.url, f"{many.url}?page=3"]


def test_a_page_with_an_area_in_two_languages_is_listed_once(sv: Locale, en: Locale) -> None:
    """Areas keep their key over languages, and a translated page may hold both languages' rows."""
    index = MethodIndexPage.objects.get(locale=sv)
    before = [page.pk for page in state(index, "?area=process").slice]
    first = MethodPage.objects.get(pk=before[0])
    first.focus_areas.add(FocusArea.objects.get(key="process", locale=en))
    first.save()
    assert [page.pk for page in state(index, "?area=process").slice] == before


def test_an_act_that_does_not_apply_yet_has_a_state_of_its_own(sv: Locale) -> None:
    index = index_of("LegislationIndexPage", "sv")
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    guide = LegislationGuidePageFactory(parent=index, in_force_from=tomorrow)
    states = walk_states(index)
    assert [page.pk for page in states["?status=coming"].slice] == [guide.pk]
    assert guide.pk not in {page.pk for page in states["?status=in_force"].slice}


def test_examples_are_listed_with_the_newest_first(sv: Locale) -> None:
    parent = AgencyPage.objects.filter(locale=sv).first()
    newest = GoodExamplePageFactory(parent=parent, year=2100)
    oldest = GoodExamplePageFactory(parent=parent, year=1970)
    listed = list(state(index_of("ExampleIndexPage", "sv"), "./").slice)
    assert (listed[0].pk, listed[-1].pk) == (newest.pk, oldest.pk)
