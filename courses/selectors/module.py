from dataclasses import dataclass

from courses.domain.completion import Progress
from courses.journey import Journey
from courses.models import CoursePage, LessonPage, ModulePage
from courses.selectors.course import course_link
from courses.selectors.news import News, news_of
from courses.selectors.records import learned, with_key
from courses.selectors.units import lessons_below
from home.frame import Link
from home.permanent import permanent_id
from home.selectors import address, published


@dataclass(frozen=True)
class LessonRow:
    title: str
    url: str
    minutes: int
    done: bool


@dataclass(frozen=True)
class ModuleView:
    """A module, and how far the learner has come in it. `questions` is how many an attempt has."""

    code: str
    lessons: list[LessonRow]
    minutes: int
    questions: int
    progress: Progress
    quiz_passed: bool
    next: Link | None
    course: Link | None
    courses: list[Link]
    news: News | None


def module_view(page: ModulePage, journey: Journey) -> ModuleView:
    key = str(page.translation_key)
    known = learned(journey, with_key(key))
    spec, done = known.module_spec(key), known.record(key).done
    rows = [_row(lesson, done, journey) for lesson in lessons_below(page)]
    courses = courses_with(page)
    own = next(
        (one for one in courses if permanent_id(one.translation_key) == journey.course), None
    )
    return ModuleView(
        code=permanent_id(page.translation_key),
        lessons=rows,
        minutes=spec.minutes,
        questions=len(page.quiz.raw_data[: page.quiz_draw]),
        progress=known.progress(key),
        quiz_passed=spec.quiz in done,
        next=next((Link(row.title, row.url) for row in rows if not row.done), None),
        course=Link(own.title, address(own) + journey.query) if own else course_link(journey),
        courses=[Link(course.title, address(course)) for course in courses],
        news=news_of(known, key, journey.language),
    )


def courses_with(page: ModulePage) -> list[CoursePage]:
    """Published courses in the module's language that hold it: one query."""
    courses = published(CoursePage.objects.filter(locale_id=page.locale_id)).order_by("path")
    return [
        course
        for course in courses
        if page.pk in [block["value"] for block in course.modules.raw_data]
    ]


def _row(lesson: LessonPage, done: set[str], journey: Journey) -> LessonRow:
    return LessonRow(
        title=lesson.title,
        url=address(lesson) + journey.query,
        minutes=lesson.minutes,
        done=str(lesson.translation_key) in done,
    )
