"""Tallies as figures by unit, kind, agency and quarter. Two queries, whatever is asked for.

What comes out of here is exact: only courses.reports.shown may pass it on.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Field, IntegerField, QuerySet, Sum, Value

from courses.domain.privacy import Figures, Quarter
from courses.models import Measure, Tally
from courses.reports.figures import Kind

# What stands for the quarter where the quarters are added together.
ANY_TIME: Quarter = 0

Quarters = dict[Quarter, Figures]
Tallied = dict[tuple[int, Kind], dict[int | None, Quarters]]
Cell = tuple[int, int | None, Quarter]

# Without a type of its own a sum is taken as the database gives it, which is as a number.
_PEOPLE = Sum("number", output_field=Field())
_POINTS = Sum(F("number") * F("value"), output_field=Field())
_COUNTED_ONCE = {Measure.STARTED: Kind.STARTED, Measure.RENEWED: Kind.RENEWED}


@dataclass(frozen=True)
class Wanted:
    """Which tallies: `agencies` None for all; `span` from quarter to quarter, None for all time.

    Without `by_quarter` the quarters are added together, which gives the same sums over all time
    out of far fewer rows: joining quarters loses nobody (see courses.domain.privacy).
    """

    units: Collection[int]
    agencies: Collection[int] | None = None
    span: tuple[Quarter, Quarter] | None = None
    by_quarter: bool = True


def tallied(wanted: Wanted) -> Tallied:
    found: Tallied = defaultdict(lambda: defaultdict(dict))
    _add_completed(found, wanted)
    _add_others(found, wanted)
    return found


def _add_completed(found: Tallied, wanted: Wanted) -> None:
    rows = _rows(wanted, [Measure.COMPLETED], "unit", "agency", "at", "value")
    classes: dict[Cell, dict[str, int]] = defaultdict(dict)
    for unit, agency, at, value, number in rows.annotate(people=_PEOPLE):
        classes[unit, agency, at][str(value)] = number
    for (unit, agency, at), values in classes.items():
        found[unit, Kind.COMPLETED][agency][at] = Figures(sum(values.values()), values)


def _add_others(found: Tallied, wanted: Wanted) -> None:
    measures = [measure for measure in Measure if measure != Measure.COMPLETED]
    rows = _rows(wanted, measures, "unit", "measure", "agency", "at")
    scored: dict[Cell, tuple[list[int], dict[str, int]]] = defaultdict(lambda: ([], {}))
    for unit, measure, agency, at, people, points in rows.annotate(people=_PEOPLE, points=_POINTS):
        if kind := _COUNTED_ONCE.get(measure):
            found[unit, kind][agency][at] = Figures(people)
        else:
            numbers, scores = scored[unit, agency, at]
            numbers.append(people)
            scores[measure] = points
    for (unit, agency, at), (numbers, scores) in scored.items():
        # Every evaluation has all three scores.
        found[unit, Kind.EVALUATED][agency][at] = Figures(max(numbers), scores)


def _rows(wanted: Wanted, measures: Iterable[Measure], *columns: str) -> QuerySet[Tally, Any]:
    rows = Tally.objects.filter(unit__in=wanted.units, measure__in=list(measures), number__gt=0)
    if wanted.agencies is not None:
        rows = rows.filter(agency__in=wanted.agencies)
    if wanted.span:
        rows = rows.filter(quarter__range=wanted.span)
    at = F("quarter") if wanted.by_quarter else Value(ANY_TIME, IntegerField())
    found: QuerySet[Tally, Any] = rows.annotate(at=at).order_by()
    return found.values_list(*columns)


def first_quarter(units: Collection[int]) -> Quarter | None:
    """When it all began: everything that is counted begins with a start."""
    rows = Tally.objects.filter(unit__in=units, measure=Measure.STARTED).order_by("quarter")
    return rows.values_list("quarter", flat=True).first()
