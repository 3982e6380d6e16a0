"""What a reader's own settings change: size and spacing of text, contrast theme, paper.

WCAG 2.2: 1.4.4 (text twice the size), 1.4.10 (320 px), 1.4.12 (text spacing).
"""

import pytest
from playwright.sync_api import Page, expect
from wagtail.models import Page as WagtailPage

from home.models import HomePage
from tests.browser.spots import LANGUAGES, SPOTS, open_spot, page_of

# Lines of text that lie over each other, are cut off, or stand outside the window.
FAULTS = """() => {
  const lines = [], faults = [];
  const within = (one, holds) =>
    !!one && (holds(getComputedStyle(one)) || within(one.parentElement, holds));
  const hidden = (one) => within(one, (style) => style.clipPath !== "none");
  const scrolls = (one) => within(one, (style) => ["auto", "scroll"].includes(style.overflowX));
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.data.trim(), parent = walker.currentNode.parentElement;
    if (!text || !parent.checkVisibility({visibilityProperty: true}) || hidden(parent)) continue;
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    for (const box of range.getClientRects()) {
      if (box.bottom < 0 || box.width < 2) continue;
      lines.push({text: text.slice(0, 60), parent, box});
      if ((box.right > innerWidth + 1 || box.left < -1) && !scrolls(parent))
        faults.push(`outside the window: ${text.slice(0, 60)}`);
    }
  }
  lines.forEach((a, number) => lines.slice(number + 1).forEach((b) => {
    if (a.parent === b.parent) return;
    const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
    const down = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
    if (across > 2 && down > 0.35 * Math.min(a.box.height, b.box.height))
      faults.push(`over each other: ${a.text} / ${b.text}`);
  }));
  for (const one of document.body.querySelectorAll("*")) {
    const style = getComputedStyle(one);
    if (["hidden", "clip"].includes(style.overflowX) && !hidden(one) && one.checkVisibility()
        && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1))
      faults.push(`cut off: ${one.textContent.trim().slice(0, 60)}`);
  }
  for (const column of document.querySelectorAll(".wrap"))
    for (const one of column.children)
      if (one.getBoundingClientRect().right > column.getBoundingClientRect().right + 1)
        faults.push(`sticks out of its column: ${one.textContent.trim().slice(0, 60)}`);
  if (document.documentElement.scrollWidth > innerWidth) faults.push("the page scrolls sideways");
  return faults;
}"""
TEXT_STYLE = """() => {
  const {fontSize, letterSpacing} = getComputedStyle(document.querySelector("h1"));
  return {fontSize, letterSpacing};
}"""
HINT = """(box) => {
  const style = getComputedStyle(box), pen = document.createElement("canvas").getContext("2d");
  pen.font = style.font;
  const edges = parseFloat(style.paddingLeft) + parseFloat(style.paddingRight);
  return [pen.measureText(box.placeholder).width, box.clientWidth - edges];
}"""
DARK_INK = """(one) => getComputedStyle(one).color.match(/\\d+/g).every((part) => part < 100)"""
SPACE_OUT = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }`);
  document.adoptedStyleSheets = [sheet];
}"""


def _faults(page: Page, widths: list[int], what: str) -> list[str]:
    faults = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        faults += [f"{what} at {width} px: {fault}" for fault in page.evaluate(FAULTS)]
    return faults


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("spot", SPOTS)
def test_text_that_a_reader_spaces_out_or_enlarges_is_neither_lost_nor_over_other_text(
    page: Page, spot: str, language: str
) -> None:
    open_spot(page, spot, language)
    usual = page.evaluate(TEXT_STYLE)
    page.evaluate(SPACE_OUT)
    spaced = page.evaluate(TEXT_STYLE)
    faults = _faults(page, [320, 1280], "spaced out")
    page.evaluate("document.adoptedStyleSheets = []")
    # As set in the browser, so that widths in rem follow it.
    devtools = page.context.new_cdp_session(page)
    devtools.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    enlarged = page.evaluate(TEXT_STYLE)
    faults += _faults(page, [640, 1280], "twice the size")
    assert spaced["letterSpacing"] != usual["letterSpacing"]
    assert enlarged["fontSize"] != usual["fontSize"]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_fits_a_phone(page: Page, language: str) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    faults = []
    for found in WagtailPage.objects.live().filter(locale__language_code=language, depth__gt=1):
        page.goto(found.url)
        faults += [f"{found.url} {fault}" for fault in page.evaluate(FAULTS)]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_hint_in_the_search_box_is_read_whole_on_a_phone(page: Page, language: str) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(page_of(HomePage, language).url)
    hint, room = page.get_by_role("main").get_by_role("searchbox").evaluate(HINT)
    assert 0 < hint <= room


@pytest.mark.parametrize(
    "spot", ["HomePage", "list with a filter", "search with hits", "every block"]
)
def test_a_contrast_theme_keeps_buttons_and_chosen_links_apart(page: Page, spot: str) -> None:
    page.emulate_media(forced_colors="active")
    open_spot(page, spot, "sv")
    for button in page.locator("button:visible, .button:visible").all():
        expect(button).not_to_have_css("border-top-width", "0px")
    for chosen in page.locator("nav [aria-current=true]:visible").all():
        expect(chosen).to_have_css("text-decoration-line", "underline")


@pytest.mark.parametrize("spot", SPOTS)
def test_paper_gets_the_text_alone_dark_on_white_whatever_the_theme(page: Page, spot: str) -> None:
    open_spot(page, spot, "sv")
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("banner").get_by_role("navigation")).to_have_count(0)
    for left_out in ("header summary", "input", "button", "a[href='#main']"):
        expect(page.locator(left_out).locator("visible=true")).to_have_count(0)
    assert page.locator("main").evaluate(DARK_INK)
    expect(page.locator("body")).to_have_css("background-color", "rgba(0, 0, 0, 0)")


def test_paper_gets_what_is_said_in_a_film(page: Page) -> None:
    page.goto(SPOTS["every block"]("sv"))
    page.emulate_media(media="print")
    for folded in page.locator("main details > :not(summary)").all():
        expect(folded).to_be_visible()
