"""Who sees what of a learner: the learner, and nobody else, however trusted."""

from dataclasses import dataclass

import pytest
from django.http import HttpResponse
from django.test import Client
from wagtail.snippets.models import get_snippet_models

from agencies.models import User
from courses.models import Answer, Attempt, Certificate, Completion, Reflection, Unit
from courses.services.certifying import make_certificate
from tests.courses import cast
from tests.courses.cast import NOW, SHARED, TRAINER, url
from tests.people import STRANGER, browser_of
from tests.walk import LANGUAGES, each_language, parse, words_of

pytestmark = pytest.mark.django_db

LEARNER = "learner"
OTHERS = (STRANGER, LEARNER, "administrator")
each_other = pytest.mark.parametrize("role", OTHERS)
WORDS = "Bara för mig själv"


@dataclass
class Anna:
    """Somebody who has done everything that leaves a trace."""

    user: User
    course: Unit
    module: Unit
    lesson: Unit
    attempt: Attempt
    certificate: Certificate

    @property
    def traces(self) -> tuple[str, ...]:
        """What no other person's page may hold."""
        return (
            WORDS, self.user.email, "Annalena", "Xyzzyxson", self.certificate.code,
            str(self.attempt.key),
        )  # fmt: skip


@pytest.fixture
def anna() -> Anna:
    user = cast.learner(
        cast.agency("Annas myndighet"), first_name="Annalena", last_name="Xyzzyxson"
    )
    course, module = cast.unit(cast.course_page(TRAINER)), cast.unit(cast.module_page(SHARED))
    completion = cast.complete_all(user, course)
    pages = cast.lesson_pages(cast.module_page(SHARED))
    page = next(page for page in pages if any(one.block_type == "reflection" for one in page.body))
    [prompt, *_others] = [one.id for one in page.body if one.block_type == "reflection"]
    cast.note(user, cast.unit(page), WORDS, prompt)
    return Anna(
        user=user,
        course=course,
        module=module,
        lesson=cast.unit(page),
        attempt=cast.take_quiz(user, module, questions=2),
        certificate=certified(completion, user.get_full_name()),
    )


def certified(completion: Completion, name: str) -> Certificate:
    return make_certificate(
        completion=completion, name=name, language="sv", site_name="Snäckan",
        address="https://example.org/intyg/{code}", now=NOW,
    )  # fmt: skip


def browser_as(role: str) -> Client:
    return cast.browser(cast.learner()) if role == LEARNER else browser_of(role)


def page_url(lesson: Unit, language: str = "sv") -> str:
    pages = cast.lesson_pages(cast.module_page(SHARED, language))
    return next(page.url for page in pages if page.translation_key == lesson.key)


def file_url(certificate: Certificate, name: str = "certificate_file") -> str:
    return f"/sv/mina-kurser/intyg/{certificate.code}" + (
        ".pdf" if name == "certificate_file" else "/"
    )


def leads_to_the_door(response: HttpResponse) -> bool:
    return response.status_code == 302 and response["Location"].startswith("/sv/konto/?next=")


def says_nothing_of(anna: Anna, response: HttpResponse) -> bool:
    text = response.content.decode() + str(response.headers)
    return not [trace for trace in anna.traces if trace in text]


# -- pages of one's own --------------------------------------------------------------------------


def test_the_learner_sees_it_all(anna: Anna) -> None:
    """Without this the tests below would say little."""
    client = cast.browser(anna.user)
    assert anna.certificate.code in client.get(url("my_courses")).content.decode()
    assert WORDS in client.get(url("my_notes")).content.decode()
    assert WORDS in client.get(page_url(anna.lesson)).content.decode()
    assert "Annalena Xyzzyxson" in client.get(url("course_completed", anna.course)).content.decode()
    assert str(anna.attempt.key) in client.get(url("quiz", anna.module)).content.decode()
    answer = client.get(file_url(anna.certificate))
    assert answer.content.startswith(b"%PDF")
    assert answer["Content-Type"] == "application/pdf"


@each_other
@pytest.mark.parametrize("name", ["my_courses", "my_notes"])
def test_pages_of_ones_own_are_ones_own(anna: Anna, role: str, name: str) -> None:
    answer = browser_as(role).get(url(name))
    assert leads_to_the_door(answer) if role == STRANGER else answer.status_code == 200
    assert says_nothing_of(anna, answer)
    course = cast.course_page(TRAINER).title
    assert course not in words_of(parse(answer)) if role != STRANGER else True


@each_other
def test_nobody_else_opens_the_end_of_a_course(anna: Anna, role: str) -> None:
    client, address = browser_as(role), url("course_completed", anna.course)
    sent = {"evaluate": "1", "useful": "1", "clear": "1", "recommend": "1"}
    for answer in (client.get(address), client.post(address, sent)):
        assert leads_to_the_door(answer) if role == STRANGER else answer.status_code == 404
        assert says_nothing_of(anna, answer)
    assert not hasattr(Completion.objects.get(pk=anna.certificate.completion_id), "evaluation")


@each_other
def test_nobody_else_gets_the_certificate_or_closes_its_page(anna: Anna, role: str) -> None:
    client = browser_as(role)
    page = file_url(anna.certificate, "certificate_page")
    for answer in (client.get(file_url(anna.certificate)), client.post(page, {"withdraw": "1"})):
        assert leads_to_the_door(answer) if role == STRANGER else answer.status_code == 404
        assert b"PDF" not in answer.content
    anna.certificate.refresh_from_db()
    assert anna.certificate.withdrawn_at is None


# -- quizzes -------------------------------------------------------------------------------------


@each_other
@pytest.mark.parametrize("action", ["answer", "submit"])
def test_nobody_else_touches_an_attempt_by_its_key(anna: Anna, role: str, action: str) -> None:
    client, address = browser_as(role), url("quiz", anna.module)
    question = cast.asked(anna.attempt)[2]
    sent = {**cast.right(question), "attempt": str(anna.attempt.key), "question": question.id}
    answer = client.post(address, {**sent, "action": action}, follow=True)
    assert says_nothing_of(anna, answer)
    anna.attempt.refresh_from_db()
    assert anna.attempt.submitted_at is None
    assert Answer.objects.filter(attempt=anna.attempt).count() == 2


@each_other
def test_the_page_of_a_quiz_shows_nobody_elses_attempt(anna: Anna, role: str) -> None:
    client, address = browser_as(role), url("quiz", anna.module)
    key = str(anna.attempt.key)
    for query in (
        {},
        {"result": "1"},
        {"question": cast.asked(anna.attempt)[0].id, "attempt": key},
    ):
        answer = client.get(address, query)
        assert answer.status_code == 200
        assert says_nothing_of(anna, answer) or key in query.values()
        assert not parse(answer).find_class("answered")


# -- pages for everyone --------------------------------------------------------------------------


@each_other
@each_language
def test_notes_and_progress_are_not_on_the_pages_that_others_see(
    anna: Anna, role: str, language: str
) -> None:
    client = browser_as(role)
    course, module = cast.course_page(TRAINER, language), cast.module_page(SHARED, language)
    for address in (course.url, module.url, page_url(anna.lesson, language)):
        answer = client.get(address)
        assert answer.status_code == 200
        assert says_nothing_of(anna, answer), address
        assert not parse(answer).xpath("//main//*[contains(@class, 'done')]"), address


@each_language
def test_a_note_is_there_in_both_languages(anna: Anna, language: str) -> None:
    answer = cast.browser(anna.user).get(page_url(anna.lesson, language))
    assert WORDS in answer.content.decode()


def test_a_note_is_kept_from_the_editors_as_well(anna: Anna) -> None:
    """There is no page for notes in the admin."""
    assert Reflection not in get_snippet_models()


# -- the check page ------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["anna", *OTHERS])
def test_the_check_page_says_name_course_version_and_date_and_nothing_else(
    anna: Anna, role: str
) -> None:
    client = cast.browser(anna.user) if role == "anna" else browser_as(role)
    answer = client.get(f"/intyg/{anna.certificate.code}?language=sv")
    assert answer.status_code == 200
    [facts] = parse(answer).xpath("//main//dl")
    assert [words_of(one) for one in facts.iter("dd")] == [
        "Annalena Xyzzyxson", anna.certificate.course, "1", "2 mars 2026",
    ]  # fmt: skip
    main = words_of(parse(answer).find(".//main"))
    assert main == f"Intyget är äkta {words_of(facts)}"
    text = answer.content.decode()
    assert anna.user.email not in text
    assert "Annas myndighet" not in text


def test_a_code_is_found_in_capitals_too(anna: Anna, client: Client) -> None:
    assert client.get(f"/intyg/{anna.certificate.code.upper()}").status_code == 200


@pytest.mark.parametrize("asked", ["en", "sv", "de", "", "xyzzyx"])
def test_the_check_page_is_in_a_language_of_the_site(
    anna: Anna, client: Client, asked: str
) -> None:
    answer = client.get(f"/intyg/{anna.certificate.code}", {"language": asked})
    assert parse(answer).get("lang") == (asked if asked in LANGUAGES else "sv")


@each_other
def test_a_withdrawn_certificate_is_as_unknown_as_one_that_never_was(anna: Anna, role: str) -> None:
    owner = cast.browser(anna.user)
    page = file_url(anna.certificate, "certificate_page")
    owner.post(page, {"withdraw": "1"})
    client = browser_as(role)
    answers = [client.get(f"/intyg/{code}") for code in (anna.certificate.code, "2" * 12)]
    assert [answer.status_code for answer in answers] == [410, 410]
    gone, unknown = (words_of(parse(answer).find(".//main")) for answer in answers)
    assert gone == unknown
    assert "Xyzzyxson" not in answers[0].content.decode()
    assert owner.get(file_url(anna.certificate)).status_code == 200, "the holder keeps the file"
    owner.post(page, {"restore": "1"})
    assert client.get(f"/intyg/{anna.certificate.code}").status_code == 200


# -- caches --------------------------------------------------------------------------------------


def test_pages_of_ones_own_lie_in_no_cache(anna: Anna) -> None:
    client = cast.browser(anna.user)
    for address in (
        url("my_courses"),
        url("my_notes"),
        url("quiz", anna.module),
        url("course_completed", anna.course),
        file_url(anna.certificate),
        f"/intyg/{anna.certificate.code}",
    ):
        answer = client.get(address)
        assert answer.status_code == 200
        assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", ")), address


@pytest.mark.parametrize("signed_in", [False, True])
@each_language
def test_pages_of_courses_differ_by_who_asks_and_set_no_cookie(
    anna: Anna, language: str, signed_in: bool
) -> None:
    client = cast.browser(anna.user) if signed_in else Client()
    for address in (
        cast.course_page(TRAINER, language).url,
        cast.module_page(SHARED, language).url,
        page_url(anna.lesson, language),
    ):
        answer = client.get(address)
        assert "Cookie" in answer["Vary"], address
        assert signed_in or not answer.cookies
        assert "sessionid" not in answer.cookies
