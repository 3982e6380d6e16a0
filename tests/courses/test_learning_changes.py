"""Courses that are renewed, and courses that change while somebody is on the way through them."""

import datetime

import pytest

from agencies.models import User
from courses.domain.completion import CourseState
from courses.models import Completion, CurrentVersion, Enrolment, Measure, ModulePage, Tally, Unit
from courses.services.enrolling import adopt_newest, decline_newest, renew
from tests.courses import cast
from tests.courses.cast import DAY, LAW, LEADERSHIP, NOW, SHARED, TRAINER

pytestmark = pytest.mark.django_db

# The course on the law holds for 24 months, and is due 60 days before.
DUE = NOW + 700 * DAY


@pytest.fixture
def anna() -> User:
    return cast.learner(cast.agency())


@pytest.fixture
def law() -> Unit:
    return cast.unit(cast.course_page(LAW))


@pytest.fixture
def module() -> Unit:
    return cast.unit(cast.module_page(SHARED))


def again(user: User, course: Unit, now: datetime.datetime) -> Enrolment:
    return renew(user=user, course=course, language="sv", now=now)


def adopt(user: User, unit: Unit) -> None:
    adopt_newest(user=user, unit=unit, language="sv", now=NOW)


def decline(user: User, unit: Unit) -> None:
    decline_newest(user=user, unit=unit, language="sv", now=NOW)


# -- renewing --------------------------------------------------------------------------------------


def test_renewing_opens_the_course_and_its_modules_anew_and_keeps_what_was(
    anna: User, law: Unit
) -> None:
    cast.complete_all(anna, law, NOW)
    before = set(Completion.objects.all())
    assert again(anna, law, DUE).cycle == 2
    assert set(Completion.objects.all()) == before
    units = {law, *cast.modules_of(law)}
    assert {row.unit for row in Enrolment.objects.filter(user=anna, cycle=2)} == units
    assert Enrolment.objects.filter(user=anna, cycle=1).count() == len(units)
    seen = cast.course_seen(anna, cast.course_page(LAW))
    assert (seen.state, seen.progress.done) == (CourseState.GOING_ON, 0)
    assert seen.completed_on == NOW.date()


def test_a_renewed_course_is_completed_when_all_is_done_once_more(anna: User, law: Unit) -> None:
    cast.complete_all(anna, law, NOW)
    again(anna, law, DUE)
    *others, last = cast.modules_of(law)
    for module in others:
        cast.complete(anna, module, DUE + DAY)
    assert not Completion.objects.filter(unit=law, cycle=2).exists()
    cast.complete(anna, last, DUE + DAY)
    first, second = Completion.objects.filter(unit=law).order_by("cycle")
    assert (first.at, second.started_at, second.at) == (NOW, DUE, DUE + DAY)
    counted = Tally.objects.filter(unit=law).values_list("measure", "number")
    assert sorted(counted) == [
        (Measure.COMPLETED, 1), (Measure.RENEWED, 1), (Measure.STARTED, 1),
    ]  # fmt: skip


def test_renewing_twice_renews_once(anna: User, law: Unit) -> None:
    cast.complete_all(anna, law, NOW)
    first = again(anna, law, DUE)
    assert again(anna, law, DUE + DAY) == first
    assert Enrolment.objects.get(unit=law, cycle=2).started_at == DUE


@pytest.mark.parametrize("months", [24, None])
def test_what_is_not_due_is_not_renewed(anna: User, months: int | None) -> None:
    law = cast.unit(cast.change(cast.course_page(LAW), validity_months=months))
    cast.complete_all(anna, law, NOW)
    assert again(anna, law, NOW + 600 * DAY).cycle == 1
    assert not Enrolment.objects.filter(cycle=2).exists()


def test_what_is_not_completed_is_not_renewed(anna: User, law: Unit) -> None:
    cast.begin(anna, law)
    assert again(anna, law, DUE).cycle == 1


def test_an_attempt_that_lay_open_counts_for_the_renewed_module(anna: User, law: Unit) -> None:
    cast.complete_all(anna, law, NOW)
    module = cast.modules_of(law)[0]
    cast.take_quiz(anna, module, NOW + DAY, questions=2)
    again(anna, law, DUE)
    cast.complete(anna, module, DUE + DAY)
    assert Completion.objects.filter(unit=module, cycle=2).exists()


def test_renewing_one_course_takes_nothing_from_another(anna: User, law: Unit) -> None:
    """The course on leading is going on, and holds a module that the renewal opens again."""
    cast.complete_all(anna, law, NOW)
    page = cast.course_page(LEADERSHIP)
    cast.begin(anna, cast.unit(page), NOW + DAY)
    before = cast.course_seen(anna, page).progress
    assert before.done > 0
    again(anna, law, DUE)
    assert cast.course_seen(anna, page).progress == before


# -- what is new ---------------------------------------------------------------------------------


def test_what_is_new_is_told_and_forced_on_nobody(anna: User, module: Unit) -> None:
    page = cast.module_page(SHARED)
    cast.read(anna, cast.lessons_of(module)[0])
    before = cast.module_seen(anna, page).progress
    cast.add_lesson(page, "En ny lektion")
    seen = cast.module_seen(anna, page)
    assert seen.news
    assert (seen.news.added, seen.news.removed) == (["En ny lektion"], [])
    assert seen.progress == before
    cast.take_quiz(anna, module)
    for lesson in cast.lessons_of(module)[:-1]:
        cast.read(anna, lesson)
    assert cast.completed(anna) == {module}


def test_who_takes_in_what_is_new_has_it_to_do(anna: User, module: Unit) -> None:
    page = cast.module_page(SHARED)
    cast.read(anna, cast.lessons_of(module)[0])
    before = cast.module_seen(anna, page).progress
    cast.add_lesson(page, "En ny lektion")
    adopt(anna, module)
    seen = cast.module_seen(anna, page)
    assert seen.news is None
    assert (seen.progress.done, seen.progress.total) == (before.done, before.total + 1)
    cast.take_quiz(anna, module)
    *lessons, new = cast.lessons_of(module)
    for lesson in lessons:
        cast.read(anna, lesson)
    assert not cast.completed(anna)
    cast.read(anna, new)
    assert cast.completed(anna) == {module}


def test_who_says_no_is_not_asked_again_until_there_is_something_else(
    anna: User, module: Unit
) -> None:
    page = cast.module_page(SHARED)
    cast.read(anna, cast.lessons_of(module)[0])
    cast.add_lesson(page, "En ny lektion")
    decline(anna, module)
    assert cast.module_seen(anna, page).news is None
    cast.add_lesson(page, "Ännu en")
    news = cast.module_seen(anna, page).news
    assert news
    assert news.added == ["En ny lektion", "Ännu en"]


def test_a_new_module_of_a_course_is_told(anna: User, law: Unit) -> None:
    page = cast.course_page(LAW)
    cast.begin(anna, law)
    other = cast.module_page("follow-up")
    chosen = [("module", block.value) for block in page.modules]
    page = cast.change(page, modules=[*chosen, ("module", other)])
    news = cast.course_seen(anna, page).news
    assert news
    assert (news.added, news.removed) == ([other.title], [])
    adopt(anna, law)
    assert cast.course_seen(anna, page).news is None
    assert other.title in [row.title for row in cast.course_seen(anna, page).modules]


def test_taking_in_what_is_new_changes_nothing_that_is_completed(anna: User, module: Unit) -> None:
    cast.complete(anna, module)
    cast.add_lesson(cast.module_page(SHARED), "En ny lektion")
    before = Enrolment.objects.get().version
    adopt(anna, module)
    assert Enrolment.objects.get().version == before
    assert cast.module_seen(anna, cast.module_page(SHARED)).progress.percent == 100


def test_a_change_of_words_is_no_news(anna: User, module: Unit) -> None:
    cast.read(anna, cast.lessons_of(module)[0])
    page = cast.module_page(SHARED)
    cast.change(cast.lesson_pages(page)[1], title="Samma lektion, annat namn")
    assert cast.module_seen(anna, page).news is None


# -- what is taken away --------------------------------------------------------------------------


def withdrawn_everywhere(page: object) -> None:
    for one in type(page).objects.filter(translation_key=page.translation_key):
        one.unpublish()


@pytest.mark.parametrize("delete", [False, True], ids=["unpublished", "deleted"])
def test_a_lesson_that_is_taken_away_is_not_waited_for(
    anna: User, module: Unit, delete: bool
) -> None:
    page = cast.module_page(SHARED)
    lessons = cast.lessons_of(module)
    cast.read(anna, lessons[0])
    before = cast.module_seen(anna, page).progress
    for language in ("sv", "en"):
        gone = cast.lesson_pages(cast.module_page(SHARED, language))[1]
        if delete:
            gone.delete()
        else:
            gone.unpublish()
    seen = cast.module_seen(anna, page)
    assert seen.progress.percent >= before.percent
    assert len(seen.lessons) == len(lessons) - 1
    cast.take_quiz(anna, module)
    for lesson in (lessons[0], *lessons[2:]):
        cast.read(anna, lesson)
    assert cast.completed(anna) == {module}


def test_a_lesson_that_is_done_counts_when_it_is_taken_away(anna: User, module: Unit) -> None:
    page = cast.module_page(SHARED)
    cast.read(anna, cast.lessons_of(module)[0])
    before = cast.module_seen(anna, page).progress
    withdrawn_everywhere(cast.lesson_pages(page)[0])
    assert cast.module_seen(anna, page).progress.percent >= before.percent
    cast.complete(anna, module)
    assert cast.completed(anna) == {module}


@pytest.mark.parametrize("said", ["adopt", "decline"])
def test_who_has_done_all_but_what_is_taken_away_completes_by_either_answer(
    anna: User, module: Unit, said: str
) -> None:
    *lessons, _last = cast.lessons_of(module)
    for lesson in lessons:
        cast.read(anna, lesson)
    cast.take_quiz(anna, module)
    page = cast.module_page(SHARED)
    withdrawn_everywhere(cast.lesson_pages(page)[-1])
    assert cast.module_seen(anna, page).news
    cast.browser(anna).post(cast.url("newest_version", module), {"answer": said})
    assert cast.completed(anna) == {module}


def test_a_quiz_that_is_taken_away_is_told_and_the_rest_completes(anna: User, module: Unit) -> None:
    """The learner has read everything, and goes on with the course without an answer."""
    law = cast.unit(cast.course_page(LAW))
    cast.begin(anna, law)
    cast.read_all(anna, module)
    for language in ("sv", "en"):
        cast.change(cast.module_page(SHARED, language), quiz=[])
    news = cast.module_seen(anna, cast.module_page(SHARED)).news
    assert news
    assert (news.added, news.removed) == ([], ["Kunskapsfrågor"])
    cast.browser(anna).post(cast.url("course_start", law))
    assert cast.completed(anna) == {module}


def test_a_quiz_that_is_taken_away_is_not_waited_for(anna: User, module: Unit) -> None:
    first, *others = cast.lessons_of(module)
    cast.read(anna, first)
    for language in ("sv", "en"):
        cast.change(cast.module_page(SHARED, language), quiz=[])
    assert not CurrentVersion.objects.filter(unit=cast.quiz_of(module)).exists()
    for lesson in others:
        cast.read(anna, lesson)
    assert cast.completed(anna) == {module}


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_module_that_is_taken_away_is_not_waited_for(anna: User, language: str) -> None:
    """The others complete the course, whichever language the learner meets it in."""
    page = cast.course_page(TRAINER, language)
    trainer = cast.unit(page)
    cast.begin(anna, trainer, language=language)
    first, gone, third = cast.modules_of(trainer)
    cast.complete(anna, first)
    cast.read(anna, cast.lessons_of(gone)[0])
    before = cast.course_seen(anna, page).progress
    withdrawn_everywhere(ModulePage.objects.filter(translation_key=gone.key)[0])
    seen = cast.course_seen(anna, page)
    assert seen.progress.percent >= before.percent
    assert len(seen.modules) == 2
    cast.complete(anna, third)
    assert cast.completed(anna) == {first, third, trainer}


@pytest.mark.parametrize("said", ["adopt", "decline"])
def test_who_has_completed_all_modules_but_the_one_that_is_taken_away_completes(
    anna: User, said: str
) -> None:
    page = cast.course_page(TRAINER)
    trainer = cast.unit(page)
    cast.begin(anna, trainer)
    first, second, gone = cast.modules_of(trainer)
    for module in (first, second):
        cast.complete(anna, module)
    withdrawn_everywhere(ModulePage.objects.filter(translation_key=gone.key)[0])
    assert cast.course_seen(anna, page).news
    cast.browser(anna).post(cast.url("newest_version", trainer), {"answer": said})
    assert trainer in cast.completed(anna)


def test_going_on_completes_what_has_nothing_left_to_do(anna: User) -> None:
    """The learner presses the button without an answer to what is new."""
    trainer = cast.unit(cast.course_page(TRAINER))
    cast.begin(anna, trainer)
    first, second, gone = cast.modules_of(trainer)
    for module in (first, second):
        cast.complete(anna, module)
    withdrawn_everywhere(ModulePage.objects.filter(translation_key=gone.key)[0])
    cast.browser(anna).post(cast.url("course_start", trainer))
    assert trainer in cast.completed(anna)


def test_a_completed_course_stays_so_when_a_module_is_taken_away(anna: User) -> None:
    page = cast.course_page(TRAINER)
    cast.complete_all(anna, cast.unit(page))
    withdrawn_everywhere(cast.module_page("difficult-conversations"))
    assert cast.course_seen(anna, page).progress.percent == 100


def test_a_course_with_a_new_need_of_modules_keeps_to_the_old_for_who_has_begun(
    anna: User,
) -> None:
    page = cast.course_page(TRAINER)
    trainer = cast.unit(page)
    cast.begin(anna, trainer)
    cast.change(page, modules_required=1)
    first, *others = cast.modules_of(trainer)
    cast.complete(anna, first)
    assert trainer not in cast.completed(anna)
    for module in others:
        cast.complete(anna, module)
    assert trainer in cast.completed(anna)


def test_the_last_lesson_of_a_module_whose_quiz_is_gone_leads_to_the_module(
    anna: User, module: Unit
) -> None:
    for language in ("sv", "en"):
        cast.change(cast.module_page(SHARED, language), quiz=[])
    last = cast.lessons_of(module)[-1]
    response = cast.browser(anna).post(cast.url("lesson_done", last))
    assert response["Location"] == cast.module_page(SHARED).url


def test_the_result_of_a_quiz_that_is_gone_can_be_read(anna: User, module: Unit) -> None:
    cast.take_quiz(anna, module, passing=False)
    for language in ("sv", "en"):
        cast.change(cast.module_page(SHARED, language), quiz=[])
    client = cast.browser(anna)
    address = cast.url("quiz", module)
    for query in ({}, {"result": "1"}):
        assert client.get(address, query).status_code == 200
    assert client.post(address, {"action": "start"}, follow=True).status_code == 200
