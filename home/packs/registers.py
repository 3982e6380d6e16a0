"""Writes the rows of a register that the pack has changed and no editor has."""

from functools import partial

from home.models import PackItem
from home.packs.refs import LookUp, digest, resolve
from home.packs.registry import RegisterHandler, RegisterSource, Values
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
    for row in handler.rows(given):
        language = row.values.get("language", pack.languages[0])
        values = resolve(row.values, partial(look_up, language=language), source.file)
        report.add(row.key, _write(handler, row.key, values, pack.key, items))


def _write(
    handler: RegisterHandler, key: str, values: Values, pack: str, items: dict[str, PackItem]
) -> Outcome:
    current = handler.current(values)
    item = items.get(key)
    if current == values:
        outcome = Outcome.UNCHANGED
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
