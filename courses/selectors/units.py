"""Units, their pages and their versions."""

import uuid
from collections.abc import Iterable

from django.db.models import QuerySet
from wagtail.models import Page

from courses.domain.spec import UnitKind
from courses.models import LessonPage, ModulePage, Unit
from home.permanent import key_range
from home.selectors import published


def unit_with(code: str, kind: UnitKind) -> Unit | None:
    """The unit with a permanent id. None for what is no id, too."""
    try:
        first, last = key_range(code)
    except ValueError:
        return None
    rows = Unit.objects.select_related("part_of")
    return rows.filter(key__range=(first, last), kind=kind).first()


def pages_by_key(keys: Iterable[str | uuid.UUID], language: str) -> dict[str, Page]:
    """Published pages of units in a language, by key: one query."""
    pages = Page.objects.filter(
        translation_key__in=list(keys), locale__language_code=language
    ).select_related("locale")
    return {str(page.translation_key): page for page in published(pages)}


def lessons_below(module: Page) -> QuerySet[LessonPage]:
    return published(LessonPage.objects.child_of(module)).order_by("path")


def module_above(lesson: LessonPage) -> ModulePage | None:
    return ModulePage.objects.parent_of(lesson).filter(live=True).first()
