"""focus-areas.yaml: the focus areas, one row in each language."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import ConfigDict, Field, RootModel
from wagtail.models import Locale

from home.models import FocusArea, Pattern, Tone
from home.pack_handlers.rows import save_row
from home.pack_handlers.translated import texts
from home.packs.build import stable_uuid
from home.packs.registry import RegisterHandler, RegisterSource, Row, Values
from home.packs.spec import Key, Strict

_FIELDS = ("key", "order", "tone", "pattern", "name", "aim")


class FocusText(Strict):
    name: Annotated[str, Field(min_length=1, max_length=80)]
    aim: Annotated[str, Field(min_length=1, max_length=200)]


class FocusSpec(Strict):
    """Every other key is a language of the pack, with its texts."""

    model_config = ConfigDict(extra="allow", frozen=True)
    __pydantic_extra__: dict[str, FocusText]

    key: Key
    order: Annotated[int, Field(ge=0, le=32_767)]
    tone: Tone
    pattern: Pattern


def _rows(given: RegisterSource) -> Iterator[Row]:
    for index, area in enumerate(given.spec.root):
        for language, text in texts(area, given.source, given.pack, index):
            values: Values = {
                "language": language,
                "key": area.key,
                "order": area.order,
                "tone": area.tone.value,
                "pattern": area.pattern.value,
                "name": text.name,
                "aim": text.aim,
            }
            yield Row(f"focus-areas/{area.key}/{language}", values, (index,))


def find_focus_area(key: str, locale: Locale) -> FocusArea | None:
    return FocusArea.objects.filter(key=key, locale=locale).first()


def _find(values: Values) -> FocusArea | None:
    return find_focus_area(values["key"], Locale.objects.get(language_code=values["language"]))


def _current(values: Values) -> Values | None:
    area = _find(values)
    if area is None:
        return None
    return {"language": values["language"], **{name: getattr(area, name) for name in _FIELDS}}


def _write(values: Values) -> None:
    area = _find(values) or FocusArea(
        locale=Locale.objects.get(language_code=values["language"]),
        translation_key=stable_uuid("focus-area", values["key"]),
    )
    save_row(area, {name: values[name] for name in _FIELDS})


FOCUS_AREAS = RegisterHandler(RootModel[list[FocusSpec]], _rows, _current, _write)
