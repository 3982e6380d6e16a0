"""The site works with scripts turned off: menu, search, filters, languages and contents."""

import re

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from home.models import HomePage
from kb.models import MethodIndexPage
from tests.browser.spots import method_with_example, page_of, search_address

pytestmark = pytest.mark.browser_context_args(java_script_enabled=False)
PHONE: ViewportSize = {"width": 320, "height": 700}
WIDE: ViewportSize = {"width": 1440, "height": 900}


def test_scripts_are_off(page: Page) -> None:
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.resource_type))
    page.goto(page_of(HomePage, "sv").url)
    assert "stylesheet" in requested
    assert "script" not in requested


def test_the_menu_opens_on_a_phone_and_leads_on(page: Page) -> None:
    index = page_of(MethodIndexPage, "sv")
    page.set_viewport_size(PHONE)
    page.goto(page_of(HomePage, "sv").url)
    link = page.get_by_role("banner").get_by_role("link", name=index.title)
    expect(link).to_have_count(0)
    page.locator("header summary").click()
    link.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(index.title)


def test_the_language_changes_on_the_same_page(page: Page) -> None:
    method = method_with_example("sv")
    english = method.get_translation(page_of(HomePage, "en").locale)
    page.set_viewport_size(PHONE)
    page.goto(method.url)
    page.locator("header summary").click()
    page.get_by_role("banner").get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(english.title)


def test_a_search_by_the_button_finds_pages(page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto(page_of(HomePage, "sv").url)
    search = page.get_by_role("main").get_by_role("search")
    search.get_by_role("searchbox").fill("trakasserier")
    search.get_by_role("button").click()
    expect(page).to_have_url(re.compile(re.escape(search_address("sv", "trakasserier")) + "$"))
    expect(page.get_by_role("main").locator("ol h3 a").first).to_be_visible()


def test_a_filter_narrows_a_list_and_is_taken_away(page: Page) -> None:
    index = page_of(MethodIndexPage, "sv")
    page.set_viewport_size(PHONE)
    page.goto(index.url)
    cards = page.get_by_role("main").locator(".cards > li")
    everything = cards.count()
    chosen = page.get_by_role("main").locator("nav [aria-current=true]")
    page.get_by_role("main").locator("nav section").first.get_by_role("link").first.click()
    expect(chosen).to_have_count(1)
    assert 0 < cards.count() < everything
    chosen.click()
    expect(cards).to_have_count(everything)


@pytest.mark.parametrize("size", [PHONE, WIDE])
def test_the_contents_of_a_page_lead_to_its_sections(page: Page, size: ViewportSize) -> None:
    page.set_viewport_size(size)
    page.goto(method_with_example("sv").url)
    contents = page.locator(".contents")
    if size == PHONE:
        contents.locator("summary").click()
    links = contents.locator("a")
    expect(links.first).to_be_visible()
    for link in links.all():
        link.click()
        heading = page.locator(":target")
        expect(heading).to_be_in_viewport()
        expect(heading).to_have_text(link.inner_text())
