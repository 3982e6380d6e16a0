"""A little activity by learners who do not exist, at agencies that do not exist."""

import datetime
from itertools import count

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from agencies.models import Role, User
from courses.domain.answers import Response, as_fields
from courses.domain.drawing import drawn
from courses.domain.spec import Case, Choice, Match, Order, Question, UnitKind
from courses.models import Completion, Unit
from courses.services.attempts import save_answer, start_attempt
from courses.services.enrolling import enrol
from courses.services.evaluating import evaluate
from courses.services.lessons import finish_lesson
from courses.versions import NothingToLearnError, compiled_course, compiled_module, compiled_quiz
from home.demo import join

# How many complete the course and how many only begin it, at each demo agency.
LEARNERS = {
    "exempelmyndigheten": (7, 3),
    "lilla-exempelmyndigheten": (2, 1),
    "exempellansstyrelsen": (6, 2),
}
_DAYS_BETWEEN = 17


def make_demo_learning() -> None:
    """Once: where the first of the learners is there, nothing is done."""
    course = _shortest_course()
    if course is None or User.objects.filter(email=_address(1)).exists():
        return
    numbers = count(1)
    with transaction.atomic():
        for agency, (completing, beginning) in LEARNERS.items():
            for place in range(completing + beginning):
                _learn(next(numbers), agency, course, to_the_end=place < completing)


def right_response(question: Question) -> Response:
    """The response that gives all points; for a scale its middle."""
    if isinstance(question, Case):
        return {part.id: right_response(part) for part in question.questions}
    if isinstance(question, Choice):
        right = sorted(question.right)
        return right if question.kind == "several" else right[0]
    if isinstance(question, Match):
        return {pair: pair for pair in question.pairs}
    if isinstance(question, Order):
        return list(question.items)
    return 3


def _shortest_course() -> Unit | None:
    courses = Unit.objects.filter(kind=UnitKind.COURSE, versions__isnull=False).distinct()
    return min(courses, key=lambda course: len(_modules(course)), default=None)


def _modules(course: Unit) -> list[Unit]:
    version = course.versions.order_by("-number")[0]
    keys = compiled_course(version).structure.modules
    found = {str(unit.key): unit for unit in Unit.objects.filter(key__in=keys)}
    return [found[key] for key in keys if key in found]


def _address(number: int) -> str:
    return f"deltagare-{number}@example.org"


def _learn(number: int, agency: str, course: Unit, to_the_end: bool) -> None:
    user = User.objects.create_user(_address(number), first_name="Demo", last_name=f"{number}")
    join(user, agency, Role.LEARNER)
    began = timezone.now() - datetime.timedelta(days=1 + _DAYS_BETWEEN * number)
    language = settings.LANGUAGE_CODE
    enrol(user=user, unit=course, language=language, now=began)
    modules = _modules(course)
    for place, module in enumerate(modules if to_the_end else modules[:1]):
        _take(user, module, began + datetime.timedelta(hours=(number % 5 + 1) * (place + 1)))
    completion = Completion.objects.filter(user=user, unit=course).first()
    if completion:
        scores = {"useful": 3 + number % 3, "clear": 5 - number % 2, "recommend": 4}
        evaluate(completion=completion, scores=scores, words="", now=completion.at)


def _take(user: User, module: Unit, now: datetime.datetime) -> None:
    language = settings.LANGUAGE_CODE
    version = module.versions.order_by("-number")[0]
    for lesson in compiled_module(version).structure.lessons:
        unit = Unit.objects.get(key=lesson.key)
        finish_lesson(user=user, lesson=unit, language=language, now=now)
    quiz = module.parts.filter(kind=UnitKind.QUIZ).first()
    if quiz is None:
        return
    try:
        attempt = start_attempt(user=user, quiz=quiz, language=language, now=now)
    except NothingToLearnError:
        return
    for question in drawn(compiled_quiz(attempt.version).structure, attempt.seed):
        save_answer(
            user=user,
            attempt_key=attempt.key,
            question_id=question.id,
            fields=as_fields(question, right_response(question)),
            now=now,
        )
