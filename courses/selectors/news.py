"""What a newer version has that the learner's own has not: told, and never forced on anyone."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from courses.domain.spec import Compiled, CourseSpec, ModuleSpec, UnitKind, text_id
from courses.selectors.records import Learned
from courses.versions import compiled_course, compiled_module


@dataclass(frozen=True)
class News:
    """Titles of what has been added and of what has been taken away."""

    added: list[str]
    removed: list[str]


def news_of(learned: Learned, key: str, language: str) -> News | None:
    """None where there is nothing new, the learner has said no to it, or it is all done."""
    own, current, record = learned.own(key), learned.current.get(key), learned.record(key)
    if own is None or current is None or own.structure == current.structure:
        return None
    if record.declined == current.pk or record.cycle in record.completed:
        return None
    compile_ = compiled_course if current.unit.kind == UnitKind.COURSE else compiled_module
    return _news(compile_(own), compile_(current), language)


def _news(
    old: Compiled[CourseSpec] | Compiled[ModuleSpec],
    new: Compiled[CourseSpec] | Compiled[ModuleSpec],
    language: str,
) -> News | None:
    before, after = _parts(old), _parts(new)
    news = News(
        added=[_title(new, key, language) for key in after if key not in before],
        removed=[_title(old, key, language) for key in before if key not in after],
    )
    return news if news.added or news.removed else None


def _parts(compiled: Compiled[CourseSpec] | Compiled[ModuleSpec]) -> list[str]:
    structure = compiled.structure
    if isinstance(structure, CourseSpec):
        return list(structure.modules)
    return list(structure.steps)


def _title(compiled: Compiled[CourseSpec] | Compiled[ModuleSpec], key: str, language: str) -> str:
    if isinstance(compiled.structure, ModuleSpec) and key == compiled.structure.quiz:
        return _("Quiz")
    texts = compiled.texts.get(language) or next(iter(compiled.texts.values()), {})
    return texts.get(text_id(key, "title"), "")
