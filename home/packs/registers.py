"""Writes the rows of a register that the pack has changed and no editor has."""

from collections.abc import Iterator
from functools import partial

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from home.models import PackItem
from home.packs.errors import PackError, Problem, explain
from home.packs.files import Collect
from home.packs.refs import LookUp, digest, resolve
from home.packs.registry import RegisterHandler, RegisterSource, Row, Values
from home.packs.report import Outcome, Report
from home.packs.source import Source, check
from home.packs.spec import PackSpec


def load_register(
    handler: RegisterHandler,
    source: Source,
    pack: PackSpec,
    items: dict[str, PackItem],
    report: Report,
    look_up: LookUp,
) -> None:
    given = RegisterSource(pack, source, check(source, handler.spec))
    problems: list[Problem] = []
    for row in _once_each(list(handler.rows(given)), source, problems):
        with Collect(problems):
            language = row.values.get("language", pack.languages[0])
            values = resolve(row.values, partial(look_up, language=language), source.file)
            try:
                with transaction.atomic():
                    report.add(row.key, _write(handler, row.key, values, pack.key, items))
            except (ValidationError, DatabaseError) as error:
                raise PackError([source.problem(explain(error), *row.place)]) from error
    if problems:
        raise PackError(problems)


def _once_each(rows: list[Row], source: Source, problems: list[Problem]) -> Iterator[Row]:
    seen: set[str] = set()
    for row in rows:
        if row.key in seen:
            problems.append(source.problem("this entry stands twice", *row.place))
        else:
            seen.add(row.key)
            yield row


def _write(
    handler: RegisterHandler, key: str, values: Values, pack: str, items: dict[str, PackItem]
) -> Outcome:
    current = handler.current(values)
    item = items.get(key)
    if current == values:
        outcome = Outcome.UNCHANGED
    elif current is None and item:
        return Outcome.DELETED
    elif current and not (item and item.digest == digest(current)):
        return Outcome.EDITED
    else:
        handler.write(values)
        outcome = Outcome.UPDATED if current else Outcome.CREATED
    if item is None or item.digest != digest(values):
        items[key], _ = PackItem.objects.update_or_create(
            pack=pack, key=key, defaults={"digest": digest(values)}
        )
    return outcome
