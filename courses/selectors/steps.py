"""Where a learner goes next, and what is on the page that they come from."""

from django.urls import reverse

from courses.domain.spec import UnitKind
from courses.journey import Journey
from courses.models import CoursePage, CurrentVersion, LessonPage, Unit
from courses.selectors.course import course_view
from courses.selectors.units import lessons_below
from home.permanent import permanent_id
from home.selectors import address, published


def page_of_lesson(lesson: Unit, language: str) -> LessonPage | None:
    pages = LessonPage.objects.filter(translation_key=lesson.key, locale__language_code=language)
    return published(pages).select_related("locale").first()


def address_of(lesson: Unit, journey: Journey) -> str:
    """The page of the lesson; where it has none in the language, the home page."""
    page = page_of_lesson(lesson, journey.language)
    return address(page) + journey.query if page else f"/{journey.language}/"


def after_lesson(lesson: Unit, journey: Journey) -> str:
    """The next lesson of the module, then its quiz, then the module itself."""
    page = page_of_lesson(lesson, journey.language)
    if page is None:
        return f"/{journey.language}/"
    later = lessons_below(page.get_parent()).filter(path__gt=page.path).first()
    if later:
        return address(later) + journey.query
    quizzes = CurrentVersion.objects.filter(unit__part_of=lesson.part_of, unit__kind=UnitKind.QUIZ)
    if lesson.part_of and quizzes.exists():
        return reverse("quiz", args=[permanent_id(lesson.part_of.key)]) + journey.query
    return address(page.get_parent()) + journey.query


def prompt_of(lesson: Unit, prompt: str, language: str) -> str:
    """The question at a prompt of the lesson; empty where there is no such prompt."""
    page = page_of_lesson(lesson, language)
    if page is None:
        return ""
    for block in page.body:
        if block.block_type == "reflection" and str(block.id) == prompt:
            return str(block.value["prompt"])
    return ""


def first_step(course: Unit, journey: Journey) -> str:
    """The first lesson of the course that is not done; the course itself where all are."""
    page = CoursePage.objects.filter(
        translation_key=course.key, locale__language_code=journey.language, live=True
    ).first()
    if page is None:
        return f"/{journey.language}/"
    following = course_view(page, journey).next
    return following.url if following else address(page) + journey.query
