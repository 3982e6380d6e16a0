"""Addresses of what learners see on their way: a guest's by a token, an account's by a sign-in."""

from collections.abc import Callable, Iterable

from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page

from agencies.models import User
from courses.domain.answers import Fields
from courses.domain.spec import Question
from courses.guest import Guest
from courses.journey import Journey
from courses.models import Certificate, Completion, CoursePage, LessonPage, ModulePage, Unit
from courses.quizzing import GuestQuiz
from courses.services.certifying import make_certificate
from home.permanent import permanent_id
from tests.courses import cast

# Its quiz has a question of every kind.
MODULE = "goal-to-operations"
# Who has done much and who has done nothing.
BUSY, NEW = "busy@test.example.org", "new@test.example.org"
Answer = Callable[[Question], Fields]


def module_page(language: str) -> ModulePage:
    return cast.module_page(MODULE, language)


def lesson_page(language: str, place: int = 0) -> LessonPage:
    return cast.lesson_pages(module_page(language))[place]


def leadership(language: str) -> CoursePage:
    return cast.course_page(cast.LEADERSHIP, language)


# -- without an account -----------------------------------------------------------------------


def guest_journey(guest: Guest, language: str) -> Journey:
    course = permanent_id(leadership(language).translation_key)
    return Journey(None, guest, course, language)


def lesson_of_a_guest(language: str) -> str:
    """The second lesson, for who has done the first."""
    guest = Guest().with_lesson(str(lesson_page(language).translation_key))
    return f"{lesson_page(language, 1).url}{guest_journey(guest, language).query}"


def quiz_start(language: str) -> str:
    return cast.url("quiz", module_page(language), language)


def question_asked(kind: str, language: str) -> str:
    taking = _begun(language)
    return _at(taking, language, question=_first(taking, kind).id)


def question_answered(kind: str, answer: Answer, language: str) -> str:
    taking = _begun(language)
    question = _first(taking, kind)
    _answer(taking, [question], answer)
    return _at(taking, language, question=question.id)


def result(answer: Answer, language: str) -> str:
    taking = _begun(language)
    _answer(taking, _asked(taking), answer)
    return _at(taking, language, result="1")


def _begun(language: str) -> GuestQuiz:
    taking = GuestQuiz(Guest(), cast.quiz_of(cast.unit(module_page(language))), language)
    taking.start(timezone.now())
    return taking


def _asked(taking: GuestQuiz) -> tuple[Question, ...]:
    state = taking.latest()
    assert state
    return state.asked


def _first(taking: GuestQuiz, kind: str) -> Question:
    return next(one for one in _asked(taking) if one.kind == kind)


def _answer(taking: GuestQuiz, questions: Iterable[Question], answer: Answer) -> None:
    for question in questions:
        state = taking.latest()
        assert state
        taking.answer(state.key, question.id, answer(question), timezone.now())


def _at(taking: GuestQuiz, language: str, **more: str) -> str:
    query = guest_journey(taking.guest, language).query_with(taking.guest, **more)
    return f"{quiz_start(language)}{query}"


def whole_module(language: str, query: str = "") -> str:
    return f"{cast.url('whole_module', module_page(language), language)}{query}"


# -- with an account --------------------------------------------------------------------------


def nobody_new(language: str) -> str:
    _user(NEW)
    return cast.url("my_courses", language=language)


def busy() -> User:
    """Has two completed courses, one with a certificate and one to renew, and is in the third."""
    user, made = _user(BUSY)
    if made:
        now = timezone.now()
        cast.complete_all(user, _course(cast.TRAINER), now)
        cast.complete_all(user, _course(cast.LAW), now - 4000 * cast.DAY)
        course, module = cast.unit(leadership("sv")), cast.unit(module_page("sv"))
        cast.begin(user, course, now)
        first, *_others = cast.lessons_of(module)
        cast.read(user, first, now)
        for block in lesson_page("sv").body:
            if block.block_type == "reflection":
                cast.note(user, first, "Ta upp det med ledningen.\n\nI maj.", str(block.id))
        certificate(user)
    return user


def certificate(user: User) -> Certificate:
    completion = Completion.objects.get(user=user, unit=_course(cast.TRAINER))
    return make_certificate(
        completion=completion,
        name="Anna Persson",
        language="sv",
        site_name="Snäckan",
        address="https://example.org/{code}",
        now=timezone.now(),
    )


def for_busy(address: Callable[[str], str]) -> Callable[[str], str]:
    """The address, after its reader has been made."""

    def find(language: str) -> str:
        busy()
        return address(language)

    return find


def certificate_check(language: str) -> str:
    return f"/intyg/{certificate(busy()).code}?language={language}"


def completed(slug: str) -> Callable[[str], str]:
    return for_busy(lambda language: cast.url("course_completed", _course(slug), language))


def _course(slug: str) -> Unit:
    return cast.unit(cast.course_page(slug))


def _user(email: str) -> tuple[User, bool]:
    model = get_user_model()
    found = model.objects.filter(email=email).first()
    return (found, False) if found else (model.objects.create_user(email), True)


def sign_in(page: Page, user: User) -> str:
    """Gives the tab, and the others of its browser, a session of the user; returns its key."""
    client, name = Client(), settings.SESSION_COOKIE_NAME
    client.force_login(user)
    key = client.cookies[name].value
    page.context.add_cookies([{"name": name, "value": key, "domain": "127.0.0.1", "path": "/"}])
    return key
