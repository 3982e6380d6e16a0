from dataclasses import dataclass

from django.urls import reverse

from courses.domain.spec import UnitKind
from courses.journey import Journey
from courses.models import Completion, CoursePage, Unit
from courses.selectors.course import course_view
from courses.versions import compiled_course
from home.frame import Link
from home.permanent import key_range, permanent_id
from home.selectors import published


@dataclass(frozen=True)
class After:
    """What comes after a module whose quiz is passed: a course that is completed and has no
    certificate yet, or what is next in the course that the learner is on the way through."""

    completed_course: Link | None = None
    next: Link | None = None


def after_module(module: Unit, journey: Journey) -> After:
    completed = _completed_course(module, journey)
    if completed:
        return After(completed_course=completed)
    return After(next=_next_in_course(journey))


def _completed_course(module: Unit, journey: Journey) -> Link | None:
    if journey.user is None:
        return None
    completions = Completion.objects.filter(
        user=journey.user, unit__kind=UnitKind.COURSE, certificate=None
    )
    for completion in completions.select_related("unit", "version").order_by("-at"):
        if str(module.key) in compiled_course(completion.version).structure.modules:
            code = permanent_id(completion.unit.key)
            url = reverse("course_completed", args=[code])
            return Link(completion.unit.title_in(journey.language), url)
    return None


def _next_in_course(journey: Journey) -> Link | None:
    if not journey.course:
        return None
    courses = CoursePage.objects.filter(
        translation_key__range=key_range(journey.course), locale__language_code=journey.language
    )
    page = published(courses).select_related("locale").first()
    return course_view(page, journey).next if page else None
