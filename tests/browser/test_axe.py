"""axe-core finds nothing on any kind of page, in both languages, narrow and wide, light and dark.

Rules of WCAG 2.0, 2.1 and 2.2, levels A and AA, and axe's own best practice.
"""

from itertools import product
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.spots import LANGUAGES, SPOTS, STATUS, open_spot

Theme = Literal["light", "dark"]

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Dark and light differ in nothing but colours.
RULES: dict[Theme, dict[str, Any]] = {
    "light": {"runOnly": TAGS},
    "dark": {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}},
}
WIDTHS = [320, 1440]


def violations(page: Page, axe: Axe, width: int, theme: Theme) -> list[str]:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=theme)
    results = axe.run(page, options={**RULES[theme], "resultTypes": ["violations"]})
    if not results.violations_count:
        return []
    return [f"{width} px, {theme}: {results.generate_report()}"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("spot", SPOTS)
def test_nothing_bars_anyone_and_nothing_is_cut_off(
    page: Page, axe: Axe, spot: str, language: str
) -> None:
    response = open_spot(page, spot, language)
    assert response.status == STATUS.get(spot, 200)
    assert page.locator("html").get_attribute("lang") == language
    found = []
    for width in WIDTHS:
        for theme in RULES:
            found += violations(page, axe, width, theme)
        needed = page.evaluate("document.documentElement.scrollWidth")
        if needed > width:
            found.append(f"{width} px: {needed} px are needed, so the page scrolls sideways")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("spot", ["HomePage", "method with an example", "every block"])
def test_nothing_bars_anyone_when_all_that_folds_is_open(page: Page, axe: Axe, spot: str) -> None:
    open_spot(page, spot, "sv")
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    page.locator("details").evaluate_all("all => all.forEach((one) => (one.open = true))")
    found = [line for theme in RULES for line in violations(page, axe, WIDTHS[0], theme)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["several", "order"])
def test_nothing_bars_anyone_where_an_answer_is_incomplete(
    page: Page, axe: Axe, kind: str, language: str
) -> None:
    page.goto(SPOTS[f"quiz, {kind}"](language))
    with page.expect_navigation() as answered:
        # Past what the browser itself and the script ask for.
        page.locator(".ask").evaluate("form => form.submit()")
    assert answered.value.status == 422
    expect(page.locator(".ask .field__error").first).to_be_visible()
    expect(page.get_by_role("alert")).to_be_visible()
    views = product(WIDTHS, RULES)
    found = [line for width, theme in views for line in violations(page, axe, width, theme)]
    assert not found, "\n".join(found)
