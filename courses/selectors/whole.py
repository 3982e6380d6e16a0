from dataclasses import dataclass
from typing import Any

from courses.compiling.quiz import draft_of
from courses.models import LessonPage, ModulePage, Unit
from courses.presenting import Showing, ShownQuestion
from courses.selectors.units import lessons_below
from home.selectors import address, published


@dataclass(frozen=True)
class WholeModule:
    """`questions` are those of the quiz, in the order of the page, without what is right."""

    page: ModulePage
    url: str
    lessons: list[LessonPage]
    minutes: int
    questions: list[ShownQuestion]
    session_minutes: int


def whole_module(module: Unit, language: str) -> WholeModule | None:
    """None where the module is not published in the language."""
    pages = published(
        ModulePage.objects.filter(translation_key=module.key, locale__language_code=language)
    )
    page: Any = pages.select_related("locale", "owner_agency").first()
    if page is None:
        return None
    lessons = list(lessons_below(page))
    quiz = draft_of(page)
    showing = Showing(quiz, seed="", language=language)
    return WholeModule(
        page=page,
        url=address(page),
        lessons=lessons,
        minutes=sum(lesson.minutes for lesson in lessons),
        questions=[showing.question(question) for question in quiz.structure.questions],
        session_minutes=sum(part.value["minutes"] or 0 for part in page.guide_plan),
    )
