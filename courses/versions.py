"""Versions as the domain knows them."""

from collections.abc import Iterable
from typing import Any

from courses.domain.spec import Compiled, CourseSpec, ModuleSpec, QuizSpec
from courses.models import CurrentVersion, Unit, UnitVersion


class NothingToLearnError(Exception):
    """The unit has no published version."""


def current_version(unit: Unit, language: str) -> UnitVersion:
    """The newest that speaks the language, or else the newest. Raises NothingToLearnError."""
    rows = CurrentVersion.objects.filter(unit=unit).select_related("version")
    versions = sorted(rows, key=lambda row: (row.language == language, row.version.number))
    if not versions:
        raise NothingToLearnError(str(unit.key))
    return versions[-1].version


def compiled_course(version: UnitVersion) -> Compiled[CourseSpec]:
    return _compiled(version, CourseSpec)


def compiled_module(version: UnitVersion) -> Compiled[ModuleSpec]:
    return _compiled(version, ModuleSpec)


def compiled_quiz(version: UnitVersion) -> Compiled[QuizSpec]:
    return _compiled(version, QuizSpec)


def module_specs(keys: Iterable[str], language: str) -> dict[str, ModuleSpec]:
    """The structures of modules that who begins them now gets, by key: one query."""
    rows = CurrentVersion.objects.filter(unit__key__in=list(keys)).select_related("version", "unit")
    best: dict[str, CurrentVersion] = {}
    for row in rows:
        key = str(row.unit.key)
        if key not in best or _rank(row, language) > _rank(best[key], language):
            best[key] = row
    return {key: compiled_module(row.version).structure for key, row in best.items()}


def _compiled(version: UnitVersion, kind: Any) -> Compiled[Any]:
    return Compiled(kind.model_validate(version.spec["structure"]), version.spec["texts"])


def _rank(row: CurrentVersion, language: str) -> tuple[bool, int]:
    return row.language == language, row.version.number
