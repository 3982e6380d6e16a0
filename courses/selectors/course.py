import datetime
from dataclasses import dataclass, replace

from django.utils import timezone
from wagtail.models import Page

from courses.domain.completion import (
    CourseState,
    Progress,
    course_progress,
    course_state,
    next_step,
    valid_until,
)
from courses.domain.spec import CourseSpec, UnitKind
from courses.journey import Journey
from courses.models import CoursePage
from courses.selectors.news import News, news_of
from courses.selectors.records import Learned, Record, learned, of_kind, with_key
from courses.selectors.units import pages_by_key
from courses.versions import compiled_course
from home.frame import Link
from home.permanent import key_range, permanent_id
from home.selectors import address, published


@dataclass(frozen=True)
class ModuleRow:
    title: str
    summary: str
    url: str
    minutes: int
    progress: Progress


@dataclass(frozen=True)
class CourseView:
    """A course, and how far the learner has come. `completed_on` and `valid_until` are of the
    latest completion; `modules` leaves out those that are not published in the language."""

    code: str
    modules: list[ModuleRow]
    minutes: int
    required: int | None
    progress: Progress
    state: CourseState
    next: Link | None
    completed_on: datetime.date | None
    valid_until: datetime.date | None
    news: News | None

    @property
    def begun(self) -> bool:
        return self.state is not CourseState.NOT_STARTED


@dataclass(frozen=True)
class Standing:
    """How a learner stands in a course."""

    progress: Progress
    state: CourseState
    completed_on: datetime.date | None
    valid_until: datetime.date | None


def course_view(page: CoursePage, journey: Journey) -> CourseView:
    key = str(page.translation_key)
    known = learned(journey, with_key(key), of_kind(UnitKind.MODULE))
    spec = spec_of(known, key)
    steps = {step for module in spec.modules for step in known.module_spec(module).steps}
    pages = pages_by_key({*spec.modules, *steps}, journey.language)
    here = replace(journey, course=permanent_id(page.translation_key))
    there = [module for module in spec.modules if module in pages and module in known.current]
    standing = standing_in(known, key, spec, begun=journey.user is None and bool(journey.guest))
    return CourseView(
        code=here.course,
        modules=[_row(known, key, module, pages[module], here) for module in there],
        minutes=sum(known.module_spec(module).minutes for module in there),
        required=spec.required,
        progress=standing.progress,
        state=standing.state,
        next=_next(known, key, there, pages, here),
        completed_on=standing.completed_on,
        valid_until=standing.valid_until,
        news=news_of(known, key, journey.language),
    )


def spec_of(known: Learned, key: str) -> CourseSpec:
    """The learner's own version of a course, or the current one."""
    version = known.own(key) or known.current.get(key)
    return compiled_course(version).structure if version else CourseSpec(modules=())


def standing_in(known: Learned, key: str, spec: CourseSpec, begun: bool = False) -> Standing:
    """`begun` says that somebody without an enrolment has done something."""
    record: Record = known.record(key)
    progress = {
        module: known.progress_in(key, module) for module in spec.modules if module in known.current
    }
    done_on = timezone.localdate(record.completed_at) if record.completed_at else None
    started = record.cycle > 0 or (begun and any(one.done for one in progress.values()))
    return Standing(
        progress=course_progress(spec, progress, done_on is not None and not record.renewing),
        state=course_state(
            started, done_on, spec.validity_months, record.renewing, timezone.localdate()
        ),
        completed_on=done_on,
        valid_until=valid_until(done_on, spec.validity_months) if done_on else None,
    )


def course_link(journey: Journey) -> Link | None:
    """The course that the learner is on the way through; None where it is not published."""
    if not journey.course:
        return None
    courses = published(
        CoursePage.objects.filter(
            translation_key__range=key_range(journey.course),
            locale__language_code=journey.language,
        )
    )
    course = courses.first()
    return Link(course.title, address(course) + journey.query) if course else None


def _row(known: Learned, course: str, key: str, page: Page, journey: Journey) -> ModuleRow:
    return ModuleRow(
        title=page.title,
        summary=page.search_description,
        url=address(page) + journey.query,
        minutes=known.module_spec(key).minutes,
        progress=known.progress_in(course, key),
    )


def _next(
    known: Learned, course: str, modules: list[str], pages: dict[str, Page], journey: Journey
) -> Link | None:
    """The first lesson that is not done, or the module whose quiz is what is left."""
    for key in modules:
        if known.progress_in(course, key).completed:
            continue
        step = next_step(known.module_spec(key), known.record(key).done)
        if step is not None:
            page = pages.get(step, pages[key])
            return Link(page.title, address(page) + journey.query)
    return None
