"""glossary.yaml: the terms, one row in each language."""

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import ConfigDict, Field, RootModel
from wagtail.models import Locale

from home.pack_handlers.rows import save_row
from home.pack_handlers.translated import texts
from home.packs.build import stable_uuid
from home.packs.registry import RegisterHandler, RegisterSource, Row, Values
from home.packs.spec import Key, Path, Strict
from kb.models import GlossaryTerm

_FIELDS = ("term", "slug", "forms", "definition", "source", "page_id")


class TermText(Strict):
    term: Annotated[str, Field(min_length=1, max_length=80)]
    slug: Key
    forms: list[Annotated[str, Field(min_length=1, max_length=80)]] = []
    definition: Annotated[str, Field(min_length=1, max_length=600)]
    source: Annotated[str, Field(max_length=200)] = ""
    page: Path | None = None


class TermSpec(Strict):
    """Every other key is a language of the pack, with its texts."""

    model_config = ConfigDict(extra="allow", frozen=True)
    __pydantic_extra__: dict[str, TermText]

    key: Key


def _rows(given: RegisterSource) -> Iterator[Row]:
    for index, term in enumerate(given.spec.root):
        for language, text in texts(term, given.source, given.pack, index):
            page = given.page(text.page, index, language, "page") if text.page else None
            values: Values = {
                "language": language,
                "key": term.key,
                **text.model_dump(exclude={"page"}),
                "page_id": page,
            }
            yield Row(f"glossary/{term.key}/{language}", values, (index,))


def _identity(values: Values) -> dict[str, Any]:
    return {
        "translation_key": stable_uuid("glossary", values["key"]),
        "locale": Locale.objects.get(language_code=values["language"]),
    }


def _current(values: Values) -> Values | None:
    term = GlossaryTerm.objects.filter(**_identity(values)).first()
    if term is None:
        return None
    same = {"language": values["language"], "key": values["key"]}
    return same | {name: getattr(term, name) for name in _FIELDS}


def _write(values: Values) -> None:
    identity = _identity(values)
    term = GlossaryTerm.objects.filter(**identity).first() or GlossaryTerm(**identity)
    save_row(term, {name: values[name] for name in _FIELDS})


GLOSSARY = RegisterHandler(RootModel[list[TermSpec]], _rows, _current, _write, after_pages=True)
