"""What a learner does is neither lost nor done twice: connection, session, clicks, tabs, back.

Each tab here may fail to reach the site, so they are not those that let no trouble pass.
"""

from collections.abc import Iterator

import pytest
from django.contrib.sessions.models import Session
from django.utils.translation import gettext, override
from playwright.sync_api import Browser, Page, expect

from agencies.models import User
from courses.models import Answer, Attempt, Enrolment, LessonDone, ModulePage
from tests.browser import learner, learning
from tests.browser.spots import LANGUAGES
from tests.courses import cast

LOST = "No connection just now. Your answer is still here, and we try again by ourselves."
LONG = 15_000


@pytest.fixture
def tab(browser: Browser, server: str, shared_connection: None) -> Iterator[Page]:
    with learner.another_browser(browser, server) as tab:
        yield tab


@pytest.fixture
def user(db: None) -> User:
    return cast.learner()


def module(language: str = "sv") -> ModulePage:
    return learning.module_page(language)


def begin(tab: Page, user: User, language: str = "sv") -> str:
    """Signs in and begins the quiz; returns the key of the session."""
    key = learning.sign_in(tab, user)
    tab.goto(learning.quiz_start(language))
    learner.begin_quiz(tab).click()
    expect(learner.answer(tab)).to_be_visible()
    return key


def give_right(tab: Page, language: str = "sv") -> str:
    """Fills the question in, and returns its id."""
    question = learner.asked(tab, module(language))
    learner.fill(tab, cast.right(question))
    return question.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_waits_for_a_lost_connection_and_is_saved_once(
    tab: Page, user: User, language: str
) -> None:
    begin(tab, user, language)
    question = give_right(tab, language)
    tab.context.set_offline(True)
    learner.answer(tab).click()
    with override(language):
        expect(tab.get_by_role("status")).to_have_text(gettext(LOST))
    learner.answer(tab).click(force=True)
    chosen = tab.locator(".ask :checked:not([value=''])")
    expect(chosen.first).to_be_attached()
    assert not Answer.objects.filter(attempt__user=user).exists()
    tab.context.set_offline(False)
    expect(learner.following(tab)).to_be_visible(timeout=LONG)
    [saved] = Answer.objects.filter(attempt__user=user)
    assert saved.question == question


def test_an_answer_is_saved_when_the_site_was_away_for_a_moment(tab: Page, user: User) -> None:
    begin(tab, user)
    give_right(tab)
    tab.route("**/fragor/", lambda route: route.fulfill(status=502, body="Bad gateway"), times=1)
    learner.answer(tab).click()
    expect(tab.get_by_role("status")).not_to_be_empty()
    expect(learner.following(tab)).to_be_visible(timeout=LONG)
    assert Answer.objects.filter(attempt__user=user).count() == 1


def test_an_answer_is_in_after_a_session_that_ran_out(tab: Page, user: User) -> None:
    key = begin(tab, user)
    question = give_right(tab)
    Session.objects.filter(session_key=key).delete()
    learner.answer(tab).click()
    learner.sign_in_by_code(tab, user.email)
    expect(tab.locator(".quiz__progress")).to_contain_text("1")
    [saved] = Answer.objects.filter(attempt__user=user)
    assert saved.question == question


def test_a_note_is_in_after_a_session_that_ran_out(tab: Page, user: User) -> None:
    key = learning.sign_in(tab, user)
    tab.goto(learning.lesson_page("sv").url)
    tab.locator(".think textarea").first.fill("Fråga ledningen i maj.")
    Session.objects.filter(session_key=key).delete()
    tab.locator(".think button").first.click()
    learner.sign_in_by_code(tab, user.email)
    expect(tab.locator(".think textarea").first).to_have_value("Fråga ledningen i maj.")
    expect(tab.locator(".think").first).to_be_in_viewport()


def test_a_double_click_on_any_button_does_it_once(tab: Page, user: User) -> None:
    learning.sign_in(tab, user)
    tab.goto(learning.leadership("sv").url)
    tab.locator(".status button").dblclick()
    expect(learner.done(tab)).to_be_visible()
    assert Enrolment.objects.filter(user=user, unit__kind="course").count() == 1
    tab.goto(learning.lesson_page("sv").url)
    learner.done(tab).dblclick()
    expect(learner.heading(tab)).to_have_text(learning.lesson_page("sv", 1).title)
    assert LessonDone.objects.filter(user=user).count() == 1

    tab.goto(learning.quiz_start("sv"))
    learner.begin_quiz(tab).dblclick()
    expect(learner.answer(tab)).to_be_visible()
    give_right(tab)
    learner.answer(tab).dblclick()
    expect(learner.following(tab)).to_be_visible()
    learner.following(tab).dblclick()
    expect(learner.answer(tab)).to_be_visible()
    tab.locator(".ask__end summary").click()
    tab.locator("button[value=submit]").dblclick()
    expect(tab.locator(".reviewed")).to_be_visible()
    [attempt] = Attempt.objects.filter(user=user)
    assert attempt.submitted_at
    assert attempt.answers.count() == 1


def test_a_double_click_on_keep_keeps_once(tab: Page, db: None) -> None:
    tab.goto(learning.lesson_of_a_guest("sv"))
    tab.locator(".keep button").dblclick()
    learner.sign_in_by_code(tab, "kept@test.example.org")
    expect(learner.heading(tab)).to_have_text(learning.lesson_page("sv", 1).title)
    kept = User.objects.get(email="kept@test.example.org")
    assert LessonDone.objects.filter(user=kept).count() == 1
    assert Enrolment.objects.filter(user=kept, unit__kind="course").count() == 1


def test_a_second_tab_shows_what_the_first_has_saved(tab: Page, user: User) -> None:
    begin(tab, user)
    second = tab.context.new_page()
    second.goto(learning.quiz_start("sv"))
    question = give_right(tab)
    asked = learner.asked(second, module())
    assert asked.id == question, "both tabs go on with the same attempt"
    learner.answer(tab).click()
    expect(learner.following(tab)).to_be_visible()
    learner.fill(second, cast.wrong(asked))
    learner.answer(second).click()
    expect(learner.following(second)).to_be_visible()
    expect(second.locator(".answered")).to_have_text(tab.locator(".answered").inner_text())
    assert Answer.objects.filter(attempt__user=user).count() == 1


@pytest.mark.parametrize("account", [True, False])
def test_the_way_back_leads_to_the_saved_answer(tab: Page, user: User, account: bool) -> None:
    if account:
        learning.sign_in(tab, user)
    tab.goto(learning.quiz_start("sv"))
    learner.begin_quiz(tab).click()
    give_right(tab)
    learner.answer(tab).click()
    expect(learner.following(tab)).to_be_visible()
    said = tab.locator(".answered").inner_text()
    learner.following(tab).click()
    expect(learner.answer(tab)).to_be_visible()
    tab.go_back()
    expect(tab.locator(".answered")).to_have_text(said)
    learner.following(tab).click()
    expect(learner.answer(tab)).to_be_visible()
    give_right(tab)
    learner.answer(tab).click()
    expect(tab.locator(".quiz__progress")).to_contain_text("2")


def test_a_result_that_is_loaded_again_stays_the_same(tab: Page, user: User) -> None:
    begin(tab, user)
    tab.locator(".ask__end summary").click()
    tab.locator("button[value=submit]").click()
    said = tab.locator(".quiz__progress").inner_text()
    tab.reload()
    expect(tab.locator(".quiz__progress")).to_have_text(said)
    expect(tab.locator(".reviewed")).to_be_visible()
    assert Attempt.objects.filter(user=user).count() == 1
