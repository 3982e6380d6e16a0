"""Agencies, counties and units as reports know them: light rows, read once for each report."""

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import get_language

from agencies.lineage import trace
from agencies.models import Agency, County, SuccessionKind, SuccessionLink
from courses.domain.spec import Audience, UnitKind
from courses.models import CoursePage, Unit
from home.permanent import permanent_id

# What reports count; lessons and quizzes are parts of modules.
KINDS = (UnitKind.COURSE, UnitKind.MODULE)
ENDINGS = (SuccessionKind.RENAMED, SuccessionKind.MERGED)


@dataclass(frozen=True)
class Place:
    """An agency. `county` is None where it works in the whole country."""

    pk: int
    key: str
    name: str
    county: int | None
    employees: int | None
    managers: int | None
    active: bool


@dataclass(frozen=True)
class CountyName:
    pk: int
    key: str
    name: str


@dataclass(frozen=True)
class Subject:
    """A course or a module. `for_managers`: its share is of the managers alone."""

    pk: int
    id: str
    kind: UnitKind
    title: str
    areas: tuple[str, ...]
    for_managers: bool

    def headcount(self, place: Place) -> int | None:
        return place.managers if self.for_managers else place.employees


@dataclass(frozen=True)
class Register:
    """By primary key. `now` holds the agencies that have gone over into one that is active."""

    places: Mapping[int, Place]
    counties: Mapping[int, CountyName]
    now: Mapping[int, int] = field(default_factory=dict)

    @cached_property
    def families(self) -> Mapping[int, int]:
        """What each agency is now, where it is not alone in being that."""
        return {**self.now, **{successor: successor for successor in self.now.values()}}

    def county_of(self, agency: int | None) -> int | None:
        place = self.places.get(agency) if agency else None
        return place.county if place else None


def gone_over(links: Iterable[tuple[int, int]], active: Collection[int]) -> dict[int, int]:
    """What each agency that is not active any more is now: the one that all of it ended in.

    An agency that was split, or of which a part was closed, is in nothing: it stays what it was.
    """
    after: dict[int, list[int]] = {}
    for predecessor, successor in links:
        after.setdefault(predecessor, []).append(successor)
    found = {}
    for agency in set(after).difference(active):
        successors = trace(agency, after)
        ends = [successor for successor in successors if successor not in after]
        going_on = [successor for successor in successors if successor in active]
        if len(ends) == 1 and going_on == ends:
            found[agency] = ends[0]
    return found


def load_register(today: datetime.date) -> Register:
    """Three queries."""
    english = (get_language() or "").startswith("en")
    places = {
        pk: Place(
            pk,
            key,
            (name_en if english else "") or name,
            county,
            employees,
            managers,
            (start is None or start <= today) and (end is None or today <= end),
        )
        for pk, key, name, name_en, county, employees, managers, start, end in (
            Agency.objects.order_by("name").values_list(
                "pk", "key", "name", "name_en", "county", "employees", "managers",
                "active_from", "active_to",
            )
        )
    }  # fmt: skip
    counties = {
        pk: CountyName(pk, key, (name_en if english else "") or name)
        for pk, key, name, name_en in County.objects.order_by("code").values_list(
            "pk", "key", "name", "name_en"
        )
    }
    links = SuccessionLink.objects.filter(successor__isnull=False, succession__date__lte=today)
    rows = list(links.values_list("predecessor_id", "successor_id", "succession__kind"))
    # Who was renamed or merged is no more, even where the register gives no last day.
    ended = {predecessor for predecessor, _, kind in rows if kind in ENDINGS}
    active = {place.pk for place in places.values() if place.active} - ended
    pairs = [(predecessor, successor) for predecessor, successor, _ in rows if successor]
    return Register(places, counties, gone_over(pairs, active))


def load_subjects() -> dict[int, Subject]:
    """All courses and modules that ever were, by primary key, in order of title: two queries."""
    language = get_language()
    for_managers = set(
        CoursePage.objects.filter(audience=Audience.MANAGERS.value).values_list(
            "translation_key", flat=True
        )
    )
    subjects = [
        Subject(
            unit.pk,
            permanent_id(unit.key),
            UnitKind(unit.kind),
            unit.title_in(language),
            tuple(unit.areas),
            unit.key in for_managers,
        )
        for unit in Unit.objects.filter(kind__in=KINDS)
    ]
    return {subject.pk: subject for subject in sorted(subjects, key=lambda one: one.title)}
