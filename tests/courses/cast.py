"""Learners of the starter content, and what they do: by services, or by the forms of pages."""

import datetime
import itertools
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection, connections
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import translation
from lxml.html import FormElement

from agencies.models import Agency, AgencyKind, Membership, Role, User
from courses.domain.answers import Fields, as_fields
from courses.domain.drawing import drawn
from courses.domain.spec import Case, Choice, Match, Order, Question
from courses.guest import Guest, Run
from courses.journey import Journey
from courses.models import (
    Attempt,
    Completion,
    CoursePage,
    Enrolment,
    LessonPage,
    ModulePage,
    Reflection,
    Unit,
)
from courses.quizzing import GuestQuiz
from courses.selectors.course import CourseView, course_view
from courses.selectors.module import ModuleView, module_view
from courses.services.attempts import save_answer, start_attempt
from courses.services.enrolling import enrol
from courses.services.lessons import finish_lesson
from courses.services.reflecting import save_reflection
from courses.versions import compiled_course, compiled_quiz, current_version
from home.permanent import permanent_id
from tests.walk import parse

NOW = datetime.datetime(2026, 3, 2, 9, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)
HOUR = datetime.timedelta(hours=1)
# The courses of the starter content, by the slug of their English page.
LAW, TRAINER, LEADERSHIP = "law-basics", "train-the-trainer", "leadership"
# It is in two of them.
SHARED = "law-in-brief"
_numbers = itertools.count(1)

Post = tuple[Client, str, dict[str, Any]]


# -- people ------------------------------------------------------------------------------------


def agency(name: str = "Provmyndigheten") -> Agency:
    return Agency.objects.create(key=f"test-{next(_numbers)}", name=name, kind=AgencyKind.OTHER)


def learner(at: Agency | None = None, **fields: Any) -> User:
    user = User.objects.create_user(f"learner{next(_numbers)}@test.example.org", **fields)
    if at:
        member(user, at)
    return user


def member(user: User, at: Agency, since: datetime.datetime = NOW - 400 * DAY) -> Membership:
    return Membership.objects.create(
        user=user, agency=at, role=Role.LEARNER, start=since.date(), end=None
    )


def browser(user: User | None = None, strict: bool = False) -> Client:
    client = Client(enforce_csrf_checks=strict)
    if user:
        client.force_login(user)
    return client


# -- what there is to learn ---------------------------------------------------------------------


def _page(model: Any, slug: str, language: str) -> Any:
    english = model.objects.get(slug=slug, locale__language_code="en")
    pages = model.objects.filter(translation_key=english.translation_key)
    return pages.select_related("locale").get(locale__language_code=language)


def course_page(slug: str = LAW, language: str = "sv") -> CoursePage:
    return _page(CoursePage, slug, language)


def module_page(slug: str = SHARED, language: str = "sv") -> ModulePage:
    return _page(ModulePage, slug, language)


def lesson_pages(module: Any) -> list[LessonPage]:
    pages = LessonPage.objects.live().child_of(module).order_by("path")
    return list(pages.select_related("locale"))


def unit(page: Any) -> Unit:
    return Unit.objects.get(key=page.translation_key)


def quiz_of(module: Unit) -> Unit:
    return module.parts.get(kind="quiz")


def lessons_of(module: Unit) -> list[Unit]:
    page = ModulePage.objects.get(translation_key=module.key, locale__language_code="sv")
    return [unit(lesson) for lesson in lesson_pages(page)]


def modules_of(course: Unit) -> list[Unit]:
    spec = compiled_course(current_version(course, "sv")).structure
    return [Unit.objects.get(key=key) for key in spec.modules]


def change(page: Any, **fields: Any) -> Any:
    """Publishes a page with other fields."""
    fresh = type(page).objects.get(pk=page.pk)
    for name, value in fields.items():
        setattr(fresh, name, value)
    fresh.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def add_lesson(module: Any, title: str) -> LessonPage:
    lesson = LessonPage(
        title=title,
        search_description="En lektion som bara finns i ett test.",
        minutes=5,
        locale=module.locale,
        body=[("text", "<p>Något nytt.</p>")],
    )
    type(module).objects.get(pk=module.pk).add_child(instance=lesson)
    lesson.save_revision().publish()
    return lesson


# -- what learners do ---------------------------------------------------------------------------


def begin(user: User, what: Unit, now: datetime.datetime = NOW, language: str = "sv") -> Enrolment:
    return enrol(user=user, unit=what, language=language, now=now)


def read(user: User, lesson: Unit, now: datetime.datetime = NOW, language: str = "sv") -> None:
    finish_lesson(user=user, lesson=lesson, language=language, now=now)


def read_all(user: User, module: Unit, now: datetime.datetime = NOW) -> None:
    for lesson in lessons_of(module):
        read(user, lesson, now)


def right(question: Question) -> Fields:
    """The fields that answer a question rightly; to a scale, a step."""
    return as_fields(question, _response(question, wrong=False))


def wrong(question: Question) -> Fields:
    return as_fields(question, _response(question, wrong=True))


def _response(question: Question, wrong: bool) -> Any:
    if isinstance(question, Case):
        return {part.id: _response(part, wrong) for part in question.questions}
    if isinstance(question, Match):
        ids = list(question.pairs)
        return dict(zip(ids, ids[1:] + ids[:1] if wrong else ids, strict=True))
    if isinstance(question, Order):
        return list(reversed(question.items) if wrong else question.items)
    if isinstance(question, Choice):
        ids = [option.id for option in question.options if option.right is not wrong]
        return (ids[:1] if wrong else ids) if question.kind == "several" else ids[0]
    return 4


def start(user: User, module: Unit, now: datetime.datetime = NOW, language: str = "sv") -> Attempt:
    return start_attempt(user=user, quiz=quiz_of(module), language=language, now=now)


def asked(attempt: Attempt) -> tuple[Question, ...]:
    return drawn(compiled_quiz(attempt.version).structure, attempt.seed)


def answer(
    user: User, attempt: Attempt, question: Question, fields: Fields,
    now: datetime.datetime = NOW,
) -> Attempt:  # fmt: skip
    return save_answer(
        user=user, attempt_key=attempt.key, question_id=question.id, fields=fields, now=now
    )


def take_quiz(
    user: User, module: Unit, now: datetime.datetime = NOW, passing: bool = True,
    questions: int | None = None,
) -> Attempt:  # fmt: skip
    """Begins the quiz, or goes on with it, and answers all of its questions or the first few."""
    attempt = start(user, module, now)
    for question in asked(attempt)[:questions]:
        answer(user, attempt, question, (right if passing else wrong)(question), now)
    attempt.refresh_from_db()
    return attempt


def complete(user: User, module: Unit, now: datetime.datetime = NOW) -> None:
    read_all(user, module, now)
    take_quiz(user, module, now)


def complete_all(user: User, course: Unit, now: datetime.datetime = NOW) -> Completion:
    """Begins a course and completes all of its modules, and so the course."""
    begin(user, course, now)
    for module in modules_of(course):
        complete(user, module, now)
    return Completion.objects.filter(user=user, unit=course).latest("cycle")


def note(user: User, lesson: Unit, text: str, prompt: str = "prompt") -> Reflection:
    save_reflection(
        user=user, lesson=lesson, prompt=prompt, question="Vad ser du?", text=text, now=NOW
    )
    return Reflection.objects.get(user=user, prompt=prompt)


def completed(user: User) -> set[Unit]:
    return {one.unit for one in Completion.objects.filter(user=user).select_related("unit")}


def course_seen(user: User | None, page: CoursePage, guest: Guest | None = None) -> CourseView:
    return course_view(page, Journey(user, guest or Guest(), "", page.locale.language_code))


def module_seen(user: User | None, page: ModulePage) -> ModuleView:
    return module_view(page, Journey(user, Guest(), "", page.locale.language_code))


def run_at(module: Unit, passing: bool = True, questions: int | None = None) -> Run:
    """An attempt as a guest's address holds it, made by answering as a guest does."""
    taking = GuestQuiz(Guest(), quiz_of(module), "sv")
    taking.start(NOW)
    state = taking.latest()
    for question in state.asked[:questions]:
        fields = (right if passing else wrong)(question)
        taking.answer(state.key, question.id, fields, NOW)
    return taking.guest.run_of(str(taking.unit.key))


# -- forms of pages --------------------------------------------------------------------------------


def url(name: str, what: Any = None, language: str = "sv") -> str:
    """The address of a view; `what` is a unit or a page."""
    with translation.override(language):
        code = getattr(what, "key", None) or getattr(what, "translation_key", None)
        return reverse(name, args=[permanent_id(code)] if code else [])


def forms(response: HttpResponse, address: str) -> list[FormElement]:
    """The forms of a page that are sent to an address."""
    return [form for form in parse(response).forms if form.action == address]


def sent_by(form: FormElement, **more: Any) -> dict[str, Any]:
    """What a browser sends for the form as it stands, with `more` filled in."""
    fields: dict[str, Any] = {}
    for name, value in form.form_values():
        fields.setdefault(name, []).append(value)
    return {**fields, **more}


def press(client: Client, form: FormElement, follow: bool = True, **more: Any) -> HttpResponse:
    return client.post(form.action, sent_by(form, **more), follow=follow)


def shown_question(module: Unit, form: FormElement) -> Question:
    """The question that a form of a quiz asks."""
    spec = compiled_quiz(current_version(quiz_of(module), "sv")).structure
    question = spec.question(form.fields["question"])
    assert question, "the page asks no question of the quiz"
    return question


def submit_shown(client: Client, response: HttpResponse, address: str) -> HttpResponse:
    """Hands the attempt in that a page shows a question of."""
    return press(client, forms(response, address)[-1], action="submit")


# -- at the same moment ----------------------------------------------------------------------------


def at_once(jobs: Sequence[Callable[[], Any]]) -> list[Any]:
    """All jobs begin in the same moment. What each gave, or the name of its fault."""
    gate = threading.Barrier(len(jobs))

    def run(job: Callable[[], Any]) -> Any:
        try:
            # Connects before the gate opens.
            Unit.objects.exists()
            gate.wait()
            return job()
        except Exception as fault:
            return f"{type(fault).__name__}: {fault}"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def post(posts: Sequence[Post]) -> list[Any]:
    """The statuses of posts that are sent in the same moment."""
    return at_once(
        [
            lambda client=client, to=to, sent=sent: client.post(to, sent).status_code
            for client, to, sent in posts
        ]
    )


@contextmanager
def copied(folder: Path) -> Iterator[dict[str, str]]:
    """A copy of the suite's database; the environment in which the settings use it."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(folder / "snackan.sqlite3")) as copy:
            connection.connection.backup(copy)
        yield {"DATA_DIR": str(folder), "TEST_DATABASE_URL": ""}
        return
    name = f"{connection.settings_dict['NAME']}_races_{os.getpid()}"
    template = connection.settings_dict["NAME"]
    given = {
        key: connection.settings_dict[key.upper()] for key in ("host", "port", "user", "password")
    }
    # PostgreSQL copies what nobody is connected to.
    connection.close()
    with psycopg.connect(dbname="postgres", autocommit=True, **given) as server:
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        try:
            who = f"{given['user']}:{given['password']}".rstrip(":")
            yield {"TEST_DATABASE_URL": f"postgres://{who}@{given['host']}:{given['port']}/{name}"}
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
