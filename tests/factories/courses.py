"""Courses, modules, lessons and quizzes, published unless `live=False`.

A quiz is a list of blocks as they are stored, with ids that say what they are: `q1`, and `q1-a` for
its first answer. The same list in two languages makes two pages that share their structure.
"""

from typing import Any

import factory
from wagtail.models import Locale, Page
from wagtail_factories import PageFactory

from agencies.models import User
from courses.models import (
    CourseIndexPage,
    CoursePage,
    LessonPage,
    ModuleIndexPage,
    ModulePage,
    Unit,
)
from home.models import HomePage
from tests.factories.kb import KnowledgePageFactory

Block = dict[str, Any]


def module_index(locale: Locale) -> ModuleIndexPage:
    return _index(ModuleIndexPage, locale)


def course_index(locale: Locale) -> CourseIndexPage:
    return _index(CourseIndexPage, locale)


def _index(model: type[Page], locale: Locale) -> Any:
    """The one of the starter content, or a new one."""
    found = model.objects.filter(locale=locale).first()
    if found:
        return found
    page = model(
        title=model.__name__, slug=model.__name__.lower(), locale=locale,
        search_description="En lista som bara finns i ett test.",
    )  # fmt: skip
    return HomePage.objects.get(locale=locale).add_child(instance=page)


def learner(name: str = "anna") -> User:
    return User.objects.create_user(f"{name}@example.org", first_name=name.title())


# -- questions ---------------------------------------------------------------------------------


def one(key: str, *, right: str = "a", of: str = "abc", kind: str = "one", **value: Any) -> Block:
    """With `kind="several"` each letter of `right` is right."""
    options = [
        item(f"{key}-{letter}", text=f"Svar {letter}", right=letter in right, feedback="Därför.")
        for letter in of
    ]
    return {"type": kind, "id": key, "value": {"text": f"Fråga {key}?", "options": options} | value}


def truth(key: str, *, answer: bool = True, **value: Any) -> Block:
    words = {"text": f"Påstående {key}", "if_true": "Ja, så är det.", "if_false": "Nej, så är det."}
    return {"type": "truth", "id": key, "value": words | {"answer": answer} | value}


def match(key: str, *, of: str = "abc", **value: Any) -> Block:
    pairs = [
        item(f"{key}-{letter}", left=f"Vänster {letter}", right=f"Höger {letter}", feedback="Jo.")
        for letter in of
    ]
    return {"type": "match", "id": key, "value": {"text": f"Para {key}", "pairs": pairs} | value}


def order(key: str, *, of: str = "abc", **value: Any) -> Block:
    items = [item(f"{key}-{letter}", text=f"Steg {letter}", feedback="Jo.") for letter in of]
    return {"type": "order", "id": key, "value": {"text": f"Ordna {key}", "items": items} | value}


def case(key: str, questions: list[Block], **value: Any) -> Block:
    words = {"text": f"Läget {key}", "questions": questions}
    return {"type": "case", "id": key, "value": words | value}


def scale(key: str, **value: Any) -> Block:
    words = {"text": f"Åsikt {key}", "low": "Inte alls", "high": "Helt"}
    return {"type": "scale", "id": key, "value": words | value}


def item(key: str, **value: Any) -> Block:
    return {"type": "item", "id": key, "value": value}


# -- pages -------------------------------------------------------------------------------------


class ModulePageFactory(KnowledgePageFactory):
    objectives = factory.LazyFunction(lambda: [{"type": "objective", "value": "Du kan pröva."}])
    quiz_passed = "Bra."
    quiz_failed = "Försök igen."

    class Meta:
        model = ModulePage


class LessonPageFactory(PageFactory):
    title = factory.Sequence(lambda number: f"Lektion {number}")
    slug = factory.Sequence(lambda number: f"lektion-{number}")
    search_description = "En lektion som bara finns i ett test."
    locale = factory.SelfAttribute("parent.locale")
    minutes = 5
    body = factory.LazyFunction(lambda: [{"type": "reflection", "value": {"prompt": "Vad nu?"}}])

    class Meta:
        model = LessonPage


class CoursePageFactory(PageFactory):
    title = factory.Sequence(lambda number: f"Kurs {number}")
    slug = factory.Sequence(lambda number: f"kurs-{number}")
    search_description = "En kurs som bara finns i ett test."
    locale = factory.SelfAttribute("parent.locale")
    audience = "everyone"
    objectives = factory.LazyFunction(lambda: [{"type": "objective", "value": "Du kan pröva."}])

    class Meta:
        model = CoursePage


def published(page: Page) -> Any:
    """The page as it is after Wagtail has published what it holds in hand: with its versions."""
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def module_with(
    quiz: list[Block], locale: Locale, *, lessons: int = 1, **fields: Any
) -> ModulePage:
    """A published module with a quiz and lessons."""
    page = ModulePageFactory(parent=module_index(locale), quiz=quiz, **fields)
    for _number in range(lessons):
        published(LessonPageFactory(parent=page))
    return published(ModulePage.objects.get(pk=page.pk))


def translated(page: ModulePage, locale: Locale, quiz: list[Block], **fields: Any) -> ModulePage:
    """The module in another language, published; its lessons are translations of the page's."""
    other = ModulePageFactory(
        parent=module_index(locale), translation_key=page.translation_key, quiz=quiz, **fields
    )
    for lesson in LessonPage.objects.child_of(page):
        published(LessonPageFactory(parent=other, translation_key=lesson.translation_key))
    return published(ModulePage.objects.get(pk=other.pk))


def quiz_unit(page: ModulePage) -> Unit:
    return Unit.objects.get(part_of__key=page.translation_key, kind="quiz")
