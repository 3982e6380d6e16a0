"""From published pages to units and versions."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from wagtail.models import Page

from courses.compiling.pages import (
    compile_course,
    compile_module,
    compile_quiz,
    lessons_of,
    quiz_key,
)
from courses.compiling.quiz import quiz_of
from courses.domain.spec import Compiled, UnitKind
from courses.models import (
    Attempt,
    CoursePage,
    CurrentVersion,
    Enrolment,
    LessonPage,
    ModulePage,
    Unit,
    UnitVersion,
)
from courses.quiz_check import faults_of
from courses.services.regrading import settle_change
from home.selectors import published

# A quiz that is replaced within this time has hardly been met by anyone without an account.
UNSEEN = datetime.timedelta(minutes=1)


def refuse_unfinished(page: ModulePage) -> None:
    """Raises ValidationError where the quiz cannot be taken.

    Forms say it at the field; this is for what publishes without a form.
    """
    faults = faults_of(*quiz_of(page))
    if faults:
        raise ValidationError({"quiz": [fault.message for fault in faults]})


@transaction.atomic
def publish(page: Page, now: datetime.datetime, user: Any = None) -> None:
    """Brings the page's unit up to date, and what it is a part of. For any page type.

    Wagtail calls a page published, too, that will be live at a later time: for that, nothing
    happens. Every version is made of what is live when the unit's row has been locked, so that of
    two editors who publish at the same time the last one's text stands, here as on the page.
    """
    if not page.live:
        return
    if isinstance(page, LessonPage):
        _publish_parent(page, now)
    elif isinstance(page, ModulePage):
        module = _publish_module(page, now)
        _publish_quiz(_as_live(page), module, now, user)
        _publish_courses_with(page, now)
    elif isinstance(page, CoursePage):
        unit = _unit(page, UnitKind.COURSE)
        _publish_version(unit, compile_course(_as_live(page)), now)


@transaction.atomic
def withdraw(page: Page, now: datetime.datetime) -> None:
    """A lesson or module that is not published any more leaves new versions of what held it."""
    if isinstance(page, LessonPage):
        _publish_parent(page, now)
    elif isinstance(page, ModulePage):
        _publish_courses_with(page, now)


def _publish_module(page: ModulePage, now: datetime.datetime) -> Unit:
    unit = _unit(page, UnitKind.MODULE, areas=sorted({area.key for area in page.focus_areas.all()}))
    for lesson in lessons_of(page):
        _unit(lesson, UnitKind.LESSON, part_of=unit)
    _publish_version(unit, compile_module(_as_live(page)), now)
    return unit


def _publish_quiz(page: ModulePage, module: Unit, now: datetime.datetime, user: Any) -> None:
    compiled, key = compile_quiz(page), quiz_key(page.translation_key)
    if not compiled.structure.questions:
        # Nobody begins it any more; versions and attempts stay.
        gone = CurrentVersion.objects.filter(unit__key=key, language__in=compiled.texts)
        gone.delete()
        return
    unit, _created = Unit.objects.update_or_create(
        key=key, defaults={"kind": UnitKind.QUIZ, "titles": module.titles, "part_of": module}
    )
    version = _publish_version(unit, compiled, now)
    if version:
        settle_change(version=version, said=page.quiz_change, user=user, now=now)
    # What was said is used up: the next change needs an answer of its own.
    ModulePage.objects.filter(pk=page.pk).update(quiz_change="")


def _publish_parent(lesson: LessonPage, now: datetime.datetime) -> None:
    """A lesson that is published belongs to its module from now on; one that is not any more keeps
    its title, for what has been done in it."""
    module = ModulePage.objects.parent_of(lesson).filter(live=True).first()
    if module is None:
        return
    unit = Unit.objects.filter(key=module.translation_key).first()
    unit = unit or _unit(module, UnitKind.MODULE)
    if lesson.live:
        _unit(lesson, UnitKind.LESSON, part_of=unit)
    _publish_version(unit, compile_module(module), now)


def _publish_courses_with(module: ModulePage, now: datetime.datetime) -> None:
    for course in published(CoursePage.objects.filter(locale_id=module.locale_id)):
        if any(block.value and block.value.pk == module.pk for block in course.modules):
            _publish_version(_unit(course, UnitKind.COURSE), compile_course(course), now)


def _as_live(page: Any) -> Any:
    """What the database holds now, which can be newer than what the caller has in hand."""
    return type(page).objects.select_related("locale").get(pk=page.pk)


def _unit(page: Page, kind: UnitKind, **fields: Any) -> Unit:
    unit, _created = Unit.objects.update_or_create(
        key=page.translation_key, defaults={"kind": kind, "titles": _titles(page), **fields}
    )
    return unit


def _titles(page: Page) -> dict[str, str]:
    pages = Page.objects.filter(translation_key=page.translation_key, live=True)
    return dict(pages.order_by("pk").values_list("locale__language_code", "title"))


def _publish_version(
    unit: Unit, compiled: Compiled[Any], now: datetime.datetime
) -> UnitVersion | None:
    """The new version; None where nothing has changed, or there is nothing to learn."""
    if _is_empty(compiled) or _is_current(unit, compiled):
        return None
    _drop_unbegun(unit, set(compiled.texts), now)
    newest = UnitVersion.objects.filter(unit=unit).order_by("-number").first()
    version = UnitVersion.objects.create(
        unit=unit,
        number=newest.number + 1 if newest else 1,
        digest=compiled.digest,
        structure=compiled.structure_digest,
        spec=compiled.as_json(),
        languages=list(compiled.texts),
        published_at=now,
    )
    for language in compiled.texts:
        CurrentVersion.objects.update_or_create(
            unit=unit, language=language, defaults={"version": version}
        )
    return version


def _is_current(unit: Unit, compiled: Compiled[Any]) -> bool:
    """Whether who begins the unit gets just this already, in every one of its languages."""
    rows = CurrentVersion.objects.filter(unit=unit).select_related("version")
    current = {row.language: row.version for row in rows}
    return all(
        language in current
        and current[language].structure == compiled.structure_digest
        and current[language].spec["texts"].get(language) == texts
        for language, texts in compiled.texts.items()
    )


def _drop_unbegun(unit: Unit, languages: set[str], now: datetime.datetime) -> None:
    """Takes versions away that nobody has met, where the next one speaks all their languages.

    Of a quiz that anybody has tried all versions stay: what is said of a change is about two. One
    that was there for a while stays as well, since a guest may be on the way through it.
    """
    met = (
        Exists(Enrolment.objects.filter(version=OuterRef("pk")))
        | Exists(Enrolment.objects.filter(declined=OuterRef("pk")))
        | Exists(Attempt.objects.filter(quiz=OuterRef("unit")))
    )
    versions = UnitVersion.objects.filter(~met, unit=unit)
    if unit.kind == UnitKind.QUIZ:
        versions = versions.filter(published_at__gt=now - UNSEEN)
    for version in versions:
        if set(version.languages) <= languages:
            version.delete()


def _is_empty(compiled: Compiled[Any]) -> bool:
    structure = compiled.structure
    return not any(
        getattr(structure, name, ()) for name in ("questions", "lessons", "modules", "quiz")
    )
