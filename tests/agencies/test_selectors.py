"""Which agency a person is from on a day, by membership and by e-mail address."""

import datetime
from collections.abc import Callable

import pytest
from django.test.utils import CaptureQueriesContext

from agencies.models import (
    Agency,
    AgencyDomain,
    AgencyKind,
    Membership,
    Role,
    Succession,
    SuccessionKind,
    SuccessionLink,
    User,
)
from agencies.selectors import agency_of_address, agency_on, domains_of

pytestmark = pytest.mark.django_db

Queries = Callable[[int], CaptureQueriesContext]
DAY = datetime.timedelta(days=1)
TODAY = datetime.date(2026, 5, 4)
LONG_AGO = TODAY - 1000 * DAY


@pytest.fixture
def user() -> User:
    return User.objects.create_user("anna@test.example.org")


@pytest.fixture
def agencies() -> list[Agency]:
    rows = [Agency(key=f"test-{i}", name=f"Test {i}", kind=AgencyKind.OTHER) for i in range(4)]
    return Agency.objects.bulk_create(rows)


def succeed(before: Agency, *after: Agency, day: datetime.date = TODAY) -> None:
    """`before` had its last day the day before, and those after it their first on the day."""
    row = Succession.objects.create(kind=SuccessionKind.SPLIT, date=day)
    for agency in after:
        SuccessionLink.objects.create(succession=row, predecessor=before, successor=agency)
        Agency.objects.filter(pk=agency.pk).update(active_from=day)
    Agency.objects.filter(pk=before.pk).update(active_to=day - DAY)


# -- by membership ---------------------------------------------------------------------------


def test_nobody_is_from_nowhere(user: User, django_assert_num_queries: Queries) -> None:
    with django_assert_num_queries(1):
        assert agency_on(user, TODAY) is None


def test_the_learner_goes_before_newer_roles(
    user: User, agencies: list[Agency], django_assert_num_queries: Queries
) -> None:
    rows = [(Role.LEARNER, 9), (Role.TRAINER, 5), (Role.EDITOR, 1)]
    for agency, (role, days) in zip(agencies, rows, strict=False):
        Membership.objects.create(user=user, agency=agency, role=role, start=TODAY - days * DAY)
    with django_assert_num_queries(1):
        assert agency_on(user, TODAY) == agencies[0]
    Membership.objects.filter(role=Role.LEARNER).update(end=TODAY - DAY)
    assert agency_on(user, TODAY) == agencies[2]
    assert agency_on(user, TODAY - DAY) == agencies[0]


def test_both_the_first_and_the_last_day_count(user: User, agencies: list[Agency]) -> None:
    Membership.objects.create(
        user=user, agency=agencies[0], role=Role.LEARNER, start=TODAY, end=TODAY + DAY
    )
    days = [TODAY - DAY, TODAY, TODAY + DAY, TODAY + 2 * DAY]
    assert [agency_on(user, day) is not None for day in days] == [False, True, True, False]


def test_of_two_agencies_as_learner_the_newer(user: User, agencies: list[Agency]) -> None:
    for agency, days in zip(agencies, (3, 1, 2), strict=False):
        Membership.objects.create(
            user=user, agency=agency, role=Role.LEARNER, start=TODAY - days * DAY
        )
    assert agency_on(user, TODAY) == agencies[1]


def test_somebody_elses_membership_counts_not(user: User, agencies: list[Agency]) -> None:
    other = User.objects.create_user("eva@test.example.org")
    Membership.objects.create(user=other, agency=agencies[0], role=Role.LEARNER, start=LONG_AGO)
    assert agency_on(user, TODAY) is None


# -- by address ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "domains"),
    [
        ("a@Agency.SE", ["agency.se"]),
        ("a@x.y.agency.se", ["x.y.agency.se", "y.agency.se", "agency.se"]),
        ("a@se", []),
        ("a@b@agency.se", ["agency.se"]),
        ("", []),
    ],
)
def test_domains_nearest_first_without_the_top(address: str, domains: list[str]) -> None:
    assert domains_of(address) == domains


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("a@test.example.org", 0),
        ("A@TEST.example.org", 0),
        ("a@mail.test.example.org", 0),
        ("a@x.north.test.example.org", 1),
        ("a@atest.example.org", None),
        ("a@example.org", None),
        ("a@test.example.org.evil.example", None),
        ("test.example.org@evil.example", None),
    ],
)
def test_the_nearest_domain_shows_the_agency(
    address: str, found: int | None, agencies: list[Agency], django_assert_max_num_queries: Queries
) -> None:
    AgencyDomain.objects.create(agency=agencies[0], domain="test.example.org")
    AgencyDomain.objects.create(agency=agencies[1], domain="north.test.example.org")
    with django_assert_max_num_queries(1):
        agency = agency_of_address(address, TODAY)
    assert agency == (None if found is None else agencies[found])


def of_address(agencies: list[Agency], day: datetime.date = TODAY) -> int | None:
    """The number of the agency that the address of the first one leads to."""
    AgencyDomain.objects.get_or_create(agency=agencies[0], domain="test.example.org")
    found = agency_of_address("a@test.example.org", day)
    return agencies.index(found) if found else None


def test_the_domain_of_an_ended_agency_leads_to_its_successor(agencies: list[Agency]) -> None:
    succeed(agencies[0], agencies[1])
    assert of_address(agencies, TODAY - DAY) == 0
    assert of_address(agencies, TODAY) == 1


def test_successors_that_have_ended_too_are_passed_over(agencies: list[Agency]) -> None:
    succeed(agencies[0], agencies[1], day=LONG_AGO)
    succeed(agencies[1], agencies[2])
    assert of_address(agencies, TODAY - DAY) == 1
    assert of_address(agencies, TODAY) == 2


def test_two_successors_leave_it_open_until_one_is_left(agencies: list[Agency]) -> None:
    succeed(agencies[0], agencies[1], agencies[2], day=LONG_AGO)
    assert of_address(agencies) is None
    Agency.objects.filter(pk=agencies[1].pk).update(active_to=TODAY - DAY)
    assert of_address(agencies) == 2


def test_two_ways_to_one_successor_are_one(agencies: list[Agency]) -> None:
    succeed(agencies[0], agencies[1], agencies[2], day=LONG_AGO)
    for before in agencies[1:3]:
        succeed(before, agencies[3])
    assert of_address(agencies) == 3


def test_an_agency_that_was_closed_or_has_not_begun_leads_nowhere(agencies: list[Agency]) -> None:
    Agency.objects.filter(pk=agencies[0].pk).update(active_to=TODAY - DAY)
    assert of_address(agencies) is None
    Agency.objects.filter(pk=agencies[0].pk).update(active_to=None, active_from=TODAY + DAY)
    assert of_address(agencies) is None
    assert of_address(agencies, TODAY + DAY) == 0


def test_a_succession_to_come_changes_nothing_yet(agencies: list[Agency]) -> None:
    succeed(agencies[0], agencies[1], day=TODAY + DAY)
    assert of_address(agencies, TODAY) == 0
    assert of_address(agencies, TODAY + DAY) == 1
