"""A learner's own courses, notes and certificates."""

import uuid
from dataclasses import dataclass, field

from django.utils import timezone
from wagtail.models import Page

from agencies.models import User
from courses.domain.completion import CourseState, Progress
from courses.domain.spec import UnitKind
from courses.journey import Journey
from courses.models import Certificate, Completion, CourseIndexPage, Reflection, Unit
from courses.selectors.course import Standing, spec_of, standing_in
from courses.selectors.records import Learned, learned, of_kind
from courses.selectors.units import pages_by_key
from home.permanent import permanent_id
from home.selectors import address, published


@dataclass(frozen=True)
class MyCourse:
    """`url` is empty where the course is not published any more."""

    code: str
    title: str
    url: str
    standing: Standing

    @property
    def state(self) -> CourseState:
        return self.standing.state


@dataclass(frozen=True)
class MyModule:
    """A module that was begun outside any of the learner's courses."""

    title: str
    url: str
    progress: Progress


@dataclass(frozen=True)
class Mine:
    going_on: list[MyCourse] = field(default_factory=list)
    due: list[MyCourse] = field(default_factory=list)
    completed: list[MyCourse] = field(default_factory=list)
    modules: list[MyModule] = field(default_factory=list)
    certificates: list[Certificate] = field(default_factory=list)
    notes: int = 0
    courses_url: str = ""


def my_learning(journey: Journey, user: User) -> Mine:
    known = learned(journey, of_kind(UnitKind.COURSE), of_kind(UnitKind.MODULE))
    units = {str(version.unit.key): version.unit for version in known.versions.values()}
    begun = [key for key, record in known.records.items() if record.cycle and key in units]
    begun.sort(key=lambda key: known.record(key).started_at or timezone.now(), reverse=True)
    courses = [key for key in begun if units[key].kind == UnitKind.COURSE]
    inside = {module for key in courses for module in spec_of(known, key).modules}
    alone = [key for key in begun if units[key].kind == UnitKind.MODULE and key not in inside]
    pages = pages_by_key(begun, journey.language)
    certificates = list(Certificate.objects.filter(completion__user=user))
    found = [_course(known, key, units[key], pages.get(key), journey) for key in courses]
    due = (CourseState.DUE, CourseState.EXPIRED)
    return Mine(
        going_on=[one for one in found if one.state is CourseState.GOING_ON],
        due=[one for one in found if one.state in due],
        completed=[one for one in found if one.state is CourseState.COMPLETED],
        modules=[_module(known, key, units[key], pages.get(key), journey) for key in alone],
        certificates=certificates,
        notes=Reflection.objects.filter(user=user).count(),
        courses_url=_courses_url(journey),
    )


def _courses_url(journey: Journey) -> str:
    """The list of courses; empty where it is not published in the language."""
    pages = published(CourseIndexPage.objects.filter(locale__language_code=journey.language))
    index = pages.select_related("locale").first()
    return address(index) if index else ""


def _course(known: Learned, key: str, unit: Unit, page: Page | None, journey: Journey) -> MyCourse:
    standing = standing_in(known, key, spec_of(known, key))
    return MyCourse(
        code=permanent_id(unit.key),
        title=page.title if page else unit.title_in(journey.language),
        url=address(page) if page else "",
        standing=standing,
    )


def _module(known: Learned, key: str, unit: Unit, page: Page | None, journey: Journey) -> MyModule:
    return MyModule(
        title=page.title if page else unit.title_in(journey.language),
        url=address(page) if page else "",
        progress=known.progress(key),
    )


@dataclass(frozen=True)
class NotedLesson:
    title: str
    url: str
    notes: list[Reflection]


def my_notes(journey: Journey, user: User) -> list[NotedLesson]:
    """All private notes, by lesson, in the order in which the lessons were first noted at."""
    rows = Reflection.objects.filter(user=user).select_related("lesson").order_by("pk")
    by_lesson: dict[uuid.UUID, list[Reflection]] = {}
    for row in rows:
        by_lesson.setdefault(row.lesson.key, []).append(row)
    pages = pages_by_key(by_lesson, journey.language)
    return [
        NotedLesson(
            title=notes[0].lesson.title_in(journey.language),
            url=address(pages[str(key)]) if str(key) in pages else "",
            notes=notes,
        )
        for key, notes in by_lesson.items()
    ]


def completion_of(user: User, course: Unit) -> Completion | None:
    """The learner's latest completion of a course."""
    rows = Completion.objects.filter(user=user, unit=course)
    rows = rows.select_related("unit", "version", "certificate", "evaluation")
    return rows.order_by("-cycle").first()
