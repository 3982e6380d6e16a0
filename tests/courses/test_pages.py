"""The pages of courses, modules and lessons: what they lead to, and how few queries make them."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agencies.models import User
from courses.models import Certificate, Unit
from courses.services.certifying import make_certificate
from courses.services.enrolling import renew
from courses.services.evaluating import evaluate
from tests.courses import cast
from tests.courses.cast import LAW, LEADERSHIP, NOW, SHARED, TRAINER, forms, url
from tests.walk import each_language, links_in, parse, words_of

pytestmark = pytest.mark.django_db

MAX_PAGE, MAX_VIEW = 12, 20


@pytest.fixture
def busy() -> User:
    """Somebody who has done a great deal, and is in the middle of more."""
    user = cast.learner(cast.agency())
    trainer, law = (cast.unit(cast.course_page(slug)) for slug in (TRAINER, LAW))
    completion = cast.complete_all(user, trainer)
    make_certificate(
        completion=completion, name="Anna", language="sv", site_name="Snäckan",
        address="https://example.org/intyg/{code}", now=NOW,
    )  # fmt: skip
    evaluate(
        completion=completion, scores=dict.fromkeys(("useful", "clear", "recommend"), 3),
        words="", now=NOW,
    )  # fmt: skip
    cast.begin(user, cast.unit(cast.course_page(LEADERSHIP)))
    cast.complete_all(user, law)
    renew(user=user, course=law, language="sv", now=NOW + 700 * cast.DAY)
    cast.take_quiz(user, cast.modules_of(law)[0], passing=False)
    cast.take_quiz(user, cast.modules_of(law)[0], questions=3)
    for module in cast.modules_of(law):
        for lesson in cast.lessons_of(module):
            cast.note(user, lesson, "Min", prompt=str(lesson.key))
    return user


def queries(ask: Callable[[], HttpResponse]) -> int:
    ask()
    with CaptureQueriesContext(connection) as captured:
        assert ask().status_code in (200, 302)
    return len(captured)


@each_language
@pytest.mark.parametrize("signed_in", [False, True], ids=["guest", "learner"])
def test_pages_of_courses_are_made_with_few_queries(
    busy: User, language: str, signed_in: bool
) -> None:
    client = cast.browser(busy if signed_in else None)
    pages = [cast.course_page(slug, language) for slug in (LAW, LEADERSHIP, TRAINER)]
    module = cast.module_page(SHARED, language)
    pages += [module, *cast.lesson_pages(module)]
    code = cast.url("course_start", pages[0], language).split("/")[-3]
    counted = {
        f"{page.url}{query}": queries(lambda page=page, query=query: client.get(page.url + query))
        for page in pages
        for query in ("", f"?course={code}")
    }
    print(counted)
    assert {address: number for address, number in counted.items() if number > MAX_PAGE} == {}


def test_other_pages_of_learning_are_made_with_few_queries(busy: User) -> None:
    client = cast.browser(busy)
    module, trainer = cast.unit(cast.module_page(SHARED)), cast.unit(cast.course_page(TRAINER))
    code = Certificate.objects.get().code
    other = cast.modules_of(trainer)[0]
    addresses = [
        url("my_courses"),
        url("my_notes"),
        url("quiz", module),
        url("quiz", other),
        f"{url('quiz', other)}?result=1",
        f"{url('quiz', other)}?result=1&course={url('course_start', trainer).split('/')[-3]}",
        url("course_completed", trainer),
        url("whole_module", module),
        f"{url('whole_module', module)}?guide=1",
        f"/intyg/{code}",
        f"/sv/mina-kurser/intyg/{code}.pdf",
    ]
    counted = {one: queries(lambda one=one: client.get(one)) for one in addresses}
    print(counted)
    assert {address: number for address, number in counted.items() if number > MAX_VIEW} == {}
