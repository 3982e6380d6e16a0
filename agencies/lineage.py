"""Which agencies came before and after an agency, as pure graph work and as a look-up."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from agencies.models import Agency, SuccessionLink


@dataclass(frozen=True)
class Edge:
    """One agency (by primary key) that went over into another on `date`."""

    predecessor: int
    successor: int
    date: datetime.date


@dataclass(frozen=True)
class Lineage:
    """Primary keys, nearest first; an agency is never in its own lineage."""

    predecessors: tuple[int, ...]
    successors: tuple[int, ...]


def trace(start: int, neighbours: Mapping[int, Iterable[int]]) -> tuple[int, ...]:
    """All that can be reached from `start`, breadth first, without `start` itself."""
    found: dict[int, None] = {}
    queue = [start]
    while queue:
        for near in neighbours.get(queue.pop(0), ()):
            if near != start and near not in found:
                found[near] = None
                queue.append(near)
    return tuple(found)


def lineage_of(start: int, edges: Iterable[Edge], at: datetime.date) -> Lineage:
    """The lineage of `start` as it was known on the day `at`, that day's changes included."""
    before: dict[int, list[int]] = defaultdict(list)
    after: dict[int, list[int]] = defaultdict(list)
    for edge in sorted(edges, key=lambda edge: (edge.date, edge.predecessor, edge.successor)):
        if edge.date <= at:
            before[edge.successor].append(edge.predecessor)
            after[edge.predecessor].append(edge.successor)
    return Lineage(predecessors=trace(start, before), successors=trace(start, after))


def lineage(agency: Agency, at: datetime.date) -> Lineage:
    """`lineage_of` for what the register holds: one query, whatever the register's size."""
    rows = SuccessionLink.objects.filter(successor__isnull=False, succession__date__lte=at)
    edges = [
        Edge(predecessor, successor, date)
        for predecessor, successor, date in rows.values_list(
            "predecessor_id", "successor_id", "succession__date"
        )
        if successor is not None
    ]
    return lineage_of(agency.pk, edges, at)
