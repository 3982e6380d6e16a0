"""settings.yaml: the site's name, footer and contact in each language."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import ConfigDict, Field
from wagtail.models import Locale

from home.models import SiteSettings
from home.pack_handlers.rows import save_row
from home.pack_handlers.translated import texts
from home.packs.registry import RegisterHandler, RegisterSource, Row, Values
from home.packs.spec import Strict

_FIELDS = ("name", "tagline", "footer", "contact_email", "contact_text")


class SettingsText(Strict):
    name: Annotated[str, Field(min_length=1, max_length=60)]
    tagline: Annotated[str, Field(min_length=1, max_length=120)]
    footer: Annotated[str, Field(min_length=1, max_length=400)]
    contact_email: Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
    contact_text: Annotated[str, Field(min_length=1, max_length=300)]


class SettingsSpec(Strict):
    """Every key is a language of the pack."""

    model_config = ConfigDict(extra="allow", frozen=True)
    __pydantic_extra__: dict[str, SettingsText]


def _rows(given: RegisterSource) -> Iterator[Row]:
    for language, text in texts(given.spec, given.source, given.pack):
        yield Row(f"settings/{language}", {"language": language, **text.model_dump()}, (language,))


def _current(values: Values) -> Values | None:
    row = SiteSettings.objects.filter(locale__language_code=values["language"]).first()
    if row is None:
        return None
    return {"language": values["language"], **{name: getattr(row, name) for name in _FIELDS}}


def _write(values: Values) -> None:
    locale = Locale.objects.get(language_code=values["language"])
    row = SiteSettings.objects.filter(locale=locale).first() or SiteSettings(locale=locale)
    save_row(row, {name: values[name] for name in _FIELDS})


SETTINGS = RegisterHandler(SettingsSpec, _rows, _current, _write)
