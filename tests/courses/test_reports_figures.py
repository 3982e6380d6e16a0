"""Reports against a slow and simple count of the records, and what happens when agencies change."""

import datetime
import random
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.utils import timezone, translation

from agencies.models import Agency, County, Role, User
from courses.domain.duration import duration_class, hours_and_days
from courses.models import Completion, CoursePage, Enrolment, Evaluation, Tally, Unit
from courses.reports.agency import agency_report
from courses.reports.figures import mean, share
from courses.reports.register import gone_over
from courses.reports.report import Report, report_for
from courses.reports.sources import sources_for
from courses.reports.table import Hidden, Table, Value
from tests.factories.learning import (
    AgencyFactory,
    UnitFactory,
    completed,
    moment,
    person,
    started,
)

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _nothing_counted_yet() -> None:
    """The content may bring courses of its own, and nobody has begun any of them."""
    assert not Tally.objects.exists()


def root() -> User:
    found = User.objects.filter(is_superuser=True, email="root@example.org").first()
    return found or User.objects.create_superuser("root@example.org")


def asked(user: User | None = None, **params: str) -> Report:
    with translation.override("sv"):
        return report_for(params, sources_for(user or root(), TODAY))


def rows(table: Table) -> dict[Any, tuple[Value, ...]]:
    return {row.key: row.values for row in table.rows}


# -- single figures ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "whole", "per_cent"),
    [(0, 10, 0), (1, 3, 33), (3, 3, 100), (7, 3, 100), (1, 0, None), (1, None, None), (-1, 3, 0)],
)
def test_a_share_is_from_0_to_100_or_not_known(
    part: int, whole: int | None, per_cent: int | None
) -> None:
    assert share(part, whole) == per_cent


@pytest.mark.parametrize(
    ("total", "number", "value"), [(0, 0, None), (9, 2, 4.5), (13, 3, 4.3), (17, 20, 0.9)]
)
def test_a_mean_has_one_decimal_half_up(total: int, number: int, value: float | None) -> None:
    assert mean(total, number) == value


# -- against the records -----------------------------------------------------------------------


WHERE = ("unit", "agency")


def local(at: datetime.datetime) -> datetime.date:
    return timezone.localtime(at).date()


def lower_median(numbers: list[int]) -> int | None:
    return sorted(numbers)[(len(numbers) - 1) // 2] if numbers else None


def counted(
    belongs: Callable[[Unit, Agency | None, datetime.date], bool], units: Iterable[Unit]
) -> tuple[Any, ...]:
    """Started, completed, renewed, the class of the median time, mean and number of evaluations."""

    def mine(unit: Unit, agency: Agency | None, at: datetime.datetime) -> bool:
        return unit in units and belongs(unit, agency, local(at))

    starts = [
        one
        for one in Enrolment.objects.select_related(*WHERE)
        if mine(one.unit, one.agency, one.started_at)
    ]
    ends = [
        one
        for one in Completion.objects.select_related(*WHERE)
        if mine(one.unit, one.agency, one.at)
    ]
    given = [
        one
        for one in Evaluation.objects.select_related("completion__unit", "completion__agency")
        if mine(one.completion.unit, one.completion.agency, one.at)
    ]
    first = [one for one in ends if one.cycle == 1]
    points = sum(one.useful + one.clear + one.recommend for one in given)
    return (
        sum(one.cycle == 1 for one in starts),
        len(first),
        len(ends) - len(first),
        lower_median([duration_class(one.at - one.started_at) for one in first]),
        round(points / len(given) / 3 + 1e-9, 1) if given else None,
        len(given),
    )


def median_text(duration: int | None) -> str | None:
    if duration is None:
        return None
    hours, days = hours_and_days(duration)
    if days:
        return f"{days} dag" if days == 1 else f"{days} dagar"
    if hours:
        return f"{hours} timme" if hours == 1 else f"{hours} timmar"
    return "under en timme"


def shown(values: tuple[Value, ...]) -> tuple[Any, ...]:
    """A row without its share, as `counted` has it."""
    return (*values[:3], *values[4:])


def written(figures: tuple[Any, ...]) -> tuple[Any, ...]:
    return (*figures[:3], median_text(figures[3]), *figures[4:])


@pytest.fixture
def records() -> list[Agency | None]:
    """Two hundred people in four agencies, or in none, over three years and three units."""
    chance = random.Random(20260310)
    county = County.objects.all()[0]
    agencies = [
        AgencyFactory(county=county, employees=40, managers=4),
        AgencyFactory(county=county),
        AgencyFactory(employees=10),
        AgencyFactory(county=County.objects.all()[1], employees=500, managers=20),
        None,
    ]
    units = [UnitFactory(), UnitFactory(), UnitFactory(kind="module", areas=["x", "y"])]
    for _ in range(200):
        unit, agency = chance.choice(units), chance.choice(agencies)
        at = moment(chance.choice([2024, 2025, 2026]), chance.randint(1, 4), chance.randint(1, 28))
        at = min(at, datetime.datetime(2026, 11, 20, tzinfo=datetime.UTC))
        if chance.random() < 0.2:
            started(unit, agency, at)
            continue
        took = datetime.timedelta(minutes=chance.choice([20, 90, 300, 2000, 90_000, 900_000]))
        scores = [chance.randint(1, 5) for _ in range(3)] if chance.random() < 0.5 else []
        completed(unit, agency, at, took=took, scores=scores, cycle=chance.choice([1, 1, 1, 2]))
    return agencies


def mine(kind: str) -> list[Unit]:
    """Those that somebody has begun; the content brings others."""
    return list(Unit.objects.filter(kind=kind, enrolments__isnull=False).distinct())


@pytest.mark.parametrize("kind", ["course", "module"])
@pytest.mark.parametrize("period", [{}, {"year": "2025"}, {"year": "2025", "quarter": "3"}])
def test_every_grouping_is_what_the_records_say(
    records: list[Agency | None], kind: str, period: dict[str, str]
) -> None:
    def in_period(day: datetime.date) -> bool:
        if not period:
            return True
        quarter = period.get("quarter")
        return day.year == 2025 and (quarter is None or (day.month + 2) // 3 == int(quarter))

    def county_of(agency: Agency | None) -> int | None:
        return (agency.county_id or 0) if agency else None

    groupings: dict[str, Callable[[Unit, Agency | None, datetime.date], Any]] = {
        "agency": lambda unit, agency, day: agency and agency.pk,
        "county": lambda unit, agency, day: county_of(agency),
        "unit": lambda unit, agency, day: unit.pk,
        "year": lambda unit, agency, day: day.year,
        "quarter": lambda unit, agency, day: day.year * 4 + (day.month - 1) // 3,
    }
    for by, key in groupings.items():
        table = asked(by=by, kind=kind, **period).table
        assert table.rows
        found = rows(table)
        for wanted, values in found.items():
            expected = counted(
                lambda *row, wanted=wanted, key=key: in_period(row[2]) and key(*row) == wanted,
                mine(kind),
            )
            assert shown(values) == written(expected), (by, wanted)
        everything = counted(lambda unit, agency, day: in_period(day), mine(kind))
        if table.total:
            assert shown(table.total.values) == written(everything)
        assert sum(int(str(values[1])) for values in found.values()) == everything[1]


def test_a_module_in_two_focus_areas_counts_in_both_and_no_sum_is_shown(
    records: list[Agency | None],
) -> None:
    table = asked(by="area").table
    everything = written(counted(lambda *row: True, mine("module")))
    assert {key: shown(values) for key, values in rows(table).items()} == {
        "x": everything,
        "y": everything,
    }
    assert table.total is None


def test_a_county_and_one_course_narrow_what_is_counted(records: list[Agency | None]) -> None:
    county, course = County.objects.all()[0], mine("course")[0]
    code = course.key.hex[:12]
    for key, wanted in ((county.key, county), ("nationwide", None)):
        table = asked(county=key, unit=code, by="year").table
        for year, values in rows(table).items():
            expected = counted(
                lambda unit, agency, day, year=year, wanted=wanted: (
                    agency is not None and agency.county == wanted and day.year == year
                ),
                [course],
            )
            assert shown(values) == written(expected)


def test_an_agency_is_shown_course_by_course_and_module_by_module(
    records: list[Agency | None],
) -> None:
    agency = records[0]
    assert agency
    with translation.override("sv"):
        report = agency_report({}, sources_for(root(), TODAY), agency)
    for kind, table in (("course", report.courses), ("module", report.modules)):
        assert set(rows(table)) == {unit.pk for unit in mine(kind)}
        for pk, values in rows(table).items():
            expected = counted(
                lambda unit, where, day, pk=pk: unit.pk == pk and where == agency, mine(kind)
            )
            assert shown(values) == written(expected)


def test_protected_rows_are_exact_from_five_and_small_ones_are_together(
    records: list[Agency | None],
) -> None:
    """Without any filter a sum over time is a sum, whatever the quarters are joined to."""
    small = AgencyFactory()
    course = mine("course")[0]
    completed(course, small, moment(2025), 3)
    editor = person((Role.EDITOR, small))
    code = course.key.hex[:12]
    exact, protected = (rows(asked(user, unit=code).table) for user in (root(), editor))
    assert small.pk in exact
    assert small.pk not in protected
    for key, values in protected.items():
        for value, true in zip(values[:3], exact[key][:3], strict=True):
            if key is not None:
                assert value == true if int(str(true)) >= 5 else value is Hidden.FEW


# -- shares ------------------------------------------------------------------------------------


def test_a_share_is_of_the_employees_or_of_the_managers(records: list[Agency | None]) -> None:
    agency, silent = records[0], records[1]
    assert agency
    assert silent
    course = mine("course")[0]
    done = counted(lambda unit, where, day: where == agency, [course])[1]
    code = course.key.hex[:12]
    table = rows(asked(unit=code).table)
    assert table[agency.pk][3] == done * 100 // 40
    assert table[silent.pk][3] is None
    pages = CoursePage.objects.filter(locale__language_code="sv").order_by("pk")[:1]
    CoursePage.objects.filter(pk__in=[page.pk for page in pages]).update(
        translation_key=course.key, audience="managers"
    )
    if pages:
        assert rows(asked(unit=code).table)[agency.pk][3] == min(100, done * 100 // 4)


# -- then and now ------------------------------------------------------------------------------

OMBUDSMEN = ("do-etnisk", "jamo", "ho", "homo")


def test_the_four_ombudsmen_are_the_one_ombudsman_now() -> None:
    course = UnitFactory()
    places = [Agency.objects.get(key=key) for key in (*OMBUDSMEN, "do")]
    for number, place in enumerate(places, start=1):
        completed(course, place, moment(2025), number)
    then, now = (asked(view=view).table for view in ("then", "now"))
    assert [rows(then)[place.pk][1] for place in places] == [1, 2, 3, 4, 5]
    assert {key: values[1] for key, values in rows(now).items()} == {places[-1].pk: 15}
    assert then.total
    assert then.total.values[1] == 15
    # Whoever answers for the one sees what came of the four.
    contact = person((Role.CONTACT_PERSON, places[-1]))
    assert rows(asked(contact, view="now").table)[places[-1].pk][1] == 15
    assert len(rows(asked(contact).table)) == 5


def test_small_agencies_that_became_one_are_shown_as_one_now() -> None:
    course = UnitFactory()
    places = [Agency.objects.get(key=key) for key in (*OMBUDSMEN, "do")]
    for place in places:
        completed(course, place, moment(2025), 3)
    editor = person((Role.EDITOR, AgencyFactory()))
    then, now = (asked(editor, view=view).table for view in ("then", "now"))
    assert {key: values[1] for key, values in rows(then).items()} == {None: 15}
    assert {key: values[1] for key, values in rows(now).items()} == {places[-1].pk: 15}


def test_the_police_of_the_counties_are_one_authority_of_the_country_now() -> None:
    course = UnitFactory()
    dalarna = Agency.objects.get(key="polisen-dalarna")
    police = Agency.objects.get(key="polismyndigheten")
    completed(course, dalarna, moment(2024), 6)
    completed(course, police, moment(2025), 7)
    by_county = {"by": "county"}
    assert {key: values[1] for key, values in rows(asked(**by_county).table).items()} == {
        dalarna.county_id: 6,
        0: 7,
    }
    assert {
        key: values[1] for key, values in rows(asked(**by_county, view="now").table).items()
    } == {0: 13}
    report = agency_report({"view": "now"}, sources_for(root(), TODAY), police)
    assert [row.completed for row in report.courses.rows] == [13]


def test_what_a_closed_agency_did_stays_with_it() -> None:
    course = UnitFactory()
    closed, before = (Agency.objects.get(key=key) for key in ("verva", "kkr"))
    completed(course, closed, moment(2024), 6)
    completed(course, before, moment(2024), 7)
    found = rows(asked(view="now").table)
    assert {key: values[1] for key, values in found.items()} == {closed.pk: 6, before.pk: 7}


@pytest.mark.parametrize(
    ("links", "active", "now"),
    [
        ([(1, 2)], {2}, {1: 2}),
        ([(1, 2), (2, 3)], {3}, {1: 3, 2: 3}),
        # Split, and one of the parts closed since: it did not all end in the other.
        ([(1, 2), (1, 3)], {2, 3}, {}),
        ([(1, 2), (1, 3)], {2}, {}),
        # Split and brought together again.
        ([(1, 2), (1, 3), (2, 4), (3, 4)], {4}, {1: 4, 2: 4, 3: 4}),
        # Closed.
        ([(1, 2)], set(), {}),
        # A part went, the rest goes on.
        ([(1, 2)], {1, 2}, {}),
    ],
)
def test_what_an_agency_is_now(
    links: list[tuple[int, int]], active: set[int], now: dict[int, int]
) -> None:
    assert gone_over(links, active) == now
