"""With the keyboard alone everything is reached, in the order it is read, and the focus is seen."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from home.models import HomePage
from tests.browser.spots import LANGUAGES, open_spot, page_of

# All that a keyboard must reach, in the order of the document.
REACHABLE = """() => {
  const all = document.querySelectorAll(
    "a[href], button, input, select, textarea, summary, video[controls], [tabindex='0']");
  const shown = [...all].filter((one) => one.checkVisibility({visibilityProperty: true}));
  shown.forEach((one, number) => (one.dataset.stop = number));
  return shown.map((one) => one.outerHTML.slice(0, 120));
}"""
# Where the focus is now, how it is seen, and whether something lies over it.
STOP = """() => {
  const one = document.activeElement;
  if (one === document.body) return null;
  const line = (element) => {
    const style = getComputedStyle(element);
    // The browser itself marks the controls of a film.
    if (element.matches("video")) return 3;
    return style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth);
  };
  const box = one.getClientRects()[0];
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
  const top = document.elementFromPoint(x, y);
  return {
    number: Number(one.dataset.stop),
    html: one.outerHTML.slice(0, 120),
    outline: Math.max(line(one), line(one.closest("form") ?? one)),
    seen: !!top && (one.contains(top) || top.contains(one)),
  };
}"""
WIDTHS = [320, 1440]
MOST_STOPS = 300


def _stops(page: Page) -> list[dict[str, Any]]:
    """Where Tab leads, once round; a film has several stops of its own."""
    stops: list[dict[str, Any]] = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None or (stops and stop["number"] == stops[0]["number"]):
            return stops
        stops.append(stop)
    raise AssertionError(f"no end after {MOST_STOPS} stops; the last was {stops[-1]['html']}")


def focus_is_in(page: Page, selector: str) -> bool:
    return bool(page.evaluate("s => document.activeElement.matches(s)", selector))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "spot", ["HomePage", "list with a filter", "method with an example", "every block"]
)
def test_tab_reaches_everything_in_order_and_the_focus_is_seen(
    page: Page, spot: str, language: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    open_spot(page, spot, language)
    expected = page.evaluate(REACHABLE)
    stops = _stops(page)
    reached = [stop["number"] for stop in stops]
    missed = [html for number, html in enumerate(expected) if number not in reached]
    assert not missed, missed
    assert reached == sorted(reached)
    assert [stop["html"] for stop in stops if stop["outline"] < 2] == []
    assert [stop["html"] for stop in stops if not stop["seen"]] == []


@pytest.mark.parametrize("width", WIDTHS)
def test_the_first_stop_leads_past_the_menu(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(page_of(HomePage, "sv").url)
    page.keyboard.press("Tab")
    assert focus_is_in(page, "a[href='#main']")
    expect(page.locator(":focus")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert focus_is_in(page, "main *")


def test_the_menu_of_a_phone_opens_with_enter_and_closes_with_escape(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(page_of(HomePage, "sv").url)
    links = page.get_by_role("banner").get_by_role("navigation").get_by_role("link")
    expect(links).to_have_count(0)
    page.locator("header summary").focus()
    page.keyboard.press("Enter")
    expect(links.first).to_be_visible()
    for _ in links.all():
        page.keyboard.press("Tab")
        assert focus_is_in(page, "header nav a")
        expect(page.locator(":focus")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(links).to_have_count(0)
    assert focus_is_in(page, "header summary")


def test_a_search_is_made_with_the_keyboard(page: Page) -> None:
    page.goto(page_of(HomePage, "sv").url)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("trakasserier")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main").locator("ol h3 a").first).to_be_visible()
