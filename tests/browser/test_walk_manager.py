"""A manager takes the leadership course, on a phone and at a desk, to the certificate."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from agencies.models import User
from courses.models import Certificate, Completion, Evaluation, ModulePage
from tests.browser import learner, learning
from tests.browser.learner import heading, main
from tests.codes import ADDRESS
from tests.courses import cast

QUIZ_OF_EVERY_KIND = "goal-to-operations"
MOST_STOPS = 80


def module_of(language: str) -> ModulePage:
    """The first of the course."""
    unit = cast.modules_of(cast.unit(learning.leadership(language)))[0]
    page: ModulePage = ModulePage.objects.select_related("locale").get(
        translation_key=unit.key, locale__language_code=language
    )
    return page


def sees_why(tab: Page) -> Callable[[], None]:
    """After each answer: what was wrong says why, and where to read about it."""

    def look() -> None:
        for wrong in tab.locator(".answered .wrong").all():
            expect(wrong.locator(".feedback")).to_have_text(re.compile(r"\w+\W+\w+.{10}"))
        if tab.locator(".answered .wrong").count():
            expect(tab.locator(".answered + p a")).to_be_visible()

    return look


def starts_without_an_account(tab: Page, language: str) -> None:
    first, second, *_ = cast.lesson_pages(module_of(language))
    tab.goto(learning.leadership(language).url)
    expect(tab.locator(".status .button")).to_be_in_viewport()
    tab.locator(".status .button").click()
    expect(heading(tab)).to_have_text(first.title)
    expect(tab.locator(".keep")).to_have_count(0)
    learner.done(tab).click()
    expect(heading(tab)).to_have_text(second.title)
    expect(tab.locator(".keep")).to_be_visible()
    assert tab.context.cookies() == [], "a guest gets no cookie"


def keeps_the_progress(tab: Page, language: str) -> None:
    tab.locator(".keep button").click()
    learner.sign_in_by_code(tab, ADDRESS)
    _first, second, *_ = cast.lesson_pages(module_of(language))
    expect(heading(tab)).to_have_text(second.title)
    expect(tab.locator(".keep")).to_have_count(0)
    expect(tab.locator(".onwards .turn")).to_contain_text("1")
    assert "progress" not in tab.url


def goes_on_where_it_was(tab: Page, language: str) -> None:
    """On another device: signs in, and presses one button."""
    tab.goto(cast.url("my_courses", language=language))
    learner.sign_in_by_code(tab, ADDRESS)
    expect(main(tab).get_by_role("link", name=learning.leadership(language).title)).to_be_visible()
    tab.locator(".mine .rows button").first.click()
    _first, second, *_ = cast.lesson_pages(module_of(language))
    expect(heading(tab)).to_have_text(second.title)


def fails_reads_again_and_passes(tab: Page, language: str) -> None:
    module = module_of(language)
    learner.read_on(tab, module, begin_at=1)
    learner.take_quiz(tab, module, cast.wrong, sees_why(tab))
    failed = heading(tab).inner_text()
    for wrong in tab.locator(".reviewed > li").all():
        expect(wrong.locator(".wrong .feedback").first).to_be_visible()
        expect(wrong.get_by_role("link")).to_be_visible()
    again = tab.locator(".reviewed > li").first.get_by_role("link")
    title = again.inner_text()
    again.click()
    expect(heading(tab)).to_have_text(title)
    tab.go_back()
    learner.take_quiz(tab, module, cast.right, sees_why(tab))
    expect(heading(tab)).not_to_have_text(failed)
    expect(tab.locator(".wrong")).to_have_count(0)
    user = User.objects.get(email=ADDRESS)
    assert Completion.objects.filter(user=user, unit=cast.unit(module)).count() == 1


def gets_a_certificate(tab: Page, language: str) -> Certificate:
    """The rest of the course is done elsewhere; the page of the result knows."""
    user, course = User.objects.get(email=ADDRESS), cast.unit(learning.leadership(language))
    for module in cast.modules_of(course)[1:]:
        cast.complete(user, module)
    tab.reload()
    tab.locator(".quiz .callout a").click()
    expect(heading(tab)).to_contain_text(learning.leadership(language).title)
    main(tab).locator("input[name=name]").fill("Åsa Öberg")
    main(tab).locator("button[name=certify]").click()
    expect(main(tab)).to_contain_text("Åsa Öberg")
    [certificate] = Certificate.objects.filter(completion__user=user)
    address = main(tab).locator("a[href$='.pdf']").get_attribute("href")
    assert address
    pdf = tab.context.request.get(address)
    assert pdf.headers["content-type"] == "application/pdf"
    assert pdf.body().startswith(b"%PDF")
    return certificate


def answers_three_questions(tab: Page) -> None:
    for question in main(tab).locator("fieldset").all():
        question.get_by_role("radio").nth(3).check()
    main(tab).locator("button[name=evaluate]").click()
    expect(main(tab).locator("button[name=evaluate]")).to_have_count(0)
    [evaluation] = Evaluation.objects.filter(completion__user__email=ADDRESS)
    assert (evaluation.useful, evaluation.clear, evaluation.recommend) == (4, 4, 4)


@pytest.mark.parametrize(("width", "language"), [(320, "sv"), (1440, "sv"), (320, "en")])
def test_a_manager_takes_the_course_from_the_first_click_to_the_certificate(
    page: Page, browser: Browser, server: str, width: int, language: str
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    starts_without_an_account(page, language)
    keeps_the_progress(page, language)
    with learner.another_browser(browser, server, viewport={"width": 320, "height": 700}) as phone:
        goes_on_where_it_was(phone, language)
        fails_reads_again_and_passes(phone, language)
        certificate = gets_a_certificate(phone, language)
        answers_three_questions(phone)
    with learner.another_browser(browser, server) as stranger:
        response = stranger.goto(f"/intyg/{certificate.code}?language={language}")
        assert response
        assert response.ok
        for told in ("Åsa Öberg", learning.leadership(language).title):
            expect(main(stranger)).to_contain_text(told)
        expect(stranger.locator("html")).to_have_attribute("lang", language)


# -- with the keyboard alone ------------------------------------------------------------------


def tab_to(tab: Page, selector: str) -> None:
    for _ in range(MOST_STOPS):
        tab.keyboard.press("Tab")
        if tab.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"Tab does not reach {selector}")


def press_keys(tab: Page, name: str, values: list[str]) -> None:
    """Chooses by Tab, the arrows and Space."""
    field = tab.locator(f"[name='{name}']").first
    kind = field.evaluate("one => one.type")
    if kind == "checkbox":
        offered = tab.locator(f"[name='{name}']").evaluate_all("all => all.map((one) => one.value)")
        for value in sorted(values, key=offered.index):
            tab_to(tab, f"[name='{name}'][value='{value}']")
            tab.keyboard.press("Space")
        return
    tab_to(tab, f"[name='{name}']")
    if kind == "radio":
        tab.keyboard.press("Space")
    for _ in range(20):
        chosen = tab.evaluate("document.activeElement.value")
        if chosen == values[0]:
            return
        tab.keyboard.press("ArrowDown")
    raise AssertionError(f"the arrows do not reach {values[0]}")


def test_a_quiz_is_taken_with_the_keyboard_alone(page: Page) -> None:
    module = cast.module_page(QUIZ_OF_EVERY_KIND)
    page.goto(learning.quiz_start("sv"))
    tab_to(page, "button[value=start]")
    page.keyboard.press("Enter")
    for _ in module.quiz:
        learner.fill(page, cast.right(learner.asked(page, module)), by=press_keys)
        tab_to(page, ".ask button")
        page.keyboard.press("Enter")
        expect(learner.following(page)).to_be_visible()
        tab_to(page, ".answered ~ .actions a")
        page.keyboard.press("Enter")
    expect(page.locator(".reviewed")).to_be_visible()
    expect(page.locator(".wrong")).to_have_count(0)


# -- without JavaScript -----------------------------------------------------------------------


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_a_whole_module_is_taken_without_javascript(page: Page) -> None:
    module = cast.module_page(QUIZ_OF_EVERY_KIND)
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(module.url)
    page.locator(".status .button").click()
    learner.read_on(page, module)
    kinds = set()
    learner.begin_quiz(page).click()
    for _ in module.quiz:
        question = learner.asked(page, module)
        kinds.add(question.kind)
        learner.fill(page, cast.right(question))
        learner.answer(page).click()
        learner.following(page).click()
    assert kinds == {"one", "several", "truth", "match", "order", "case", "scale"}
    expect(page.locator(".reviewed")).to_be_visible()
    expect(page.locator(".wrong")).to_have_count(0)
    expect(page.locator(".keep")).to_be_visible()
    assert page.context.cookies() == []
