"""A report as it is asked for: what pages and files are made of."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courses.domain.spec import UnitKind
from courses.reports.asked import Asked, By, parse
from courses.reports.charts import Bars, bars
from courses.reports.facets import Facet, described, facets
from courses.reports.grouping import BY_TEXT, grouping
from courses.reports.remembered import remembered
from courses.reports.shown import Shown, agencies_to_read, shown
from courses.reports.sources import Sources
from courses.reports.table import Table, build
from courses.reports.tallied import Wanted, first_quarter, tallied

_IN_TIME = (By.YEAR, By.QUARTER)


@dataclass(frozen=True)
class Report:
    asked: Asked
    table: Table
    facets: list[Facet]
    about: list[str]
    chart: Bars | None

    @property
    def caption(self) -> str:
        return capfirst(" · ".join([f"{self.about[0]} {BY_TEXT[self.asked.by]}", *self.about[1:]]))


def asked_of(params: Mapping[str, str], sources: Sources) -> Asked:
    units = {one.id: one.kind for one in sources.subjects.values()}
    return parse(params, units, {one.key for one in sources.register.counties.values()})


def report_for(params: Mapping[str, str], sources: Sources) -> Report:
    asked = asked_of(params, sources)
    table, years = remembered(
        (asked, sources, get_language()),
        lambda: (table_for(asked, sources), years_until(sources.today, sources.subjects)),
    )
    return Report(
        asked=asked,
        table=table,
        facets=facets(asked, sources, years),
        about=described(asked, sources),
        chart=bars((row for row in table.rows if row.key is not None), asked.by in _IN_TIME),
    )


def table_for(asked: Asked, sources: Sources) -> Table:
    figures = figures_for(asked, sources)
    rows = grouping(asked.by, figures, sources)
    return build(figures, rows, sources.subjects, sources.places(asked), sources.scope.exact)


def figures_for(asked: Asked, sources: Sources) -> list[Shown]:
    """All that the person may see of what is asked for."""
    scope, register = sources.scope, sources.register
    wanted = Wanted(
        units=sources.units(asked),
        agencies=agencies_to_read(scope, register),
        # What is protected is put together over all time, before a part of it is shown.
        span=asked.span if scope.exact else None,
        by_quarter=asked.by in _IN_TIME or (asked.span is not None and not scope.exact),
    )
    county = sources.county(asked)
    found = shown(tallied(wanted), register, scope, asked.now)
    return [one for one in found if _fits(one, asked, county, wanted.by_quarter)]


def _fits(one: Shown, asked: Asked, county: int | None, dated: bool) -> bool:
    if county is not None and (one.county or (0 if one.agency else None)) != county:
        return False
    return not (dated and asked.span) or asked.span[0] <= one.quarter <= asked.span[1]


def years_until(today: datetime.date, units: Mapping[int, object]) -> range:
    first = first_quarter(list(units))
    return range(min(first // 4 if first else today.year, today.year), today.year + 1)


def kind_text(kind: UnitKind) -> str:
    return _("Course") if kind == UnitKind.COURSE else _("Module")
