"""Which figures may be shown outside an agency: none that counts fewer than five people.

Every figure is put together of blocks of at least five people. Small agencies' figures are joined
over time first; what stays below five with the other small ones that went over into the same
agency, then with those of the county, then of all counties. Since every shown figure is a sum of
whole blocks, none below five can be worked out by subtracting one from another, over agencies
(as they were or as they are now), counties, courses or periods.

Nor by knowing that nobody in a pool has more than four: where all in it have exactly that many,
their sum would tell each of them, and they wait for the next, larger pool.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

THRESHOLD = 5

# A calendar quarter as year × 4 + quarter, 0 to 3; the shortest time that a figure is shown for.
Quarter = int


@dataclass(frozen=True)
class Figures:
    """`people` counted, and `values`: further numbers about the same people, added alike."""

    people: int = 0
    values: Mapping[str, int] = field(default_factory=dict)

    def __add__(self, other: "Figures") -> "Figures":
        if not self.people and not self.values:
            return other
        if not self.values and not other.values:
            return Figures(self.people + other.people)
        names = {**self.values, **other.values}
        values = {name: self.values.get(name, 0) + other.values.get(name, 0) for name in names}
        return Figures(self.people + other.people, values)


NOBODY = Figures()


@dataclass(frozen=True)
class Stream:
    """The figures of one agency, by quarter; `group` is its county, None where it has none.

    `family` is the agency that it has gone over into, or itself where others have gone over into
    it; None where neither is so. A family lives on as one, so its small agencies are joined first.
    """

    agency: int | None
    group: int | None
    quarters: Mapping[Quarter, Figures]
    family: int | None = None

    @property
    def people(self) -> int:
        return sum(figures.people for figures in self.quarters.values())


@dataclass(frozen=True)
class Block:
    """At least five people, dated the last of the quarters that were joined.

    `agency` is None for small agencies together: those of a `family`, else those of a county, and
    where `group` too is None, those of all counties. A family's `group` is the county of all that
    were joined, None where they are of several.
    """

    agency: int | None
    group: int | None
    quarter: Quarter
    figures: Figures
    family: int | None = None


def blocks(streams: Iterable[Stream], threshold: int = THRESHOLD) -> list[Block]:
    """All that may be shown of one measure of one course. Fewer than `threshold` people in all
    are left out, and nobody is counted twice."""
    found: list[Block] = []
    families: dict[int | None, list[Stream]] = {}
    for stream in streams:
        joined = _joined(stream.quarters, threshold) if stream.agency is not None else {}
        found += [Block(stream.agency, stream.group, *item) for item in joined.items()]
        if not joined:
            families.setdefault(stream.family, []).append(stream)
    counties: dict[int | None, list[Stream]] = {}
    for family, members in families.items():
        joined = _together(members, threshold) if family is not None else {}
        groups = {member.group for member in members if member.people}
        group = groups.pop() if len(groups) == 1 else None
        found += [Block(None, group, *item, family) for item in joined.items()]
        for member in members if not joined else ():
            counties.setdefault(member.group, []).append(member)
    rest: list[Stream] = []
    for group, members in counties.items():
        joined = _together(members, threshold) if group is not None else {}
        found += [Block(None, group, *item) for item in joined.items()]
        rest += members if not joined else []
    joined = _joined(_pooled(rest), threshold)
    return found + [Block(None, None, *item) for item in joined.items()]


def _together(members: Iterable[Stream], threshold: int) -> dict[Quarter, Figures]:
    """The joined figures of small agencies; {} where their sum would tell each of them."""
    there = [member for member in members if member.people]
    if all(member.people == threshold - 1 for member in there):
        return {}
    return _joined(_pooled(there), threshold)


def _joined(quarters: Mapping[Quarter, Figures], threshold: int) -> dict[Quarter, Figures]:
    """Neighbouring quarters joined until each block has `threshold` people; {} if never.

    What is left at the end joins the last block.
    """
    found: list[tuple[Quarter, Figures]] = []
    waiting, last = NOBODY, 0
    for quarter in sorted(quarters):
        if quarters[quarter].people == 0:
            continue
        waiting, last = waiting + quarters[quarter], quarter
        if waiting.people >= threshold:
            found.append((quarter, waiting))
            waiting = NOBODY
    if waiting.people and found:
        _quarter, figures = found.pop()
        found.append((last, figures + waiting))
    return dict(found)


def _pooled(streams: Iterable[Stream]) -> dict[Quarter, Figures]:
    pooled: dict[Quarter, Figures] = {}
    for stream in streams:
        for quarter, figures in stream.quarters.items():
            pooled[quarter] = pooled.get(quarter, NOBODY) + figures
    return pooled
