"""What learners do in courses, modules and lessons, and when something counts as completed."""

from collections.abc import Callable

import pytest

from agencies.models import User
from courses.models import Completion, Enrolment, LessonDone, Measure, Tally, Unit
from courses.services.completing import complete_module
from tests.courses import cast
from tests.courses.cast import DAY, LAW, LEADERSHIP, NOW, SHARED
from tests.walk import each_language

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna() -> User:
    return cast.learner(cast.agency())


@pytest.fixture
def law() -> Unit:
    return cast.unit(cast.course_page(LAW))


@pytest.fixture
def module() -> Unit:
    return cast.unit(cast.module_page(SHARED))


# -- beginning -----------------------------------------------------------------------------------


def test_who_begins_twice_has_begun_once(anna: User, law: Unit) -> None:
    first = cast.begin(anna, law, NOW)
    again = cast.begin(anna, law, NOW + DAY, language="en")
    assert again == first
    assert again.started_at == NOW
    assert Enrolment.objects.filter(user=anna).count() == 1
    assert Tally.objects.get(unit=law, measure=Measure.STARTED).number == 1


def test_a_learner_without_an_agency_can_begin(law: Unit) -> None:
    assert cast.begin(cast.learner(), law).agency is None
    assert Tally.objects.get(unit=law, measure=Measure.STARTED).agency is None


# -- lessons and modules -------------------------------------------------------------------------


def test_a_lesson_that_is_done_twice_is_done_once(anna: User, module: Unit) -> None:
    lesson = cast.lessons_of(module)[0]
    for day in range(3):
        cast.read(anna, lesson, NOW + day * DAY)
    assert LessonDone.objects.get(user=anna).at == NOW
    assert cast.module_seen(anna, cast.module_page(SHARED)).progress.done == 1


def test_a_lesson_begins_its_module(anna: User, module: Unit) -> None:
    cast.read(anna, cast.lessons_of(module)[0])
    assert Enrolment.objects.get(user=anna).unit == module


@pytest.mark.parametrize("quiz_at", [0, 1, -1], ids=["quiz first", "quiz between", "quiz last"])
def test_a_module_is_completed_exactly_when_its_last_step_is_done(
    anna: User, module: Unit, quiz_at: int
) -> None:
    steps: list[Callable[[], object]] = [
        lambda lesson=lesson: cast.read(anna, lesson) for lesson in cast.lessons_of(module)
    ]
    steps.insert(quiz_at % (len(steps) + 1), lambda: cast.take_quiz(anna, module))
    for number, step in enumerate(steps, 1):
        assert not Completion.objects.exists()
        step()
        progress = cast.module_seen(anna, cast.module_page(SHARED)).progress
        assert (progress.done, progress.total) == (number, len(steps))
    assert cast.completed(anna) == {module}
    assert progress.completed


def test_a_quiz_that_is_not_passed_completes_nothing(anna: User, module: Unit) -> None:
    cast.read_all(anna, module)
    cast.take_quiz(anna, module, passing=False)
    assert not Completion.objects.exists()
    cast.take_quiz(anna, module)
    assert cast.completed(anna) == {module}


def test_a_module_is_completed_once_whatever_is_done_again(anna: User, module: Unit) -> None:
    cast.complete(anna, module, NOW)
    cast.complete(anna, module, NOW + DAY)
    cast.take_quiz(anna, module, NOW + DAY, passing=False)
    complete_module(user=anna, module=module, now=NOW + 2 * DAY)
    assert Completion.objects.get(user=anna).at == NOW
    assert Tally.objects.get(unit=module, measure=Measure.COMPLETED).number == 1


def test_each_record_names_the_agency_of_its_day(module: Unit) -> None:
    before, after = cast.agency("Före"), cast.agency("Efter")
    anna = cast.learner()
    membership = cast.member(anna, before)
    first, *others = cast.lessons_of(module)
    cast.read(anna, first, NOW)
    membership.end = NOW.date()
    membership.save()
    cast.member(anna, after, NOW + DAY)
    for lesson in others:
        cast.read(anna, lesson, NOW + DAY)
    attempt = cast.take_quiz(anna, module, NOW + DAY)
    assert Enrolment.objects.get(user=anna).agency == before
    assert LessonDone.objects.get(lesson=first).agency == before
    assert {done.agency for done in LessonDone.objects.exclude(lesson=first)} == {after}
    assert attempt.agency == after
    assert Completion.objects.get().agency == after


def test_a_completion_keeps_the_agency_when_the_learner_moves_on(module: Unit) -> None:
    before = cast.agency("Före")
    anna = cast.learner()
    membership = cast.member(anna, before)
    cast.complete(anna, module, NOW)
    membership.end = NOW.date()
    membership.save()
    cast.member(anna, cast.agency("Efter"), NOW + DAY)
    cast.complete(anna, module, NOW + 2 * DAY)
    assert Completion.objects.get().agency == before
    assert set(Tally.objects.values_list("agency", flat=True)) == {before.pk}


# -- courses ---------------------------------------------------------------------------------------


@each_language
def test_a_module_counts_in_every_course_that_holds_it_and_in_both_languages(
    anna: User, module: Unit, language: str
) -> None:
    cast.begin(anna, cast.unit(cast.course_page(LAW)))
    cast.complete(anna, module)
    for slug in (LAW, LEADERSHIP):
        page = cast.course_page(slug, language)
        rows = cast.course_seen(anna, page).modules
        counted = [row.title for row in rows if row.progress.completed]
        assert counted == [cast.module_page(SHARED, language).title]
    assert cast.module_seen(anna, cast.module_page(SHARED, language)).progress.completed


def test_a_course_is_completed_by_the_step_that_completes_its_last_module(
    anna: User, law: Unit
) -> None:
    cast.begin(anna, law)
    *others, last = cast.modules_of(law)
    for module in others:
        cast.complete(anna, module, NOW)
    cast.take_quiz(anna, last, NOW)
    *lessons, final = cast.lessons_of(last)
    for lesson in lessons:
        cast.read(anna, lesson, NOW)
    assert not Completion.objects.filter(unit=law).exists()
    cast.read(anna, final, NOW + DAY)
    completion = Completion.objects.get(unit=law)
    assert (completion.started_at, completion.at) == (NOW, NOW + DAY)
    assert completion.version == Enrolment.objects.get(unit=law).version


def test_one_module_can_complete_two_courses_at_once(anna: User) -> None:
    units = [cast.unit(cast.course_page(slug)) for slug in (LAW, LEADERSHIP)]
    for course in units:
        cast.begin(anna, course)
        for module in cast.modules_of(course):
            if module != cast.unit(cast.module_page(SHARED)):
                cast.complete(anna, module)
    assert not cast.completed(anna) & set(units)
    cast.complete(anna, cast.unit(cast.module_page(SHARED)))
    assert cast.completed(anna) >= set(units)


def test_who_begins_a_course_with_all_of_its_modules_completed_has_completed_it(
    anna: User, law: Unit
) -> None:
    for module in cast.modules_of(law):
        cast.complete(anna, module, NOW)
    assert not Completion.objects.filter(unit=law).exists()
    cast.begin(anna, law, NOW + DAY)
    completion = Completion.objects.get(unit=law)
    assert (completion.started_at, completion.at) == (NOW + DAY, NOW + DAY)


def test_modules_outside_a_course_do_not_complete_it(anna: User, law: Unit) -> None:
    cast.begin(anna, law)
    leadership = cast.unit(cast.course_page(LEADERSHIP))
    for module in cast.modules_of(leadership):
        cast.complete(anna, module)
    assert not Completion.objects.filter(unit__in=[law, leadership]).exists()


def test_a_course_that_asks_for_two_of_its_modules_is_completed_with_any_two(anna: User) -> None:
    page = cast.change(cast.course_page(LAW), modules_required=2)
    law = cast.unit(page)
    cast.begin(anna, law)
    first, _second, third, _fourth = cast.modules_of(law)
    cast.complete(anna, third)
    assert law not in cast.completed(anna)
    cast.complete(anna, first, NOW + DAY)
    assert law in cast.completed(anna)
    seen = cast.course_seen(anna, page)
    assert seen.required == 2
    assert seen.progress.percent == 100


def test_progress_of_a_course_is_that_of_the_steps_of_its_modules(anna: User, law: Unit) -> None:
    cast.begin(anna, law)
    steps = [len(cast.lessons_of(module)) + 1 for module in cast.modules_of(law)]
    first, second, *_others = cast.modules_of(law)
    cast.complete(anna, first)
    cast.read(anna, cast.lessons_of(second)[0])
    progress = cast.course_seen(anna, cast.course_page(LAW)).progress
    assert (progress.done, progress.total) == (steps[0] + 1, sum(steps))
