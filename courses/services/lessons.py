import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from agencies.models import User
from agencies.selectors import agency_on
from courses.models import Enrolment, LessonDone, Unit
from courses.services.completing import complete_module
from courses.services.enrolling import enrol


@transaction.atomic
def finish_lesson(*, user: User, lesson: Unit, language: str, now: datetime.datetime) -> None:
    """Marks the lesson as done, in the module's cycle that is going on. Safe to call twice."""
    enrolment = enrol(user=user, unit=lesson.module, language=language, now=now)
    mark_done(user, enrolment, [lesson], now)
    complete_module(user=user, module=lesson.module, now=now)


def mark_done(
    user: User, enrolment: Enrolment, lessons: Iterable[Unit], now: datetime.datetime
) -> None:
    """Writes that lessons of the enrolment's module are done, where that is not written yet."""
    agency = agency_on(user, timezone.localdate(now))
    rows = [
        LessonDone(user=user, lesson=lesson, cycle=enrolment.cycle, agency=agency, at=now)
        for lesson in lessons
    ]
    LessonDone.objects.bulk_create(rows, ignore_conflicts=True)
