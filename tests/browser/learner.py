"""What a learner does in a browser: answers questions, rightly or wrongly, and signs in."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core import mail
from playwright.sync_api import Browser, Locator, Page, expect

from courses.domain.answers import Fields
from courses.domain.spec import Question
from courses.models import ModulePage
from courses.versions import compiled_quiz, current_version
from tests.codes import code_in
from tests.courses import cast

Fill = Callable[[Page, str, list[str]], None]


def main(tab: Page) -> Locator:
    return tab.get_by_role("main")


def heading(tab: Page) -> Locator:
    return main(tab).get_by_role("heading", level=1)


@contextmanager
def another_browser(browser: Browser, server: str, **more: Any) -> Iterator[Page]:
    """A tab that shares no cookie with the others."""
    with browser.new_context(base_url=server, reduced_motion="reduce", **more) as context:
        yield context.new_page()


def sign_in_by_code(tab: Page, email: str) -> None:
    """On the page to sign in, with the code that is sent."""
    main(tab).get_by_role("textbox").fill(email)
    main(tab).get_by_role("button").first.click()
    expect(tab.locator("[autocomplete=one-time-code]")).to_be_visible()
    main(tab).get_by_role("textbox").fill(code_in(str(mail.outbox[-1].body)))
    main(tab).get_by_role("button").first.click()


# -- lessons ----------------------------------------------------------------------------------


def done(tab: Page) -> Locator:
    """The button at the end of a lesson."""
    return tab.locator(".onwards .button").first


def read_on(tab: Page, module: ModulePage, begin_at: int = 0) -> None:
    """Reads the lessons of a module to the end; the first of them is open."""
    for lesson in cast.lesson_pages(module)[begin_at:]:
        expect(heading(tab)).to_have_text(lesson.title)
        done(tab).click()


# -- the quiz ---------------------------------------------------------------------------------


def begin_quiz(tab: Page) -> Locator:
    return main(tab).locator("button[name=action][value=start]")


def asked(tab: Page, module: ModulePage) -> Question:
    """The question on the page."""
    key = tab.locator(".ask [name=question]").get_attribute("value")
    language = module.locale.language_code
    quiz = compiled_quiz(current_version(cast.quiz_of(cast.unit(module)), language))
    found = quiz.structure.question(key or "")
    assert found, "the page asks no question of the quiz"
    return found


def choose(tab: Page, name: str, values: list[str]) -> None:
    field = tab.locator(f"select[name='{name}']")
    if field.count():
        field.select_option(values[0])
    for value in [] if field.count() else values:
        tab.locator(f"input[name='{name}'][value='{value}']").check()


def fill(tab: Page, fields: Fields, by: Fill = choose) -> None:
    for name, values in fields.items():
        by(tab, name, list(values))


def answer(tab: Page) -> Locator:
    return tab.locator(".ask button")


def following(tab: Page) -> Locator:
    """The way from an answer to the next question, or to the result."""
    return tab.locator(".answered ~ .actions a")


def take_quiz(
    tab: Page, module: ModulePage, give: Callable[[Question], Fields], see: Callable[[], None]
) -> None:
    """Answers question after question until the result is there; `see` looks at each answer."""
    begin_quiz(tab).click()
    for _ in module.quiz:
        fill(tab, give(asked(tab, module)))
        answer(tab).click()
        expect(following(tab)).to_be_visible()
        see()
        following(tab).click()
    expect(tab.locator(".reviewed")).to_be_visible()
