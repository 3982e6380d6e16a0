"""What came before and after an agency: the graph work on any register, then the real one."""

import datetime
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from agencies.lineage import Edge, Lineage, lineage, lineage_of
from agencies.models import Agency, County

AGENCIES = range(6)
DAY = datetime.timedelta(days=1)
agency_keys = st.sampled_from(AGENCIES)
dates = st.dates(datetime.date(2000, 1, 1), datetime.date(2000, 1, 10))
# Any edges at all, cycles too: the database refuses those, a report must not hang on them.
registers = st.lists(st.builds(Edge, agency_keys, agency_keys, dates), max_size=12)
quick = settings(max_examples=60, deadline=None)


def distances(start: int, pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Steps from `start` to each agency in reach, found the slow way: one step at a time."""
    pairs, found, reached = set(pairs), {start: 0}, {start}
    for step in range(1, len(AGENCIES) + 1):
        reached = {after for before, after in pairs if before in reached} - set(found)
        found |= dict.fromkeys(reached, step)
    del found[start]
    return found


@quick
@given(agency_keys, registers, dates)
def test_all_that_can_be_reached_nearest_first(
    start: int, edges: list[Edge], at: datetime.date
) -> None:
    known = [(edge.predecessor, edge.successor) for edge in edges if edge.date <= at]
    after = distances(start, known)
    before = distances(start, [(successor, predecessor) for predecessor, successor in known])
    found = lineage_of(start, edges, at)
    for agencies, steps in ((found.successors, after), (found.predecessors, before)):
        assert sorted(agencies) == sorted(steps)
        assert [steps[agency] for agency in agencies] == sorted(steps.values())


@quick
@given(agency_keys, registers, dates)
def test_an_agency_is_never_in_its_own_lineage(
    start: int, edges: list[Edge], at: datetime.date
) -> None:
    found = lineage_of(start, edges, at)
    assert start not in found.predecessors + found.successors


@quick
@given(agency_keys, agency_keys, registers, dates)
def test_successor_and_predecessor_are_the_same_seen_from_two_sides(
    one: int, other: int, edges: list[Edge], at: datetime.date
) -> None:
    succeeds = other in lineage_of(one, edges, at).successors
    assert succeeds == (one in lineage_of(other, edges, at).predecessors)


@quick
@given(agency_keys, registers, dates, dates)
def test_nothing_is_forgotten_as_time_goes(
    start: int, edges: list[Edge], one: datetime.date, other: datetime.date
) -> None:
    earlier = lineage_of(start, edges, min(one, other))
    later = lineage_of(start, edges, max(one, other))
    assert set(earlier.predecessors) <= set(later.predecessors)
    assert set(earlier.successors) <= set(later.successors)


@quick
@given(agency_keys, registers, dates)
def test_the_order_of_the_rows_does_not_matter(
    start: int, edges: list[Edge], at: datetime.date
) -> None:
    assert lineage_of(start, edges, at) == lineage_of(start, edges[::-1], at)


# -- the real register -----------------------------------------------------------------------


def keys(primary_keys: Iterable[int]) -> set[str]:
    return set(Agency.objects.filter(pk__in=primary_keys).values_list("key", flat=True))


def of(key: str, at: datetime.date) -> Lineage:
    return lineage(Agency.objects.get(key=key), at)


OMBUDSMEN = {"do-etnisk", "jamo", "ho", "homo"}
MERGER = datetime.date(2009, 1, 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("at", "known"),
    [(MERGER - DAY, False), (MERGER, True), (MERGER + DAY, True)],
    ids=["the day before", "on the day", "the day after"],
)
def test_the_four_ombudsmen_become_one(at: datetime.date, known: bool) -> None:
    assert keys(of("do", at).predecessors) == (OMBUDSMEN if known else set())
    for ombudsman in OMBUDSMEN:
        assert keys(of(ombudsman, at).successors) == ({"do"} if known else set())
        assert of(ombudsman, at).predecessors == ()


@pytest.mark.django_db
def test_the_police_in_dalarna_go_over_into_one_authority_for_the_country() -> None:
    at = datetime.date(2015, 1, 1)
    assert of("polisen-dalarna", at - DAY) == Lineage((), ())
    assert keys(of("polisen-dalarna", at).successors) == {"polismyndigheten"}
    named_for_a_county = {f"polisen-{county.key}" for county in County.objects.all()}
    before = keys(of("polismyndigheten", at).predecessors)
    assert "polisen-dalarna" in before
    assert before == keys(
        Agency.objects.filter(key__in=named_for_a_county).values_list("pk", flat=True)
    )


@pytest.mark.django_db
def test_a_closed_agency_keeps_what_came_before_and_has_no_successor() -> None:
    at = datetime.date(2026, 1, 1)
    assert keys(of("kkr", at).successors) == {"verva"}
    assert of("verva", at).successors == ()
    assert keys(of("verva", at).predecessors) == {"kkr"}


@pytest.mark.django_db
def test_a_new_name_is_a_succession_too() -> None:
    renamed = datetime.date(2018, 1, 1)
    assert of("malmo-hogskola", renamed - DAY).successors == ()
    assert keys(of("malmo-hogskola", renamed).successors) == {"malmo-universitet"}
    assert keys(of("malmo-universitet", renamed).predecessors) == {"malmo-hogskola"}


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["polismyndigheten", "snackan"])
def test_a_lineage_takes_one_query(
    key: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    agency = Agency.objects.get(key=key)
    with django_assert_num_queries(1):
        lineage(agency, datetime.date(2026, 1, 1))
