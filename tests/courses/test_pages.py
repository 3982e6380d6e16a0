"""The pages of courses, modules and lessons: what they lead to, and how few queries make them."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agencies.models import User
from courses.models import Certificate, Enrolment, Evaluation, Unit
from courses.services.certifying import make_certificate
from courses.services.enrolling import renew
from courses.services.evaluating import evaluate
from home.permanent import permanent_id
from tests.courses import cast
from tests.courses.cast import LAW, LEADERSHIP, NOW, SHARED, TRAINER, forms, press, url
from tests.walk import each_language, parse, words_of

pytestmark = pytest.mark.django_db

# Who is signed in costs the session and the person as well.
MAX_PAGE, MAX_PAGE_OF_ONES_OWN, MAX_VIEW = 12, 13, 20


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
    code = permanent_id(pages[0].translation_key)
    counted = {
        f"{page.url}{query}": queries(lambda page=page, query=query: client.get(page.url + query))
        for page in pages
        for query in ("", f"?course={code}")
    }
    most = MAX_PAGE_OF_ONES_OWN if signed_in else MAX_PAGE
    assert {address: number for address, number in counted.items() if number > most} == {}
    assert (
        max(
            number
            for address, number in counted.items()
            if "/kurser/" in address or "/courses/" in address
        )
        <= MAX_PAGE
    )


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
        f"{url('quiz', other)}?result=1&course={permanent_id(trainer.key)}",
        url("course_completed", trainer),
        url("whole_module", module),
        f"{url('whole_module', module)}?guide=1",
        f"/intyg/{code}",
        f"/sv/mina-kurser/intyg/{code}.pdf",
    ]
    counted = {one: queries(lambda one=one: client.get(one)) for one in addresses}
    assert {address: number for address, number in counted.items() if number > MAX_VIEW} == {}


def test_the_number_of_queries_does_not_grow_with_what_somebody_has_done(busy: User) -> None:
    beginner = cast.learner()
    cast.begin(beginner, cast.unit(cast.course_page(LAW)))
    cast.note(beginner, cast.lessons_of(cast.unit(cast.module_page(SHARED)))[0], "Min")
    addresses = (url("my_courses"), url("my_notes"), cast.course_page(LAW).url)
    for address in addresses:
        clients = (cast.browser(beginner), cast.browser(busy))
        few, many = (queries(lambda one=one, to=address: one.get(to)) for one in clients)
        assert many <= few, address


# -- the way through -------------------------------------------------------------------------------


def main_words(response: HttpResponse) -> str:
    return words_of(parse(response).find(".//main"))


@each_language
def test_a_learner_goes_from_a_course_to_its_certificate(language: str) -> None:
    """By the buttons of the pages alone."""
    anna = cast.learner(cast.agency(), first_name="Anna", last_name="Holm")
    client, page = cast.browser(anna), cast.course_page(TRAINER, language)
    course = cast.unit(page)
    [begin] = forms(client.get(page.url), url("course_start", course, language))
    response = press(client, begin)
    modules = cast.modules_of(course)
    for number, module in enumerate(modules, 1):
        for lesson in cast.lessons_of(module):
            [done] = forms(response, url("lesson_done", lesson, language))
            response = press(client, done)
        response = take_quiz(client, response, module, language)
        assert cast.completed(anna) >= set(modules[:number])
        [onward] = parse(response).xpath("//main//p[@class='actions']/a[@class='button']/@href")
        response = client.get(onward)
    assert cast.completed(anna) == {course, *modules}
    end = url("course_completed", course, language)
    assert response.wsgi_request.path == end
    [naming, evaluation] = [form for form in parse(response).forms if form.method == "POST"]
    assert naming.fields["name"] == "Anna Holm"
    fields = cast.sent_by(naming, name="Anna Holm Berg", certify="1")
    response = client.post(end, fields, follow=True)
    assert "Anna Holm Berg" in main_words(response)
    scores = {"useful": "4", "clear": "5", "recommend": "3", "evaluate": "1"}
    response = client.post(end, cast.sent_by(evaluation, **scores), follow=True)
    assert not [form for form in parse(response).forms if form.method == "POST"]
    assert Evaluation.objects.get().clear == 5


def take_quiz(client: Client, response: HttpResponse, module: Unit, language: str) -> HttpResponse:
    address = url("quiz", module, language)
    [begin] = forms(response, address)
    response = press(client, begin, action="start")
    while asking := forms(response, address):
        question = cast.shown_question(module, asking[0])
        response = press(client, asking[0], **cast.right(question))
        [onward] = parse(response).xpath("//p[@class='actions']/a[@class='button']/@href")
        response = client.get(onward)
    return response


def test_the_first_name_on_a_certificate_stays(busy: User) -> None:
    client, end = cast.browser(busy), url("course_completed", cast.unit(cast.course_page(TRAINER)))
    pdf = bytes(Certificate.objects.get().file.pdf)
    client.post(end, {"certify": "1", "name": "Någon Annan"})
    assert Certificate.objects.get().name == "Anna"
    assert bytes(Certificate.objects.get().file.pdf) == pdf


def test_what_is_missing_is_told_at_the_field_and_nothing_is_saved(busy: User) -> None:
    course = cast.unit(cast.course_page(LAW))
    client, end = cast.browser(busy), url("course_completed", course)
    for sent in (
        {"certify": "1", "name": " "},
        {"certify": "1", "name": "x" * 151},
        {"evaluate": "1", "useful": "4"},
        {"evaluate": "1", "useful": "6", "clear": "1", "recommend": "1"},
    ):
        response = client.post(end, sent)
        assert response.status_code == 422
        assert parse(response).find_class("field__error")
    assert Certificate.objects.count() == Evaluation.objects.count() == 1


def test_the_page_of_ones_own_shows_what_goes_on_is_done_and_is_due(busy: User) -> None:
    response = cast.browser(busy).get(url("my_courses"))
    shown = {
        section.get("aria-labelledby"): words_of(section)
        for section in parse(response).iterfind(".//main//section")
    }
    assert cast.course_page(LEADERSHIP).title in shown["going-title"]
    assert cast.course_page(LAW).title in shown["going-title"], "it is being renewed"
    assert cast.course_page(TRAINER).title in shown["done-title"]
    assert "modules-title" not in shown, "modules of courses are not told apart"


def test_a_certificate_is_withdrawn_and_restored_from_the_page_of_ones_own(busy: User) -> None:
    client, check = cast.browser(busy), f"/intyg/{Certificate.objects.get().code}"
    for button, status in (("withdraw", 410), ("restore", 200)):
        page = client.get(url("my_courses"))
        [form] = [one for one in parse(page).forms if one.xpath(f".//button[@name='{button}']")]
        press(client, form, **{button: "1"})
        assert client.get(check).status_code == status


def test_a_course_that_is_due_is_renewed_by_its_button() -> None:
    anna, law = cast.learner(), cast.unit(cast.course_page(LAW))
    cast.complete_all(anna, law, timezone.now() - 720 * cast.DAY)
    client = cast.browser(anna)
    for address in (url("my_courses"), cast.course_page(LAW).url):
        [form] = forms(client.get(address), url("course_start", law))
        assert form.xpath(".//button[@name='renew']")
    response = press(client, form, renew="1")
    first = cast.lesson_pages(cast.module_page(SHARED))[0]
    assert response.redirect_chain[-1][0].startswith(first.url)
    assert Enrolment.objects.get(user=anna, unit=law, cycle=2)
