"""Two walks end to end, on a phone's width and on a wide screen.

A reader lands on a method from a search engine and goes on to an agency's example or to a course,
in Swedish or in English; a finder searches for a word, and narrows a list.
"""

import re
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Locator, Page, expect

from courses.models import ModulePage
from courses.selectors.about import modules_about
from courses.selectors.module import courses_with
from home.models import HomePage
from home.selectors import focus_areas_of
from kb.models import ExampleIndexPage, MethodPage
from kb.selectors import examples_in
from tests.browser.spots import (
    LANGUAGES,
    example_with_method,
    method_with_example,
    page_of,
    search_address,
)

WIDTHS = [320, 1440]
at_each_width = pytest.mark.parametrize("width", WIDTHS)


def look_at(page: Page, width: int, address: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address)


def follow(page: Page, link: Locator, address: str) -> None:
    link.click()
    expect(page).to_have_url(re.compile(re.escape(address) + "$"))


def menu(page: Page) -> Locator:
    """The main menu, opened where it is folded."""
    button = page.locator("header summary")
    if button.is_visible():
        button.click()
    return page.get_by_role("banner").get_by_role("navigation")


def path_and_query(page: Page) -> str:
    parts = urlparse(page.url)
    return f"{parts.path}?{parts.query}"


@at_each_width
def test_a_reader_sees_at_once_what_a_method_is_for_and_who_answers_for_it(
    page: Page, width: int
) -> None:
    method = method_with_example("sv")
    look_at(page, width, method.url)
    main = page.get_by_role("main")
    heading = main.get_by_role("heading", level=1)
    expect(heading).to_have_text(method.title)
    expect(heading).to_be_in_viewport()
    facts = [method.time, method.people, method.get_level_display()]
    areas = [area.name for area in focus_areas_of(method)]
    for text in [method.summary, *facts, *areas]:
        expect(main.get_by_text(text, exact=True).first).to_be_visible()
    review = main.locator("footer")
    expect(review).to_contain_text(str(method.owner_agency))
    expect(review.locator("time").first).to_have_attribute(
        "datetime", method.last_reviewed.isoformat()
    )


@at_each_width
def test_a_reader_goes_from_a_method_to_an_example_and_its_agency(page: Page, width: int) -> None:
    method, example = method_with_example("sv"), example_with_method("sv")
    agency = example.get_parent()
    look_at(page, width, method.url)
    main = page.get_by_role("main")
    tried = main.get_by_role("complementary").get_by_role("link", name=example.title)
    follow(page, tried, example.url)
    expect(main.get_by_role("heading", level=1)).to_have_text(example.title)
    expect(main.get_by_role("link", name=method.title).first).to_be_visible()
    follow(page, main.locator("dl").get_by_role("link", name=agency.title), agency.url)
    expect(main.get_by_role("link", name=example.title)).to_be_visible()


@at_each_width
def test_a_reader_stays_on_the_page_when_changing_language(page: Page, width: int) -> None:
    swedish = method_with_example("sv")
    english = swedish.get_translation(page_of(HomePage, "en").locale)
    look_at(page, width, swedish.url)
    for language, label, there in [("en", "English", english), ("sv", "Svenska", swedish)]:
        follow(page, menu(page).get_by_role("link", name=label), there.url)
        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(page.get_by_role("main").get_by_role("heading", level=1)).to_have_text(there.title)


@at_each_width
@pytest.mark.parametrize("word", ["trakasserier", "diskrimineringsgrunder", "lönekartläggning"])
def test_a_finder_gets_the_right_page_among_the_first_three(
    page: Page, width: int, word: str
) -> None:
    look_at(page, width, page_of(HomePage, "sv").url)
    page.get_by_role("main").get_by_role("searchbox").fill(word)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(re.escape(search_address("sv")) + r"\?q="))
    expect(page.get_by_role("main").get_by_role("searchbox")).to_have_value(word)
    hits = page.get_by_role("main").locator("ol h3 a")
    titles = hits.all_inner_texts()[:3]
    right = next((n for n, title in enumerate(titles) if word in title.casefold()), None)
    assert right is not None, f"first three for {word}: {titles}"
    hits.nth(right).click()
    expect(page.get_by_role("main").get_by_role("heading", level=1)).to_have_text(titles[right])


@at_each_width
def test_a_finder_without_hits_is_told_what_to_try(page: Page, width: int) -> None:
    look_at(page, width, search_address("sv", "xyzzy"))
    advice = page.get_by_role("main").get_by_role("status")
    expect(advice).to_contain_text("xyzzy")
    way_on = advice.get_by_role("link").first
    address = way_on.get_attribute("href")
    assert address
    follow(page, way_on, address)
    expect(page.get_by_role("main").locator("dt").first).to_be_visible()


def facet(page: Page, number: int) -> Locator:
    """The options of a filter: 0 is the focus area, 1 the county."""
    return page.get_by_role("main").get_by_role("navigation").locator("section").nth(number)


def number_in(text: str) -> int:
    found = re.search(r"\d+", text)
    assert found, text
    return int(found.group())


def promised(option: Locator) -> int:
    return number_in(option.locator("span").filter(has_text=re.compile(r"^\d")).inner_text())


def shown(page: Page) -> int:
    """How many examples the list has; its heading and its rows must agree."""
    examples = page.get_by_role("main").locator(".cards > li")
    number = number_in(page.get_by_role("main").locator("section > div > h2").inner_text())
    expect(examples).to_have_count(number)
    return number


@at_each_width
def test_a_finder_narrows_examples_by_focus_area_and_county_and_every_count_holds(
    page: Page, width: int
) -> None:
    index = page_of(ExampleIndexPage, "sv")
    look_at(page, width, page_of(HomePage, "sv").url)
    follow(page, menu(page).get_by_role("link", name=index.title), index.url)
    everything = shown(page)
    assert everything == examples_in(index.locale_id).count()
    counties = facet(page, 1).get_by_role("link")
    assert sum(promised(county) for county in counties.all()) == everything

    area = facet(page, 0).get_by_role("link").first
    number = promised(area)
    area.click()
    expect(facet(page, 0).locator("[aria-current=true]")).to_have_count(1)
    assert shown(page) == number

    county = facet(page, 1).get_by_role("link").first
    number = promised(county)
    county.click()
    expect(facet(page, 1).locator("[aria-current=true]")).to_have_count(1)
    assert shown(page) == number < everything

    page.goto(path_and_query(page))
    assert shown(page) == number
    facet(page, 0).locator("[aria-current=true]").click()
    expect(facet(page, 0).locator("[aria-current=true]")).to_have_count(0)
    expect(facet(page, 1).locator("[aria-current=true]")).to_have_count(1)
    page.get_by_role("main").locator(".chosen a").last.click()
    expect(facet(page, 1).locator("[aria-current=true]")).to_have_count(0)
    assert shown(page) == everything


def method_with_module(language: str) -> tuple[MethodPage, ModulePage]:
    """A method, and a module of a course that teaches it."""
    methods = MethodPage.objects.live().filter(locale__language_code=language).order_by("path")
    for method in methods:
        for module in modules_about(method):
            if courses_with(module):
                return method, module
    raise AssertionError("no module of a course leads to a method")


@at_each_width
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reader_is_two_steps_from_a_course_about_the_method(
    page: Page, width: int, language: str
) -> None:
    method, module = method_with_module(language)
    [course, *_] = courses_with(module)
    look_at(page, width, method.url)
    main = page.get_by_role("main")
    beside = main.get_by_role("complementary")
    follow(page, beside.get_by_role("link", name=module.title, exact=True), module.url)
    follow(page, beside.get_by_role("link", name=course.title, exact=True), course.url)
    expect(main.get_by_role("heading", level=1)).to_have_text(course.title)
    expect(main.get_by_role("link", name=module.title, exact=True)).to_be_visible()
