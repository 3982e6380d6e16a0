"""Learning without an account: nothing is kept, on the server or the device, until one asks."""

import uuid
from dataclasses import dataclass, field
from unittest import mock

import pytest
from django.apps import apps
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from agencies.models import AgencyDomain, User
from courses.guest import Guest, from_token, to_token
from courses.models import Answer, Attempt, Attitude, Completion, Enrolment, LessonDone, Unit
from courses.services.keeping import keep_guest
from tests.codes import CODE, ask
from tests.courses import cast
from tests.courses.cast import HOUR, LAW, NOW, SHARED, TRAINER, forms, press, url
from tests.walk import each_language, parse

pytestmark = pytest.mark.django_db


def rows() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in apps.get_models(True)}


@dataclass
class Visitor:
    """Somebody without an account, and all that the site has answered."""

    language: str = "sv"
    client: Client = field(default_factory=Client)
    answers: list[HttpResponse] = field(default_factory=list)

    def get(self, address: str) -> HttpResponse:
        self.answers.append(self.client.get(address))
        assert self.answers[-1].status_code == 200, address
        return self.answers[-1]

    def send(self, form: object, **fields: object) -> HttpResponse:
        """Sends a form, and opens the page that it leads to."""
        self.answers.append(press(self.client, form, follow=False, **fields))
        return self.get(self.answers[-1]["Location"])

    def begin(self, course: object) -> HttpResponse:
        page = self.get(course.url)
        [begin] = parse(page).xpath("//section[@class='status']//a[@class='button']/@href")
        return self.get(begin)

    def read_module(self, page: HttpResponse, module: Unit) -> HttpResponse:
        """Goes through the lessons, from the first one to the beginning of the quiz."""
        for lesson in cast.lessons_of(module):
            [done] = forms(page, url("lesson_done", lesson, self.language))
            page = self.send(done)
        return page

    def answer(self, page: HttpResponse, module: Unit, passing: bool = True) -> HttpResponse:
        """Answers the question on a page, and goes on to what comes after it."""
        form = forms(page, url("quiz", module, self.language))[0]
        question = cast.shown_question(module, form)
        page = self.send(form, **(cast.right if passing else cast.wrong)(question))
        [onward] = parse(page).xpath("//p[@class='actions']/a[@class='button']/@href")
        return self.get(onward)

    def take_quiz(self, page: HttpResponse, module: Unit) -> HttpResponse:
        [begin] = forms(page, url("quiz", module, self.language))
        page = self.send(begin, action="start")
        while forms(page, url("quiz", module, self.language)):
            page = self.answer(page, module)
        return page

    def through(self, course: object) -> HttpResponse:
        """The whole course, by the buttons of its pages; the result of the last quiz."""
        page = self.begin(course)
        modules = cast.modules_of(cast.unit(course))
        for number, module in enumerate(modules, 1):
            page = self.take_quiz(self.read_module(page, module), module)
            if number < len(modules):
                [onward] = parse(page).xpath("//main//p[@class='actions']/a/@href")
                page = self.get(onward)
        return page


@pytest.fixture
def module() -> Unit:
    return cast.unit(cast.module_page(SHARED))


def keep_form(page: HttpResponse) -> object:
    [form] = [form for form in parse(page).forms if form.get("class") == "keep"]
    return form


# -- the way through -------------------------------------------------------------------------------


@each_language
def test_a_course_can_be_taken_without_an_account_cookies_or_rows(language: str) -> None:
    course = cast.course_page(LAW, language)
    before, visitor = rows(), Visitor(language)
    visitor.through(course)
    token = keep_form(visitor.answers[-1]).fields["progress"]
    page = visitor.get(f"{course.url}?progress={token}")
    assert not [name for answer in visitor.answers for name in answer.cookies]
    assert not visitor.client.cookies
    assert rows() == before
    modules = parse(page).xpath("//ol[@class='units']/li/p[@class='small']/b/text()")
    assert len(modules) == len(cast.modules_of(cast.unit(course)))
    steps = Unit.objects.filter(part_of__in=cast.modules_of(cast.unit(course)))
    assert from_token(token).done == {str(step.key) for step in steps}


def test_the_whole_library_fits_into_an_address() -> None:
    """gunicorn takes no longer line than this, and nothing of the progress may be lost."""
    guest = Guest()
    for module in Unit.objects.filter(kind="module"):
        for lesson in cast.lessons_of(module):
            guest = guest.with_lesson(str(lesson.key))
        guest = guest.with_run(cast.run_at(module))
    token = to_token(guest)
    assert from_token(token).done == guest.done
    longest = max(len(url("quiz", module)) for module in Unit.objects.filter(kind="module"))
    assert longest + len(f"?course={'0' * 12}&progress={token}&question={'0' * 36}") < 4000


def test_progress_that_somebody_has_changed_is_thrown_away(client: Client, module: Unit) -> None:
    guest = Guest().with_run(cast.run_at(module))
    token = to_token(guest)
    assert from_token(token) == guest
    for spoilt in (token[:-1], f"{token}x", token[1:], token.swapcase(), "x:y:z", "å"):
        assert not from_token(spoilt)
        page = client.get(cast.module_page(SHARED).url, {"progress": spoilt})
        assert page.status_code == 200
        assert not [form for form in parse(page).forms if form.get("class") == "keep"]


# -- keeping it ----------------------------------------------------------------------------------


def keep(user: User, guest: Guest, course: Unit | None = None) -> None:
    keep_guest(user=user, guest=guest, course=course, language="sv", now=NOW)


def everything_is_kept(user: User, course: Unit) -> bool:
    modules = cast.modules_of(course)
    lessons = {lesson for module in modules for lesson in cast.lessons_of(module)}
    assert cast.completed(user) == {course, *modules}
    assert {done.lesson for done in LessonDone.objects.filter(user=user)} == lessons
    attempts = Attempt.objects.filter(user=user)
    assert {attempt.quiz.part_of for attempt in attempts} == set(modules)
    assert all(attempt.points == attempt.most and attempt.passed for attempt in attempts)
    for attempt in attempts:
        answers = {answer.question: answer.response for answer in attempt.answers.all()}
        assert set(answers) == {question.id for question in cast.asked(attempt)}
    return True


@each_language
def test_who_keeps_it_and_signs_in_by_a_code_has_everything(language: str) -> None:
    course = cast.course_page(TRAINER, language)
    visitor = Visitor(language)
    result = visitor.through(course)
    kept = press(visitor.client, keep_form(result), follow=False)
    door = kept["Location"]
    assert "progress" not in door
    assert not Enrolment.objects.exists()
    code = ask(visitor.client, door=door)
    back = visitor.client.post(door.replace("/konto/", "/konto/kod/"), {"code": code}, follow=True)
    assert back.status_code == 200
    user = User.objects.get(email="anna@test.example.org")
    assert everything_is_kept(user, cast.unit(course))
    assert course.title in back.content.decode()


def test_what_a_newcomer_keeps_is_counted_for_the_agency_of_the_address(module: Unit) -> None:
    agency = cast.agency()
    AgencyDomain.objects.create(agency=agency, domain="test.example.org")
    client = Client()
    token = to_token(Guest().with_run(cast.run_at(module)))
    client.post(url("keep_progress"), {"progress": token})
    client.post(CODE, {"code": ask(client)})
    assert Attempt.objects.get().agency == agency


def test_who_is_signed_in_already_keeps_it_at_once(module: Unit) -> None:
    """The form was opened before the sign-in, in another tab."""
    anna = cast.learner()
    client = cast.browser(anna)
    guest = Guest().with_lesson(str(cast.lessons_of(module)[0].key)).with_run(cast.run_at(module))
    back = cast.module_page(SHARED).url
    response = client.post(url("keep_progress"), {"progress": to_token(guest), "next": back})
    assert response["Location"] == back
    assert LessonDone.objects.filter(user=anna).count() == 1
    assert Attempt.objects.get(user=anna).passed


def test_keeping_twice_keeps_once(module: Unit) -> None:
    anna = cast.learner(cast.agency())
    course = cast.unit(cast.course_page(LAW))
    guest = Guest(
        frozenset(str(one.key) for one in cast.lessons_of(module)), (cast.run_at(module),)
    )
    keep(anna, guest, course)
    before = rows()
    keep(anna, guest, course)
    assert rows() == before
    assert cast.completed(anna) == {module}
    assert Enrolment.objects.filter(user=anna, unit=course).exists()


def test_an_attempt_belongs_to_the_first_who_keeps_it(module: Unit) -> None:
    anna, eva = cast.learner(), cast.learner()
    guest = Guest().with_run(cast.run_at(module))
    keep(anna, guest)
    attitudes = sum(Attitude.objects.values_list("number", flat=True))
    keep(eva, guest)
    assert Attempt.objects.get().user == anna
    assert sum(Attitude.objects.values_list("number", flat=True)) == attitudes == 1
    assert not Completion.objects.filter(user=eva).exists()


def test_what_is_kept_joins_what_is_there(module: Unit) -> None:
    anna = cast.learner()
    first, *others = cast.lessons_of(module)
    cast.read(anna, first)
    guest = Guest(frozenset(str(one.key) for one in others), (cast.run_at(module),))
    keep(anna, guest)
    assert cast.completed(anna) == {module}
    assert Enrolment.objects.filter(user=anna).count() == 1


def test_an_attempt_that_is_going_on_goes_on_in_the_account(module: Unit) -> None:
    anna = cast.learner()
    keep(anna, Guest().with_run(cast.run_at(module, questions=3)))
    attempt = Attempt.objects.get(user=anna)
    assert attempt.submitted_at is None
    assert attempt.answers.count() == 3
    assert cast.take_quiz(anna, module) == attempt
    assert Attempt.objects.get().passed


def test_a_passed_quiz_is_kept_where_another_attempt_lies_open(module: Unit) -> None:
    anna = cast.learner()
    cast.take_quiz(anna, module, questions=1)
    keep(anna, Guest().with_run(cast.run_at(module)))
    assert Attempt.objects.filter(user=anna, passed=True).count() == 1
    assert Attempt.objects.filter(user=anna, submitted_at=None).count() == 1


def test_answers_stand_with_which_the_guest_did_not_pass(module: Unit) -> None:
    anna = cast.learner()
    keep(anna, Guest().with_run(cast.run_at(module, passing=False)))
    attempt = Attempt.objects.get(user=anna)
    assert (attempt.points, attempt.passed) == (0, False)
    assert attempt.submitted_at == NOW
    assert Answer.objects.filter(attempt=attempt).count() == len(cast.asked(attempt))


def test_a_quiz_that_is_changed_before_it_is_kept_is_kept(module: Unit) -> None:
    anna = cast.learner()
    guest = Guest().with_run(cast.run_at(module))
    with mock.patch("django.utils.timezone.now", return_value=timezone.now() + HOUR):
        for language in ("sv", "en"):
            cast.change(cast.module_page(SHARED, language), pass_mark=70)
    keep(anna, guest)
    assert Attempt.objects.get(user=anna).passed


def test_what_is_taken_away_does_not_keep_the_rest_from_being_kept(module: Unit) -> None:
    """A course that has never had a module is one that nobody can begin."""
    anna = cast.learner()
    empty = Unit.objects.create(key=uuid.uuid4(), kind="course")
    keep(anna, Guest().with_run(cast.run_at(module)), empty)
    assert Attempt.objects.get(user=anna).passed


def test_the_session_is_emptied_when_it_is_kept(module: Unit) -> None:
    client = Client()
    client.post(url("keep_progress"), {"progress": to_token(Guest().with_run(cast.run_at(module)))})
    anna, eva = cast.learner(), cast.learner()
    client.force_login(anna)
    client.logout()
    client.force_login(eva)
    assert Attempt.objects.get().user == anna
    assert not Enrolment.objects.filter(user=eva).exists()
