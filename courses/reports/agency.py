"""The report of one agency: course by course, and module by module."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from agencies.lineage import lineage
from agencies.models import Agency, User
from agencies.selectors import agency_on
from agencies.visibility import can_see_totals, rights_of
from courses.domain.spec import UnitKind
from courses.reports.asked import By
from courses.reports.charts import Bars, bars
from courses.reports.facets import Facet, period_facets, view_facet
from courses.reports.grouping import grouping, in_order
from courses.reports.register import KINDS, Place
from courses.reports.report import asked_of, years_until
from courses.reports.scope import Scope
from courses.reports.shown import Shown, agencies_to_read, shown
from courses.reports.sources import Sources
from courses.reports.table import Table, build
from courses.reports.tallied import Wanted, tallied


@dataclass(frozen=True)
class AgencyReport:
    """`before` and `after` are what the agency came from and went over into, where the person sees
    those too; `others` are further agencies of the person's own."""

    place: Place
    exact: bool
    courses: Table
    modules: Table
    chart: Bars | None
    facets: list[Facet]
    before: list[Place]
    after: list[Place]
    others: list[Place]

    @property
    def tables(self) -> list[tuple[str, Table]]:
        return [(_("Courses"), self.courses), (_("Modules"), self.modules)]


def agency_report(params: Mapping[str, str], sources: Sources, agency: Agency) -> AgencyReport:
    """For who may see the agency's totals: `can_see_totals` is asked before."""
    register, today = sources.register, sources.today
    place = register.places[agency.pk]
    asked = replace(asked_of(params, sources), by=By.UNIT, kind=UnitKind.COURSE, unit="", county="")
    scope = _of_one(sources.scope, place)
    wanted = Wanted(list(sources.subjects), agencies_to_read(scope, register), by_quarter=True)
    first, last = asked.span or (0, today.year * 4 + 3)
    figures = [
        one
        for one in shown(tallied(wanted), register, scope, asked.now)
        if first <= one.quarter <= last
    ]
    tables = {kind: _table(figures, kind, replace(sources, scope=scope), place) for kind in KINDS}
    family = [view_facet(asked)] if place.pk in register.families else []
    known = lineage(agency, today)
    return AgencyReport(
        place=place,
        exact=scope.exact,
        courses=tables[UnitKind.COURSE],
        modules=tables[UnitKind.MODULE],
        chart=bars(tables[UnitKind.COURSE].rows),
        facets=[*period_facets(asked, years_until(today, sources.subjects)), *family],
        before=_seen(known.predecessors, sources),
        after=_seen(known.successors, sources),
        others=[],
    )


def own_agency(user: User, today: datetime.date) -> tuple[Agency | None, list[Agency]]:
    """The agency whose report is somebody's own, and further ones; None where they may see none."""
    own = sorted(
        Agency.objects.filter(pk__in=rights_of(user, today).own),
        key=lambda agency: in_order(str(agency)),
    )
    here = agency_on(user, today)
    if own:
        first = here if here in own else own[0]
        return first, [agency for agency in own if agency != first]
    return (here if here and can_see_totals(user, here, today) else None), []


def _of_one(scope: Scope, place: Place) -> Scope:
    """Only the one agency; what others it is counted together with is not told here."""
    exact = scope.exact or place.pk in scope.known
    return Scope(frozenset({place.pk}), known=scope.known, exact=exact)


def _table(figures: list[Shown], kind: UnitKind, sources: Sources, place: Place) -> Table:
    subjects = sources.subjects
    mine = [one for one in figures if subjects[one.unit].kind == kind]
    rows = grouping(By.UNIT, mine, sources)
    return build(mine, rows, subjects, {place.pk: place}, sources.scope.exact)


def _seen(agencies: tuple[int, ...], sources: Sources) -> list[Place]:
    places = [sources.register.places[pk] for pk in agencies if pk in sources.scope.agencies]
    return sorted(places, key=lambda place: in_order(place.name))
