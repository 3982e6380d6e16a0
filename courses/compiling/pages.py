"""From published pages, in all languages that share their structure, to versions."""

import uuid
from typing import Any

from wagtail.models import Page

from courses.compiling.quiz import graded_in, quiz_of
from courses.domain.spec import (
    Compiled,
    CourseSpec,
    LessonRef,
    ModuleSpec,
    QuizSpec,
    text_id,
)
from courses.models import CoursePage, LessonPage, ModulePage
from home.selectors import published

OneLanguage = tuple[Any, dict[str, str]]


def quiz_key(module_key: uuid.UUID) -> uuid.UUID:
    """The key of a module's quiz, which has no page of its own."""
    return uuid.uuid5(module_key, "quiz")


def compile_course(page: CoursePage) -> Compiled[CourseSpec]:
    return _merged(page, _course)


def compile_module(page: ModulePage) -> Compiled[ModuleSpec]:
    return _merged(page, _module)


def compile_quiz(page: ModulePage) -> Compiled[QuizSpec]:
    return _merged(page, quiz_of)


def lessons_of(module: Page) -> list[LessonPage]:
    return list(published(LessonPage.objects.child_of(module)).order_by("path"))


def _merged(page: Any, compile_one: Any) -> Compiled[Any]:
    """The page's structure, with its own texts and those of translations that share it."""
    structure, texts = compile_one(page)
    by_language = {page.locale.language_code: texts}
    others = type(page).objects.filter(translation_key=page.translation_key, live=True)
    for other in others.exclude(pk=page.pk).select_related("locale"):
        its_structure, its_texts = compile_one(other)
        if its_structure == structure:
            by_language[other.locale.language_code] = its_texts
    return Compiled(structure, dict(sorted(by_language.items())))


def _course(page: CoursePage) -> OneLanguage:
    chosen = [block.value for block in page.modules if block.value]
    live = {
        module.pk: module
        for module in published(ModulePage.objects.filter(pk__in=[module.pk for module in chosen]))
    }
    modules = [live[module.pk] for module in chosen if module.pk in live]
    keys = list(dict.fromkeys(str(module.translation_key) for module in modules))
    structure = CourseSpec(
        modules=tuple(keys),
        required=page.modules_required,
        validity_months=page.validity_months,
    )
    return structure, {
        text_id(str(module.translation_key), "title"): module.title for module in modules
    }


def _module(page: ModulePage) -> OneLanguage:
    lessons = lessons_of(page)
    structure = ModuleSpec(
        lessons=tuple(
            LessonRef(key=str(lesson.translation_key), minutes=lesson.minutes) for lesson in lessons
        ),
        quiz=str(quiz_key(page.translation_key)) if page.quiz.raw_data else None,
        quiz_minutes=graded_in(page),
    )
    return structure, {
        text_id(str(lesson.translation_key), "title"): lesson.title for lesson in lessons
    }
