"""The one door that figures leave by, exact or protected, to whoever may see them.

Why nobody can be found in what is protected:

1. For each unit and kind of figure all that may be shown is one list of blocks, each of at least
   five people, no person in two of them (courses.domain.privacy). A median or a mean is reckoned
   from the values of whole blocks, too.
2. Agency, county, area, unit, period, and "as then" or "as now" only choose and name blocks: every
   figure of every report is a sum of whole blocks. Whatever is added or subtracted, what can be
   told about people is again a sum of whole blocks: of nobody, or of five or more.
3. The list is the same for everybody, so it does not help to compare with what others see. But who
   knows an agency exactly could take it out of a pool. For that person the agency's figures are in
   no pool: they make blocks of their own, or are not in the table at all.
4. That an agency has nobody is not told from that it has one to four: both are a dash.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from courses.domain.privacy import Block, Figures, Quarter, Stream, blocks
from courses.reports.figures import Kind
from courses.reports.register import Register
from courses.reports.scope import Scope
from courses.reports.tallied import Quarters, Tallied


class Shown(NamedTuple):
    """A figure that may be seen. Without `agency` it is of small agencies together (of a county,
    where there is one), or in an exact report of people without an agency."""

    unit: int
    kind: Kind
    agency: int | None
    county: int | None
    quarter: Quarter
    figures: Figures


def agencies_to_read(scope: Scope, register: Register) -> Collection[int] | None:
    """All whose figures can meet in one block with what the person sees; None for everything."""
    if scope.all:
        return None
    families = {register.families[pk] for pk in scope.agencies if pk in register.families}
    relatives = {pk for pk, family in register.families.items() if family in families}
    return scope.agencies | relatives


def shown(tallied: Tallied, register: Register, scope: Scope, now: bool) -> Iterator[Shown]:
    """As the agencies were then, or with what went over into an agency added to it `now`."""
    for (unit, kind), agencies in tallied.items():
        for block in _blocks(agencies, register, scope):
            agency, county = _named(block, register, now)
            if scope.sees(agency, county):
                yield Shown(unit, kind, agency, county, block.quarter, block.figures)


def _blocks(
    agencies: Mapping[int | None, Quarters], register: Register, scope: Scope
) -> Iterable[Block]:
    if scope.exact:
        return (
            Block(agency, None, quarter, figures)
            for agency, quarters in agencies.items()
            for quarter, figures in quarters.items()
        )
    found = blocks(
        Stream(agency, register.county_of(agency), quarters, register.families.get(agency or 0))
        for agency, quarters in agencies.items()
        if agency not in scope.known
    )
    for agency in scope.known.intersection(agencies):
        found += blocks([Stream(agency, None, agencies[agency])])
    return found


def _named(block: Block, register: Register, now: bool) -> tuple[int | None, int | None]:
    agency, county = block.agency, block.group
    if now:
        agency = block.family or register.now.get(agency or 0, agency)
    return agency, register.county_of(agency) if agency else county
