"""The filters of a report, as plain links: each state has its own address."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from courses.domain.spec import UnitKind
from courses.reports.asked import NATIONWIDE, Asked, By
from courses.reports.grouping import HEADED, quarter_text
from courses.reports.sources import Sources


@dataclass(frozen=True)
class Option:
    """A link to another state. Where it is `active`, the link of what can be taken away goes to
    the state without it, and the link of what cannot goes to where one is."""

    label: str
    url: str
    active: bool
    removable: bool = True


@dataclass(frozen=True)
class Facet:
    label: str
    options: list[Option]

    @property
    def chosen(self) -> str:
        return next((option.label for option in self.options if option.active), "")


def facets(asked: Asked, sources: Sources, years: range) -> list[Facet]:
    found = [
        Facet(_("Rows"), _rows(asked)),
        Facet(_("Count"), _kinds(asked)),
        Facet(_("Course or module"), _units(asked, sources)),
        Facet(_("County"), _counties(asked, sources)),
        *period_facets(asked, years),
    ]
    if sources.register.now:
        found.append(view_facet(asked))
    return [facet for facet in found if facet.options]


def period_facets(asked: Asked, years: range) -> list[Facet]:
    shown = sorted({*years, *([asked.year] if asked.year else [])}, reverse=True)
    found = [Facet(_("Year"), _toggles(asked, "year", [(year, str(year)) for year in shown]))]
    if asked.year:
        quarters = [
            (number, _("Quarter %(number)d") % {"number": number}) for number in range(1, 5)
        ]
        found.append(Facet(_("Quarter"), _toggles(asked, "quarter", quarters)))
    return found


def view_facet(asked: Asked) -> Facet:
    labels = {False: _("As they were then"), True: _("As they are now")}
    return Facet(_("Agencies"), [_fixed(asked, label, now=now) for now, label in labels.items()])


def _rows(asked: Asked) -> list[Option]:
    return [_fixed(asked, str(label), **_group(asked, by)) for by, label in HEADED.items()]


def _group(asked: Asked, by: By) -> dict[str, Any]:
    """Only modules have focus areas."""
    if by == By.AREA and asked.kind != UnitKind.MODULE:
        return {"by": by, "kind": UnitKind.MODULE, "unit": ""}
    return {"by": by}


def _kinds(asked: Asked) -> list[Option]:
    labels = {UnitKind.COURSE: _("Courses"), UnitKind.MODULE: _("Modules")}
    found = []
    for kind, label in labels.items():
        by = By.AGENCY if asked.by == By.AREA and kind == UnitKind.COURSE else asked.by
        unit = asked.unit if kind == asked.kind else ""
        found.append(_fixed(asked, label, kind=kind, by=by, unit=unit))
    return found


def _units(asked: Asked, sources: Sources) -> list[Option]:
    subjects = sources.subjects.values()
    values = [(one.id, one.title) for one in subjects if one.kind == asked.kind]
    return _toggles(asked, "unit", values)


def _counties(asked: Asked, sources: Sources) -> list[Option]:
    register = sources.register
    there = {register.county_of(agency) for agency in sources.scope.agencies}
    if len(there) < 2 and not asked.county:
        return []
    values = [(one.key, one.name) for one in register.counties.values() if one.pk in there]
    if None in there:
        values.append((NATIONWIDE, _("Agencies of the whole country")))
    return _toggles(asked, "county", values)


def _toggles(asked: Asked, name: str, values: Iterable[tuple[Any, str]]) -> list[Option]:
    found = []
    for value, label in values:
        active = getattr(asked, name) == value
        without = "" if isinstance(value, str) else None
        change: dict[str, Any] = {name: without if active else value}
        state = replace(asked, **change)
        if state.year is None:
            state = replace(state, quarter=None)
        found.append(Option(label, _url(state), active))
    return found


def _fixed(asked: Asked, label: str, **change: Any) -> Option:
    state = replace(asked, **change)
    return Option(label, _url(state), state == asked, removable=False)


def _url(asked: Asked) -> str:
    return asked.query or "./"


def described(asked: Asked, sources: Sources) -> list[str]:
    """What the report is of, in words: first what is counted, then what it is narrowed to."""
    kinds = {UnitKind.COURSE: _("courses"), UnitKind.MODULE: _("modules")}
    subjects, register = sources.subjects.values(), sources.register
    unit = next((one.title for one in subjects if one.id == asked.unit), None)
    found = [unit or kinds[asked.kind]]
    if asked.county == NATIONWIDE:
        found.append(_("agencies of the whole country"))
    found += [one.name for one in register.counties.values() if one.key == asked.county]
    if asked.year:
        quarter = asked.quarter and asked.year * 4 + asked.quarter - 1
        found.append(quarter_text(quarter) if quarter else str(asked.year))
    if register.now:
        found.append(
            _("agencies as they are now") if asked.now else _("agencies as they were then")
        )
    return found
