"""A trainer finds a module, and has it on paper: with the facilitator's guide, and without."""

import io

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from courses.models import ModulePage
from tests.browser.learner import heading, main
from tests.browser.test_look import DARK_INK
from tests.courses import cast

FOR_SCREENS = "header nav, footer nav, button, input, select, .crumbs, .contents"


def module() -> ModulePage:
    return cast.module_page("goal-to-operations")


def words(pdf: bytes) -> str:
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return " ".join(text.split())


def printed(page: Page) -> str:
    """The words of the page on paper, where nothing is that belongs to screens."""
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator(FOR_SCREENS).locator("visible=true")).to_have_count(0)
    assert page.locator("main").evaluate(DARK_INK)
    said = words(page.pdf(format="A4"))
    for lesson in cast.lesson_pages(module()):
        assert lesson.title in said
    for question in module().quiz.raw_data:
        assert question["value"]["text"][:40] in said
    return said


@pytest.mark.parametrize("width", [320, 1440])
def test_a_trainer_finds_a_module_by_its_focus_area_and_prints_it_with_the_guide(
    page: Page, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(module().get_parent().url)
    cards = main(page).locator(".cards > li")
    everything = cards.count()
    area = module().focus_areas.first()
    main(page).get_by_role("navigation").get_by_role("link", name=area.name).first.click()
    expect(main(page).locator("[aria-current=true]")).to_have_count(1)
    assert 0 < cards.count() < everything
    main(page).locator(".cards").get_by_role("link", name=module().title, exact=True).click()
    page.locator(".beside a[href*='guide=1']").click()
    expect(heading(page)).to_have_text(module().title)
    said = printed(page)
    for part in module().guide_plan:
        assert part.value["title"] in said
    for exercise in module().guide_exercises:
        assert exercise.value["title"] in said


def test_participants_get_the_module_without_the_guide(page: Page) -> None:
    page.goto(module().url)
    page.locator(".beside a:not([href*='guide=1'])").first.click()
    expect(heading(page)).to_have_text(module().title)
    said = printed(page)
    for exercise in module().guide_exercises:
        assert exercise.value["title"] not in said
