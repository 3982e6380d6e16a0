"""Writes completions, in the request that earns them."""

import datetime

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from agencies.models import User
from agencies.selectors import agency_on
from courses.domain.completion import course_is_completed, module_is_completed
from courses.domain.spec import CourseSpec, ModuleSpec, UnitKind
from courses.models import Attempt, Completion, CurrentVersion, Enrolment, LessonDone, Unit
from courses.services.tallies import count_completion
from courses.versions import compiled_course, compiled_module


def complete_module(*, user: User, module: Unit, now: datetime.datetime) -> None:
    """Completes the module where its last step is done, and then every course that this completes.

    All rows that are shared with others, or with other requests of the learner's, are taken in one
    order, modules before courses and each by primary key: so nobody waits in a circle.
    """
    if complete_module_alone(user=user, module=module, now=now):
        complete_courses(user=user, now=now)


def complete_module_alone(*, user: User, module: Unit, now: datetime.datetime) -> bool:
    """Whether its last step is done, and so it has been completed just now.

    Locks the enrolment, so that of two last steps at the same time one sees the other.
    """
    enrolment = (
        Enrolment.objects.select_for_update(of=("self",))
        .filter(user=user, unit=module)
        .select_related("version")
        .order_by("-cycle")
        .first()
    )
    if enrolment is None or Completion.objects.of(enrolment).exists():
        return False
    spec = compiled_module(enrolment.version).structure
    done = done_steps(user, module, enrolment.cycle)
    if not module_is_completed(spec, done) and not module_is_completed(
        _without_gone(spec, module, done), done
    ):
        return False
    _complete(enrolment, now)
    return True


def complete_courses(*, user: User, now: datetime.datetime) -> None:
    """Completes every course of the learner's that has enough completed modules."""
    for course in _open_courses(user):
        complete_course(enrolment=course, now=now)


@transaction.atomic
def catch_up(*, user: User, course: Unit, now: datetime.datetime) -> None:
    """Completes modules that the learner has begun and has nothing left to do in, since a part of
    them was taken away, and then courses."""
    enrolments = Enrolment.objects.filter(user=user).select_related("version", "unit")
    enrolment = enrolments.filter(unit=course).order_by("-cycle").first()
    if enrolment is None:
        return
    keys = compiled_course(enrolment.version).structure.modules
    completions = Completion.objects.filter(
        user=user, unit=OuterRef("unit"), cycle=OuterRef("cycle")
    )
    begun = enrolments.filter(~Exists(completions), unit__key__in=keys)
    for module in begun.order_by("unit"):
        complete_module_alone(user=user, module=module.unit, now=now)
    complete_courses(user=user, now=now)


def complete_course(*, enrolment: Enrolment, now: datetime.datetime) -> None:
    """Completes the course where enough of its modules are completed, in whichever course."""
    spec = compiled_course(enrolment.version).structure
    completions = Completion.objects.filter(user=enrolment.user, unit__key__in=spec.modules)
    if enrolment.cycle > 1:
        completions = completions.filter(at__gte=enrolment.started_at)
    completed = {str(key) for key in completions.values_list("unit__key", flat=True)}
    if not completed or Completion.objects.of(enrolment).exists():
        return
    if course_is_completed(spec, completed) or course_is_completed(
        _without_gone_modules(spec, enrolment, completed), completed
    ):
        _complete(enrolment, now)


def done_steps(user: User, module: Unit, cycle: int) -> set[str]:
    """Keys of the module's lessons that are done and of its quiz where it is passed: one query."""
    lessons = LessonDone.objects.filter(user=user, lesson__part_of=module, cycle=cycle)
    quizzes = Attempt.objects.filter(user=user, quiz__part_of=module, cycle=cycle, passed=True)
    keys = lessons.values_list("lesson__key").union(quizzes.order_by().values_list("quiz__key"))
    return {str(key) for (key,) in keys}


def _without_gone(spec: ModuleSpec, module: Unit, done: set[str]) -> ModuleSpec:
    """Without steps that no current version has any more: nobody can take them."""
    there = set(done)
    for row in CurrentVersion.objects.filter(unit=module).select_related("version"):
        there |= set(compiled_module(row.version).structure.steps)
    return spec.model_copy(
        update={
            "lessons": tuple(lesson for lesson in spec.lessons if lesson.key in there),
            "quiz": spec.quiz if spec.quiz in there else None,
        }
    )


def _without_gone_modules(
    spec: CourseSpec, enrolment: Enrolment, completed: set[str]
) -> CourseSpec:
    there = set(completed)
    for row in CurrentVersion.objects.filter(unit_id=enrolment.unit_id).select_related("version"):
        there |= set(compiled_course(row.version).structure.modules)
    return spec.model_copy(update={"modules": tuple(key for key in spec.modules if key in there)})


def _open_courses(user: User) -> list[Enrolment]:
    """The latest enrolments in courses, locked."""
    rows = (
        Enrolment.objects.select_for_update(of=("self",))
        .filter(user=user, unit__kind=UnitKind.COURSE)
        .select_related("version")
        .order_by("unit", "cycle")
    )
    return list({row.unit_id: row for row in rows}.values())


def _complete(enrolment: Enrolment, now: datetime.datetime) -> None:
    try:
        with transaction.atomic():
            completion = Completion.objects.create(
                user_id=enrolment.user_id,
                unit_id=enrolment.unit_id,
                version_id=enrolment.version_id,
                agency=agency_on(enrolment.user, timezone.localdate(now)),
                cycle=enrolment.cycle,
                started_at=enrolment.started_at,
                at=max(now, enrolment.started_at),
            )
            count_completion(completion)
    except IntegrityError:
        # Another request has just completed it.
        return
