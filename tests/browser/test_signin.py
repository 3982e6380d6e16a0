"""A manager signs in on a phone, with the keyboard alone and without JavaScript."""

import re
from itertools import product

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core import mail
from playwright.sync_api import Browser, Page, expect

from tests.browser.spots import LANGUAGES
from tests.browser.test_axe import RULES, WIDTHS, violations
from tests.codes import ADDRESS, code_in, other_than


def newest_code() -> str:
    return code_in(str(mail.outbox[-1].body))


def faults(page: Page, axe: Axe) -> list[str]:
    views = product(WIDTHS, RULES)
    found = [line for width, theme in views for line in violations(page, axe, width, theme)]
    page.set_viewport_size({"width": 320, "height": 700})
    if page.evaluate("document.documentElement.scrollWidth") > 320:
        found.append(f"{page.url} scrolls sideways")
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_step_can_be_taken_by_everyone(page: Page, axe: Axe, language: str) -> None:
    door, found = f"/{language}/konto/", []

    def write(text: str) -> None:
        page.get_by_role("textbox").first.fill(text)
        with page.expect_navigation():
            page.keyboard.press("Enter")

    page.goto(door)
    write("anna")
    found += faults(page, axe)
    write(f"{'long.' * 10}{ADDRESS}")
    write(other_than(newest_code()))
    expect(page.get_by_role("textbox")).to_have_accessible_description(
        page.locator(".field__error").inner_text()
    )
    found += faults(page, axe)
    write(newest_code())
    expect(page).to_have_url(re.compile(f"{door}$"))
    found += faults(page, axe)
    write("Anna")
    expect(page.get_by_role("status")).to_be_visible()
    found += faults(page, axe)
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button").last.click()
    found += faults(page, axe)
    assert not found, "\n".join(found)


def test_without_javascript(browser: Browser, server: str, shared_connection: None) -> None:
    with browser.new_context(base_url=server, java_script_enabled=False) as context:
        tab = context.new_page()
        tab.goto("/sv/konto/?next=/sv/metoder/")
        tab.get_by_role("textbox").fill(ADDRESS)
        tab.get_by_role("main").get_by_role("button").click()
        tab.get_by_role("textbox").fill(newest_code())
        tab.get_by_role("main").get_by_role("button").first.click()
        expect(tab).to_have_url(f"{server}/sv/metoder/")
