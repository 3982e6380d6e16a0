"""Forms that come when the session is gone, when their token is too old, or from elsewhere."""

import uuid
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from agencies.models import User
from courses.domain.spec import Choice
from courses.guest import Guest, to_token
from courses.models import (
    Answer,
    Attempt,
    Certificate,
    Enrolment,
    LessonDone,
    Reflection,
    Unit,
)
from tests.codes import DOOR, ask, is_in
from tests.courses import cast
from tests.courses.cast import SHARED, TRAINER, forms, press, sent_by, url
from tests.walk import each_language, parse

pytestmark = pytest.mark.django_db

ELSEWHERE = {"origin": "https://elsewhere.example.org"}


@pytest.fixture
def anna() -> User:
    return cast.learner()


@pytest.fixture
def module() -> Unit:
    return cast.unit(cast.module_page(SHARED))


@pytest.fixture
def lesson(module: Unit) -> Unit:
    """One with a place for a note."""
    pages = cast.lesson_pages(cast.module_page(SHARED))
    noted = [page for page in pages if any(one.block_type == "reflection" for one in page.body)]
    return cast.unit(noted[0])


def page_of(lesson: Unit, language: str = "sv") -> str:
    pages = cast.lesson_pages(cast.module_page(SHARED, language))
    return next(page.url for page in pages if page.translation_key == lesson.key)


def sign_in_again(client: Client, user: User, answer: HttpResponse) -> HttpResponse:
    """By the door that the answer leads to, with a code; the page after it."""
    door, _mark, query = answer["Location"].partition("?")
    assert door in (DOOR, DOOR.replace("/sv/", "/en/"))
    code = ask(client, user.email, f"{door}?{query}")
    return client.post(f"{door}kod/?{query}", {"code": code}, follow=True)


def out(client: Client) -> None:
    """The session is gone from the server; the browser has its cookies still."""
    client.session.flush()


def open_question(client: Client, module: Unit) -> HttpResponse:
    address = url("quiz", module)
    [begin] = forms(client.get(address), address)
    return press(client, begin, action="start")


# -- the session is gone -------------------------------------------------------------------------


@each_language
def test_a_lesson_that_is_done_when_the_session_is_gone_is_done(
    anna: User, lesson: Unit, language: str
) -> None:
    client = cast.browser(anna)
    [form] = forms(client.get(page_of(lesson, language)), url("lesson_done", lesson, language))
    out(client)
    answer = press(client, form, follow=False)
    assert not LessonDone.objects.exists()
    after = sign_in_again(client, anna, answer)
    assert LessonDone.objects.get().user == anna
    assert after.redirect_chain[-1][0] != page_of(lesson, language), "the next step is shown"
    assert after.status_code == 200


def test_a_note_that_is_sent_when_the_session_is_gone_is_kept(anna: User, lesson: Unit) -> None:
    client = cast.browser(anna)
    [form, *_others] = forms(client.get(page_of(lesson)), url("lesson_note", lesson))
    out(client)
    answer = press(client, form, follow=False, text="Innan det glöms")
    assert not Reflection.objects.exists()
    after = sign_in_again(client, anna, answer)
    note = Reflection.objects.get()
    assert (note.user, note.text) == (anna, "Innan det glöms")
    assert "Innan det glöms" in after.content.decode()


@pytest.mark.parametrize("letter", ["x", "å", "я", "😀"])
def test_a_note_of_any_script_waits_as_long_as_it_may_be(
    anna: User, lesson: Unit, letter: str
) -> None:
    client = cast.browser(anna)
    [form, *_others] = forms(client.get(page_of(lesson)), url("lesson_note", lesson))
    out(client)
    sign_in_again(client, anna, press(client, form, follow=False, text=letter * 5000))
    assert Reflection.objects.get().text == letter * 5000


def test_an_answer_that_is_sent_when_the_session_is_gone_is_saved(anna: User, module: Unit) -> None:
    client = cast.browser(anna)
    [form, *_others] = forms(open_question(client, module), url("quiz", module))
    question = cast.shown_question(module, form)
    out(client)
    answer = press(client, form, follow=False, **cast.right(question))
    assert not Answer.objects.exists()
    after = sign_in_again(client, anna, answer)
    assert Answer.objects.get().question == question.id
    assert forms(after, url("quiz", module)), "the next question is shown"


def test_several_forms_wait_and_each_is_carried_out_once(anna: User, module: Unit) -> None:
    client = Client()
    lessons = cast.lessons_of(module)
    for one in lessons:
        answer = client.post(url("lesson_done", one), {"account": str(anna.pk)})
    sign_in_again(client, anna, answer)
    assert {done.lesson for done in LessonDone.objects.filter(user=anna)} == set(lessons)
    client.logout()
    client.force_login(cast.learner())
    assert LessonDone.objects.count() == len(lessons)


# -- somebody else signs in ----------------------------------------------------------------------


@pytest.mark.parametrize("action", ["answer", "submit"])
def test_somebody_elses_attempt_is_refused_when_they_sign_in(
    anna: User, module: Unit, action: str
) -> None:
    client = cast.browser(anna)
    [form, *_others] = forms(open_question(client, module), url("quiz", module))
    fields = cast.right(cast.shown_question(module, form))
    out(client)
    answer = press(client, form, follow=False, **{**fields, "action": action})
    eva = cast.learner()
    after = sign_in_again(client, eva, answer)
    assert after.status_code == 200
    assert not Answer.objects.exists()
    assert Attempt.objects.get().submitted_at is None
    assert not Enrolment.objects.filter(user=eva).exists()


def test_a_note_does_not_become_that_of_whoever_signs_in(anna: User, lesson: Unit) -> None:
    client = cast.browser(anna)
    [form, *_others] = forms(client.get(page_of(lesson)), url("lesson_note", lesson))
    out(client)
    answer = press(client, form, follow=False, text="Annas")
    sign_in_again(client, cast.learner(), answer)
    assert not Reflection.objects.exists()


# -- what waits can have become impossible -------------------------------------------------------


def test_what_cannot_be_carried_out_any_more_keeps_nobody_out(anna: User, module: Unit) -> None:
    client, lesson = Client(), cast.lessons_of(module)[0]
    quizless, hers = Unit.objects.create(key=uuid.uuid4(), kind="module"), {"account": str(anna.pk)}
    client.post(url("quiz", quizless), {**hers, "action": "start"})
    client.post(url("quiz", module), {**hers, "action": "answer", "attempt": "xyzzyx"})
    client.post(url("quiz", module), {**hers, "action": "xyzzyx"})
    client.post(url("lesson_note", lesson), {**hers, "prompt": "xyzzyx", "text": "a"})
    answer = client.post(url("lesson_done", lesson), hers)
    sign_in_again(client, anna, answer)
    assert is_in(client)
    assert LessonDone.objects.filter(user=anna).count() == 1


def test_a_lesson_that_is_deleted_while_it_waits_keeps_nobody_out(anna: User, module: Unit) -> None:
    client = Client()
    lesson = Unit.objects.create(key=uuid.uuid4(), kind="lesson", part_of=module)
    answer = client.post(url("lesson_done", lesson), {"account": str(anna.pk)})
    lesson.delete()
    sign_in_again(client, anna, answer)
    assert is_in(client)


# -- the token is too old ------------------------------------------------------------------------


def send_lesson(client: Client, lesson: Unit, module: Unit) -> tuple[HttpResponse, Callable]:
    [form] = forms(client.get(page_of(lesson)), url("lesson_done", lesson))
    answer = client.post(form.action, sent_by(form, csrfmiddlewaretoken="x" * 64))
    return answer, lambda: LessonDone.objects.count() == 1


def send_note(client: Client, lesson: Unit, module: Unit) -> tuple[HttpResponse, Callable]:
    [form, *_others] = forms(client.get(page_of(lesson)), url("lesson_note", lesson))
    text = 'Två\nrader & "citat" <b>'
    fields = sent_by(form, text=text, csrfmiddlewaretoken="x" * 64)
    return client.post(form.action, fields), lambda: Reflection.objects.get().text == text


def send_answer(client: Client, lesson: Unit, module: Unit) -> tuple[HttpResponse, Callable]:
    """To a question with several right answers, all of which must come through."""
    module = cast.unit(cast.module_page("goal-to-operations"))
    page = open_question(client, module)
    while True:
        [form, *_others] = forms(page, url("quiz", module))
        question = cast.shown_question(module, form)
        if isinstance(question, Choice) and len(question.right) > 1:
            break
        press(client, form, **cast.right(question))
        page = client.get(url("quiz", module))
    fields = sent_by(form, **{**cast.right(question), "csrfmiddlewaretoken": "x" * 64})
    answer = client.post(form.action, fields)
    saved = Answer.objects.filter(question=question.id)
    return answer, lambda: sorted(saved.get().response) == sorted(question.right)


@pytest.mark.parametrize("send", [send_lesson, send_note, send_answer])
def test_what_was_sent_with_a_token_that_is_too_old_is_sent_by_one_press(
    anna: User, lesson: Unit, module: Unit, send: Callable
) -> None:
    client = cast.browser(anna, strict=True)
    answer, is_done = send(client, lesson, module)
    assert answer.status_code == 403
    rows = (LessonDone.objects.count(), Reflection.objects.count())
    assert rows == (0, 0)
    [again] = forms(answer, answer.wsgi_request.path)
    assert press(client, again).status_code == 200
    assert is_done()


def test_a_form_from_before_the_sign_in_is_sent_by_one_press(anna: User, lesson: Unit) -> None:
    """It was opened without an account, so it has no token at all."""
    client = Client(enforce_csrf_checks=True)
    [form] = forms(client.get(page_of(lesson)), url("lesson_done", lesson))
    client.force_login(anna)
    answer = press(client, form)
    assert answer.status_code == 403
    [again] = forms(answer, form.action)
    press(client, again)
    assert LessonDone.objects.get().user == anna


@pytest.mark.parametrize("name", ["course_start", "newest_version", "course_completed"])
def test_nothing_of_an_account_is_changed_without_a_token(anna: User, name: str) -> None:
    course = cast.unit(cast.course_page(TRAINER))
    if name == "course_completed":
        cast.complete_all(anna, course)
    client = cast.browser(anna, strict=True)
    sent = {"certify": "1", "name": "Anna", "answer": "adopt", "renew": "1"}
    assert client.post(url(name, course), sent).status_code == 403
    assert not Certificate.objects.exists()
    assert Enrolment.objects.filter(unit=course).exists() == (name == "course_completed")


# -- from elsewhere ------------------------------------------------------------------------------


def test_a_page_elsewhere_can_leave_nothing_to_be_carried_out(anna: User, lesson: Unit) -> None:
    """Cookies are not sent from there, so it looks as if the session were gone."""
    client = Client()
    token = to_token(Guest().with_lesson(str(lesson.key)))
    sent = {"account": str(anna.pk), "progress": token, "text": "Från annat håll", "prompt": "p"}
    for name in ("lesson_done", "lesson_note", "keep_progress"):
        target = url(name, lesson if name != "keep_progress" else None)
        answer = client.post(target, sent, headers=ELSEWHERE)
        assert not answer.cookies, name
        assert answer.status_code == 403
    client.force_login(anna)
    assert not LessonDone.objects.exists()
    assert not Reflection.objects.exists()


def test_a_guest_whose_browser_hides_where_a_form_was_can_send_it_again(lesson: Unit) -> None:
    client = Client(enforce_csrf_checks=True)
    [form] = forms(client.get(page_of(lesson)), url("lesson_done", lesson))
    answer = client.post(form.action, sent_by(form), headers={"origin": "null"})
    assert not answer.cookies
    [again] = forms(answer, form.action)
    here = {"origin": "http://testserver"}
    after = client.post(again.action, sent_by(again), headers=here)
    assert "progress=" in after["Location"]
    assert not parse(answer).xpath("//input[@name='csrfmiddlewaretoken']")
