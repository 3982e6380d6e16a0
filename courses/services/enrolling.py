"""Beginning, renewing, and going over to a newer version."""

import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from agencies.models import User
from agencies.selectors import agency_on
from courses.domain.completion import CourseState, course_state
from courses.domain.spec import UnitKind
from courses.models import Attempt, Completion, Enrolment, Unit, UnitVersion
from courses.services.completing import complete_course, complete_module
from courses.services.tallies import count_start
from courses.versions import compiled_course, current_version


@transaction.atomic
def enrol(*, user: User, unit: Unit, language: str, now: datetime.datetime) -> Enrolment:
    """The learner's latest enrolment, locked; made where there is none. Safe to call twice."""
    existing = _latest(user, unit)
    if existing:
        return existing
    enrolment = open_enrolment(user, unit, current_version(unit, language), cycle=1, now=now)
    if unit.kind == UnitKind.COURSE:
        complete_course(enrolment=enrolment, now=now)
    return enrolment


@transaction.atomic
def renew(*, user: User, course: Unit, language: str, now: datetime.datetime) -> Enrolment:
    """Opens the next cycle of a course that is due or expired, and of its completed modules.

    What was done before stays. Where nothing is due, the enrolment stays as it is.
    """
    enrolment = enrol(user=user, unit=course, language=language, now=now)
    completed = Completion.objects.of(enrolment).first()
    spec = compiled_course(enrolment.version).structure
    state = course_state(
        enrolled=True,
        completed_on=timezone.localdate(completed.at) if completed else None,
        months=spec.validity_months,
        renewing=completed is None,
        today=timezone.localdate(now),
    )
    if state not in (CourseState.DUE, CourseState.EXPIRED):
        return enrolment
    version = current_version(course, language)
    renewed = open_enrolment(user, course, version, cycle=enrolment.cycle + 1, now=now)
    for module in Unit.objects.filter(key__in=compiled_course(version).structure.modules):
        _renew_module(user, module, language, now)
    return renewed


def _renew_module(user: User, module: Unit, language: str, now: datetime.datetime) -> None:
    """Opens the next cycle of a module that is completed. An attempt that is open goes on in it."""
    before = Enrolment.objects.filter(user=user, unit=module).order_by("-cycle").first()
    if before is None or not Completion.objects.of(before).exists():
        return
    cycle = before.cycle + 1
    open_enrolment(user, module, current_version(module, language), cycle, now)
    unfinished = Attempt.objects.filter(user=user, quiz__part_of=module, submitted_at=None)
    unfinished.update(cycle=cycle)


@transaction.atomic
def adopt_newest(
    *, user: User, unit: Unit, language: str, now: datetime.datetime
) -> Enrolment | None:
    """The learner takes in what is new. None where there is no enrolment."""
    enrolment = _latest(user, unit)
    if enrolment is None or Completion.objects.of(enrolment).exists():
        return enrolment
    enrolment.version = current_version(unit, language)
    enrolment.save(update_fields=["version"])
    _complete(user, enrolment, now)
    return enrolment


@transaction.atomic
def decline_newest(
    *, user: User, unit: Unit, language: str, now: datetime.datetime
) -> Enrolment | None:
    """The learner stays on the version and is not asked again about this newer one.

    What was taken away is not waited for even so.
    """
    enrolment = _latest(user, unit)
    if enrolment:
        enrolment.declined = current_version(unit, language)
        enrolment.save(update_fields=["declined"])
        _complete(user, enrolment, now)
    return enrolment


def _complete(user: User, enrolment: Enrolment, now: datetime.datetime) -> None:
    if enrolment.unit.kind == UnitKind.COURSE:
        complete_course(enrolment=enrolment, now=now)
    else:
        complete_module(user=user, module=enrolment.unit, now=now)


def _latest(user: User, unit: Unit) -> Enrolment | None:
    rows = Enrolment.objects.select_for_update(of=("self",)).filter(user=user, unit=unit)
    return rows.select_related("version", "unit").order_by("-cycle").first()


def open_enrolment(
    user: User, unit: Unit, version: UnitVersion, cycle: int, now: datetime.datetime
) -> Enrolment:
    """A new enrolment, or the one that another request has just made."""
    try:
        with transaction.atomic():
            enrolment = Enrolment.objects.create(
                user=user,
                unit=unit,
                version=version,
                agency=agency_on(user, timezone.localdate(now)),
                cycle=cycle,
                started_at=now,
            )
            count_start(enrolment)
    except IntegrityError:
        found = _latest(user, unit)
        if found is None:
            raise
        return found
    return enrolment
