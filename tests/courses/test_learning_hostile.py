"""Whatever is sent to an address of learning, the answer is a page and no fault."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from hypothesis import example, given, settings
from hypothesis import strategies as st

from courses.guest import Guest, to_token
from courses.services.certifying import make_certificate
from courses.urls import certificate_urls, urlpatterns
from home.permanent import permanent_id
from tests.courses import cast
from tests.courses.cast import NOW, SHARED, TRAINER
from tests.walk import LANGUAGES

pytestmark = pytest.mark.django_db

NAMES = [pattern.name for pattern in (*urlpatterns, *certificate_urls)]
PLAIN = ("my_courses", "my_notes", "keep_progress")
each_name = pytest.mark.parametrize("name", NAMES)
each_way_in = pytest.mark.parametrize("signed_in", [False, True], ids=["guest", "learner"])
FIELDS = [
    "action", "attempt", "question", "answer", "course", "progress", "account", "next", "renew",
    "prompt", "text", "name", "certify", "evaluate", "useful", "clear", "recommend", "words",
    "withdraw", "restore", "language", "guide", "result", "csrfmiddlewaretoken",
]  # fmt: skip
ODD = [
    "", " ", "\0", "a\0b", "1", "0", "-1", "٣", "1e9", "NaN", "None", "[]", "{}", "%00", "'\"",
    "start", "answer", "submit", "adopt", "decline", "sv", "en", "de", "/", "//", "/sv/", "//x.se",
    "abc", "my_courses", "javascript:alert(1)", "https://elsewhere.example.org/", "/sv/\r\nX: y",
    "http://[", "a:b:c", "\u202e\ufeff", "\U0001f600", "x" * 100_000, "å" * 30_000,
]  # fmt: skip


@dataclass
class World:
    """A learner who has something at every address, and what hostile forms can name."""

    client: Client
    codes: dict[str, str]
    values: list[str] = field(default_factory=list)

    def address(self, name: str, code: str | None = None, language: str = "sv") -> str:
        args = [] if name in PLAIN else [code or self.codes[name]]
        with translation.override(language):
            return reverse(name, args=args)


@pytest.fixture
def world(signed_in: bool) -> World:
    anna = cast.learner(cast.agency())
    course, module = cast.unit(cast.course_page(TRAINER)), cast.unit(cast.module_page(SHARED))
    completion = cast.complete_all(anna, course)
    certificate = make_certificate(
        completion=completion, name="Anna", language="sv", site_name="Snäckan",
        address="https://example.org/intyg/{code}", now=NOW,
    )  # fmt: skip
    attempt = cast.take_quiz(anna, module, questions=1)
    lesson = cast.lessons_of(module)[0]
    page = cast.lesson_pages(cast.module_page(SHARED))[0]
    codes = {
        **{name: permanent_id(course.key) for name in NAMES if name.startswith("course")},
        **{name: permanent_id(lesson.key) for name in NAMES if name.startswith("lesson")},
        **{name: certificate.code for name in NAMES if name.startswith("certificate")},
        "newest_version": permanent_id(course.key),
        "quiz": permanent_id(module.key),
        "whole_module": permanent_id(module.key),
    }
    token = to_token(Guest().with_lesson(str(lesson.key)))
    questions = [question.id for question in cast.asked(attempt)]
    prompts = [str(block.id) for block in page.body]
    client = cast.browser(anna if signed_in else None)
    values = [*codes.values(), str(attempt.key), token, *questions, *prompts]
    return World(client, codes, values)


def sendings(world: World) -> st.SearchStrategy[dict[str, list[str]]]:
    values = st.sampled_from([*world.values, *ODD]) | st.text(max_size=40)
    names = st.sampled_from([*FIELDS, *world.values]) | st.text(min_size=1, max_size=20)
    return st.dictionaries(names, st.lists(values, max_size=3), max_size=8)


def short(sent: dict[str, list[str]]) -> dict[str, list[str]]:
    """As much of it as a browser puts into an address."""
    return {name[:200]: [value[:2000] for value in values] for name, values in sent.items()}


@each_name
@each_way_in
def test_no_field_gives_a_fault(world: World, name: str) -> None:
    @settings(deadline=None, max_examples=15, database=None)
    @given(sent=sendings(world), query=sendings(world), language=st.sampled_from(LANGUAGES))
    def send(sent: dict[str, list[str]], query: dict[str, list[str]], language: str) -> None:
        address = world.address(name, language=language)
        for answer in (
            world.client.get(address, short(sent)),
            world.client.post(address, sent, query_params=short(query)),
        ):
            assert answer.status_code < 500

    send()


@each_way_in
def test_no_action_at_a_quiz_gives_a_fault(world: World) -> None:
    """Fields that fit each other nearly, so that they come far."""
    values = st.sampled_from([*world.values, *ODD])

    @settings(deadline=None, max_examples=40, database=None)
    @given(
        action=st.sampled_from(["start", "answer", "submit"]),
        attempt=values,
        question=values,
        answers=st.lists(st.tuples(values, values), max_size=4),
        account=st.sampled_from(["", "1"]),
    )
    def send(action: str, attempt: str, question: str, answers: Any, account: str) -> None:
        fields = {"action": action, "attempt": attempt, "question": question, "account": account}
        answer = world.client.post(world.address("quiz"), {**dict(answers), **fields}, follow=True)
        assert answer.status_code < 500

    send()


@each_way_in
def test_after_keeping_nobody_is_sent_astray(world: World) -> None:
    for wanted in [*ODD, *NAMES, "/\\x.se", "\\\\x.se", "/%09/x.se", "\t//x.se", "///x.se"]:
        answer = world.client.post(world.address("keep_progress"), {"next": wanted})
        assert answer.status_code in (302, 400), wanted
        if answer.status_code == 302:
            assert answer["Location"].startswith("/"), wanted
            assert not answer["Location"].startswith(("//", "/\\")), wanted


@each_way_in
def test_no_code_gives_a_fault(world: World) -> None:
    texts = st.text(min_size=1, max_size=30) | st.sampled_from([*world.codes.values(), *ODD[:40]])

    @settings(deadline=None, max_examples=25, database=None)
    @given(code=texts)
    @example(code="0" * 12)
    @example(code="f" * 12)
    @example(code="\0")
    @example(code="x" * 3000)
    def ask(code: str) -> None:
        for name in NAMES:
            if name in PLAIN:
                continue
            address = world.address(name, "CODE").replace("CODE", quote(code[:3000], safe=""))
            assert world.client.get(address).status_code < 500, name
            assert world.client.post(address, {"action": "start"}).status_code < 500, name

    ask()


@each_name
@each_way_in
def test_no_method_gives_a_fault(world: World, name: str) -> None:
    for method in ("head", "options", "put", "patch", "delete", "trace"):
        answer = getattr(world.client, method)(world.address(name))
        assert answer.status_code < 500, method


def bodies() -> Iterator[Any]:
    for content in (b"", b"action=%ff%fe", b"\xff\xfe\x80=1", b"text[]=1&text=", b"\x00", b"{"):
        for kind in (
            "application/x-www-form-urlencoded", "multipart/form-data", "application/json",
            "multipart/form-data; boundary=x", "text/plain; charset=xyzzyx", "",
        ):  # fmt: skip
            yield content, kind


@each_name
@each_way_in
def test_bytes_that_are_no_form_are_answered(world: World, name: str) -> None:
    for content, kind in bodies():
        answer = world.client.generic("POST", world.address(name), content, kind)
        assert answer.status_code < 500, (content, kind)


@each_way_in
def test_an_address_in_the_other_language_is_no_fault(world: World) -> None:
    """The words of one language below the prefix of the other."""
    for name in NAMES:
        for language, other in zip(LANGUAGES, reversed(LANGUAGES), strict=True):
            address = world.address(name, language=language)
            mixed = address.replace(f"/{language}/", f"/{other}/", 1)
            for ask in (world.client.get, world.client.post):
                assert ask(mixed).status_code < 500, mixed


@each_way_in
def test_too_many_forms_at_once_are_no_fault(world: World) -> None:
    for number in range(30):
        sent = {"account": "1", "text": "x" * 60_000, "prompt": str(number)}
        assert world.client.post(world.address("lesson_note"), sent).status_code < 500
    assert world.client.get(world.address("my_courses")).status_code < 500
