"""A report as a table: rows of figures, and a sum of what the rows show."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from courses.domain.privacy import Figures
from courses.reports.asked import By
from courses.reports.figures import (
    Kind,
    duration_text,
    mean_score,
    mean_text,
    median_class,
    number_text,
    share,
)
from courses.reports.register import Place, Subject
from courses.reports.shown import Shown


class Hidden(Enum):
    """What stands where fewer than five were counted, nobody among them."""

    FEW = "few"


Key = int | str | None
Value = int | float | str | Hidden | None
# Headings of a row's values.
COLUMNS = (
    pgettext_lazy("figures", "Started"),
    pgettext_lazy("figures", "Completed"),
    pgettext_lazy("figures", "Renewed"),
    gettext_lazy("Share, %"),
    gettext_lazy("Median time"),
    gettext_lazy("Score, 1–5"),
    gettext_lazy("Answers"),
)
COMPLETED, MEAN = 1, 5


@dataclass
class Sums:
    """What a row adds together. `covered` are completions where the headcount is known."""

    people: Counter[Kind] = field(default_factory=Counter)
    classes: dict[str, int] = field(default_factory=dict)
    scores: dict[str, int] = field(default_factory=dict)
    covered: int = 0
    headcount: int = 0

    def add(self, kind: Kind, figures: Figures) -> None:
        self.people[kind] += figures.people
        if figures.values:
            _add_to(self.classes if kind == Kind.COMPLETED else self.scores, figures.values)

    def cover(self, headcount: int | None) -> None:
        """Where all that is added is of one agency and one course."""
        self.headcount = headcount or 0
        self.covered = self.people[Kind.COMPLETED] if headcount else 0

    def include(self, other: "Sums") -> None:
        self.people += other.people
        self.covered += other.covered
        _add_to(self.classes, other.classes)
        _add_to(self.scores, other.scores)


@dataclass(frozen=True)
class Row:
    """`key` is what the row is of: a primary key, a key of a focus area, a year or a quarter;
    None for what is left over."""

    key: Key
    label: str
    values: tuple[Value, ...]
    sums: Sums

    @property
    def texts(self) -> list[str]:
        """As they are read; empty for what is hidden or not known."""
        return [text_of(column, value) for column, value in enumerate(self.values)]

    @property
    def completed(self) -> int:
        return self.sums.people[Kind.COMPLETED]


@dataclass(frozen=True)
class Table:
    """`total` is None where rows overlap; `silent` are agencies with nothing to show."""

    rows: list[Row]
    total: Row | None
    exact: bool
    silent: list[Place]
    headed: str


@dataclass(frozen=True)
class Grouping:
    """How rows are made: what a figure belongs to, and what the rows are called, in their order."""

    by: By
    headed: str
    keys: Callable[[Shown], Iterable[Key]]
    labels: Iterable[tuple[Key, str]]


def build(
    figures: Iterable[Shown],
    grouping: Grouping,
    subjects: Mapping[int, Subject],
    places: Mapping[int, Place],
    exact: bool,
) -> Table:
    """`places` are the agencies that are seen; those without a figure are counted in shares where
    they are active, and named as silent."""
    sums: dict[Key, Sums] = defaultdict(Sums)
    seen: set[int | None] = set()
    units: set[int] = set()
    for one in figures:
        seen.add(one.agency)
        units.add(one.unit)
        for key in grouping.keys(one):
            sums[key].add(one.kind, one.figures)
            if one.kind == Kind.COMPLETED and _headcount(one, subjects, places):
                sums[key].covered += one.figures.people
    there = [place for place in places.values() if place.active or place.pk in seen]
    taken = [subjects[unit] for unit in units]
    for key, row in sums.items():
        row.headcount = _heads(key, grouping.by, taken, there)
    rows = [
        Row(key, label, values_of(sums[key], exact), sums[key])
        for key, label in grouping.labels
        if key in sums
    ]
    return Table(
        rows=rows,
        total=None if grouping.by == By.AREA else _total(rows, exact, taken, there),
        exact=exact,
        silent=[place for place in there if place.pk not in seen],
        headed=grouping.headed,
    )


def _total(rows: list[Row], exact: bool, taken: list[Subject], there: list[Place]) -> Row | None:
    if len(rows) < 2:
        return None
    total = Sums(headcount=_heads(None, By.YEAR, taken, there))
    for row in rows:
        total.include(row.sums)
    return Row(None, _("Together"), values_of(total, exact), total)


def _headcount(
    one: Shown, subjects: Mapping[int, Subject], places: Mapping[int, Place]
) -> int | None:
    place = places.get(one.agency) if one.agency else None
    return subjects[one.unit].headcount(place) if place else None


def _heads(key: Key, by: By, taken: list[Subject], there: list[Place]) -> int:
    """How many could have completed what a row counts, each once for each course."""
    if by == By.AGENCY:
        there = [place for place in there if place.pk == key]
    elif by == By.COUNTY:
        there = [place for place in there if county_key(place.pk, place.county) == key]
    elif by == By.UNIT:
        taken = [subject for subject in taken if subject.pk == key]
    elif by == By.AREA:
        taken = [subject for subject in taken if key in (subject.areas or (None,))]
    for_managers = sum(subject.for_managers for subject in taken)
    return sum(
        for_managers * (place.managers or 0) + (len(taken) - for_managers) * (place.employees or 0)
        for place in there
    )


def _add_to(numbers: dict[str, int], more: Mapping[str, int]) -> None:
    for name, number in more.items():
        numbers[name] = numbers.get(name, 0) + number


def county_key(agency: int | None, county: int | None) -> int | None:
    """0 stands for agencies of the whole country, None for those that are not told apart."""
    return county or (0 if agency else None)


def values_of(sums: Sums, exact: bool) -> tuple[Value, ...]:
    few = None if exact else Hidden.FEW
    started, completed, renewed, evaluated = (
        sums.people[kind] or (0 if exact else Hidden.FEW) for kind in Kind
    )
    median = median_class(sums.classes)
    mean = mean_score(sums.scores, sums.people[Kind.EVALUATED])
    known = sums.covered or not sums.people[Kind.COMPLETED]
    return (
        started,
        completed,
        renewed,
        few if completed is Hidden.FEW else share(sums.covered, sums.headcount) if known else None,
        few if median is None else duration_text(median),
        few if mean is None else mean,
        evaluated,
    )


def text_of(column: int, value: Value) -> str:
    if value is None or isinstance(value, Hidden | str):
        return value if isinstance(value, str) else ""
    if column == MEAN:
        return mean_text(value)
    return number_text(int(value))
