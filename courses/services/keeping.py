"""Makes records of what somebody did before signing in."""

import datetime
import uuid
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils import timezone

from agencies.models import User
from agencies.selectors import agency_on
from courses.domain.drawing import drawn
from courses.domain.packing import unpack
from courses.domain.spec import Scale, UnitKind
from courses.guest import Guest, Run
from courses.models import Attempt, Enrolment, Unit, UnitVersion
from courses.services.attempts import grade, store_answer
from courses.services.completing import complete_courses, complete_module_alone
from courses.services.enrolling import enrol, open_enrolment
from courses.services.lessons import mark_done
from courses.versions import NothingToLearnError, compiled_quiz, current_version


@transaction.atomic
def keep_guest(
    *, user: User, guest: Guest, course: Unit | None, language: str, now: datetime.datetime
) -> None:
    """Moves all that the guest has done into the account. Safe to call twice; an attempt that has
    been handed in before, by whomever, is left as it is.

    In the order of courses.services.completing, since many may do it at the same time.
    """
    keys = {*guest.lessons, *(run.quiz for run in guest.runs)}
    parts = Unit.objects.filter(key__in=keys, part_of__isnull=False).select_related("part_of")
    by_module: dict[Unit, list[Unit]] = {}
    for part in parts.order_by("part_of", "pk"):
        by_module.setdefault(part.module, []).append(part)
    for module, its_parts in by_module.items():
        try:
            _keep_module(user, module, its_parts, guest, language, now)
        except NothingToLearnError:
            # It has been taken away since.
            continue
    if course:
        _begin(user, course, language, now)
    complete_courses(user=user, now=now)


def _begin(user: User, course: Unit, language: str, now: datetime.datetime) -> None:
    if Enrolment.objects.filter(user=user, unit=course).exists():
        return
    try:
        open_enrolment(user, course, current_version(course, language), cycle=1, now=now)
    except NothingToLearnError:
        return


def _keep_module(
    user: User,
    module: Unit,
    parts: Sequence[Unit],
    guest: Guest,
    language: str,
    now: datetime.datetime,
) -> None:
    enrolment = enrol(user=user, unit=module, language=language, now=now)
    lessons = [part for part in parts if part.kind == UnitKind.LESSON]
    mark_done(user, enrolment, lessons, now)
    quizzes = {str(part.key): part for part in parts if part.kind == UnitKind.QUIZ}
    for run in guest.runs:
        if run.quiz in quizzes:
            _keep_run(user, enrolment.cycle, quizzes[run.quiz], run, now)
    complete_module_alone(user=user, module=module, now=now)


def _keep_run(user: User, cycle: int, quiz: Unit, run: Run, now: datetime.datetime) -> None:
    version = UnitVersion.objects.filter(pk=run.version, unit=quiz).first()
    if version is None or Attempt.objects.filter(key=run.key).exists():
        return
    spec = compiled_quiz(version).structure
    asked = {question.id: question for question in drawn(spec, run.seed)}
    given = {key: one for key, one in unpack(spec, run.answers).items() if key in asked}
    attempt = Attempt(
        key=uuid.UUID(run.key),
        user=user,
        quiz=quiz,
        version=version,
        agency=agency_on(user, timezone.localdate(now)),
        cycle=cycle,
        seed=run.seed,
        started_at=min(now, datetime.datetime.fromtimestamp(run.at, tz=datetime.UTC)),
    )
    if run.submitted:
        grade(attempt, spec, given, now)
    try:
        with transaction.atomic():
            attempt.save(force_insert=True)
    except IntegrityError:
        # Another request has just kept it, or an attempt at this quiz is open and goes on.
        return
    for question_id, response in given.items():
        store_answer(attempt, question_id, response, isinstance(asked[question_id], Scale), now)
