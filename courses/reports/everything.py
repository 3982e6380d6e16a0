"""Everything that somebody may see, row by row, in no more memory than one course takes."""

from collections import defaultdict
from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courses.models import Completion, Unit
from courses.reports.exports import note
from courses.reports.grouping import in_order
from courses.reports.register import KINDS, Subject
from courses.reports.report import kind_text
from courses.reports.shown import agencies_to_read, shown
from courses.reports.sources import Sources
from courses.reports.table import COLUMNS, Sums, Value, values_of
from courses.reports.tallied import Wanted, tallied

_CHUNK = 2000


def everything(sources: Sources, now: bool) -> Iterator[list[Value]]:
    """A row for each course or module, agency and quarter. All texts are made before the first row
    is given, so that they are in the reader's language."""
    scope, register = sources.scope, sources.register
    few = "" if scope.exact else _("Agencies with fewer than five, together")
    kinds = {kind: kind_text(kind) for kind in KINDS}
    head: list[Value] = [_("Kind"), _("Course or module"), _("Agency"), _("County"), _("Year")]
    head += [_("Quarter"), *map(str, COLUMNS)]
    about = [_("all courses and modules")]
    if register.now:
        about.append(_("agencies as they are now") if now else _("agencies as they were then"))
    last = note(about, sources, scope.exact)
    wanted = agencies_to_read(scope, register)
    order = {
        pk: number
        for number, pk in enumerate(
            sorted(register.places, key=lambda pk: in_order(register.places[pk].name))
        )
    }

    def rows() -> Iterator[list[Value]]:
        yield head
        for subject in sources.subjects.values():
            cells: dict[tuple[int | None, int | None, int], Sums] = defaultdict(Sums)
            for one in shown(tallied(Wanted([subject.pk], wanted)), register, scope, now):
                cells[one.agency, one.county, one.quarter].add(one.kind, one.figures)
            for agency, county, quarter in sorted(
                cells, key=lambda cell: (order.get(cell[0] or 0, len(order)), cell[1] or 0, cell[2])
            ):
                place = register.places.get(agency or 0)
                known = register.counties.get(county or 0)
                yield [
                    kinds[subject.kind],
                    subject.title,
                    place.name if place else few,
                    known.name if known else "",
                    quarter // 4,
                    quarter % 4 + 1,
                    *_values(cells[agency, county, quarter], subject, sources, agency),
                ]
        yield [last]

    return rows()


def _values(
    sums: Sums, subject: Subject, sources: Sources, agency: int | None
) -> tuple[Value, ...]:
    place = sources.register.places.get(agency or 0)
    sums.cover(subject.headcount(place) if place else None)
    return values_of(sums, sources.scope.exact)


def completions(sources: Sources) -> Iterator[list[Value]]:
    """Every completion without the person, for administrators."""
    head: list[Value] = [_("Date"), _("Course or module"), _("Kind"), _("Agency")]
    head += [_("Cycle"), _("Days")]
    language = get_language()
    kinds = {str(kind): kind_text(kind) for kind in KINDS}
    units = {unit.pk: unit for unit in Unit.objects.filter(kind__in=KINDS)}
    titles = {pk: unit.title_in(language) for pk, unit in units.items()}
    last = note([_("all completions, without names")], sources, exact=True)

    def rows() -> Iterator[list[Value]]:
        yield head
        found = (
            Completion.objects.filter(unit__in=units)
            .order_by("pk")
            .values_list("at", "unit_id", "agency_id", "cycle", "started_at")
        )
        for at, unit, agency, cycle, started in found.iterator(chunk_size=_CHUNK):
            place = sources.register.places.get(agency)
            yield [
                timezone.localdate(at).isoformat(),
                titles[unit],
                kinds[units[unit].kind],
                place.name if place else "",
                cycle,
                (at - started).days,
            ]
        yield [last]

    return rows()
