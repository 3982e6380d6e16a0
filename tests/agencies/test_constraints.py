"""The register's rules hold in the database itself: what goes past the models is refused too."""

import datetime
import itertools
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

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

pytestmark = pytest.mark.django_db

JAN, FEB, MAR, APR = (datetime.date(2026, month, 1) for month in (1, 2, 3, 4))
DAY = datetime.timedelta(days=1)


def refused(change: Callable[[], object], rule: str) -> bool:
    """Whether the database refuses `change` because of `rule`, and goes on working after it."""
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        change()
    return True


def unique_rule(on_sqlite: str, on_postgresql: str) -> str:
    """SQLite names the columns of a broken unique constraint, PostgreSQL the constraint."""
    return {"sqlite": on_sqlite, "postgresql": on_postgresql}[connection.vendor]


@pytest.fixture
def agencies() -> list[Agency]:
    rows = [Agency(key=f"test-{i}", name=f"Test {i}", kind=AgencyKind.OTHER) for i in range(3)]
    return Agency.objects.bulk_create(rows)


@pytest.fixture
def succession() -> Succession:
    return Succession.objects.create(kind=SuccessionKind.MERGED, date=JAN)


@pytest.fixture
def user() -> User:
    return User.objects.create_user("anna@example.org")


@pytest.fixture
def member(user: User, agencies: list[Agency]) -> Callable[..., Membership]:
    """Writes a membership, of one person as learner in one agency unless told otherwise."""

    def write(start: datetime.date, end: datetime.date | None, **other: Any) -> Membership:
        fields = {"user": user, "agency": agencies[0], "role": Role.LEARNER} | other
        return Membership.objects.bulk_create([Membership(start=start, end=end, **fields)])[0]

    return write


def link(succession: Succession, predecessor: Agency, successor: Agency | None) -> SuccessionLink:
    row = SuccessionLink(succession=succession, predecessor=predecessor, successor=successor)
    return SuccessionLink.objects.bulk_create([row])[0]


# -- successions -----------------------------------------------------------------------------


def test_no_agency_succeeds_itself(succession: Succession, agencies: list[Agency]) -> None:
    assert refused(
        lambda: link(succession, agencies[0], agencies[0]),
        "succession_no_cycle|succession_not_to_oneself",
    )


@pytest.mark.parametrize("length", [2, 3])
def test_no_cycle_of_successions(
    length: int, succession: Succession, agencies: list[Agency]
) -> None:
    for before, after in itertools.pairwise(agencies[:length]):
        link(succession, before, after)
    closing = Succession.objects.create(kind=SuccessionKind.RENAMED, date=FEB)
    assert refused(lambda: link(closing, agencies[length - 1], agencies[0]), "succession_no_cycle")


def test_no_cycle_in_one_statement(succession: Succession, agencies: list[Agency]) -> None:
    pairs = [(0, 1), (1, 2), (2, 0)]
    rows = [
        SuccessionLink(
            succession=succession, predecessor=agencies[before], successor=agencies[after]
        )
        for before, after in pairs
    ]
    assert refused(lambda: SuccessionLink.objects.bulk_create(rows), "succession_no_cycle")


def test_no_cycle_by_update(succession: Succession, agencies: list[Agency]) -> None:
    first, second, third = agencies
    link(succession, first, second)
    later = link(succession, third, first)
    rows = SuccessionLink.objects.filter(pk=later.pk)
    assert refused(lambda: rows.update(predecessor=second, successor=first), "succession_no_cycle")
    later.refresh_from_db()
    assert (later.predecessor, later.successor) == (third, first)


def test_two_ways_to_one_successor_are_no_cycle(
    succession: Succession, agencies: list[Agency]
) -> None:
    first, second, third = agencies
    for before, after in [(first, second), (first, third), (second, third)]:
        link(succession, before, after)
    assert succession.links.count() == 3


def test_an_agency_is_closed_once_in_a_succession(
    succession: Succession, agencies: list[Agency]
) -> None:
    link(succession, agencies[0], None)
    rule = unique_rule("UNIQUE.*predecessor_id", "succession_closed_once")
    assert refused(lambda: link(succession, agencies[0], None), rule)


def test_a_successor_is_named_once_in_a_succession(
    succession: Succession, agencies: list[Agency]
) -> None:
    link(succession, agencies[0], agencies[1])
    rule = unique_rule("UNIQUE.*successor_id", "succession_link_once")
    assert refused(lambda: link(succession, agencies[0], agencies[1]), rule)


# -- agencies --------------------------------------------------------------------------------


def test_an_agency_does_not_end_before_it_starts(agencies: list[Agency]) -> None:
    rows = Agency.objects.filter(pk=agencies[0].pk)
    assert refused(
        lambda: rows.update(active_from=FEB, active_to=FEB - DAY), "agency_ends_after_start"
    )
    assert rows.update(active_from=FEB, active_to=FEB) == 1


@pytest.mark.parametrize(
    "domain", ["Example.org", "EXAMPLE.ORG", "anna@example.org", "example", " example.org"]
)
def test_a_domain_is_in_lower_case_and_no_address(domain: str, agencies: list[Agency]) -> None:
    row = AgencyDomain(agency=agencies[0], domain=domain)
    assert refused(lambda: AgencyDomain.objects.bulk_create([row]), "agency_domain_lower_case")


def test_a_domain_belongs_to_one_agency(agencies: list[Agency]) -> None:
    rows = [AgencyDomain(agency=agency, domain="test.example.org") for agency in agencies[:2]]
    rule = unique_rule("UNIQUE.*domain", "agencydomain_domain")
    assert refused(lambda: AgencyDomain.objects.bulk_create(rows), rule)


def test_only_known_kinds_and_roles(
    succession: Succession, agencies: list[Agency], member: Callable[..., Membership]
) -> None:
    agency = Agency.objects.filter(pk=agencies[0].pk)
    assert refused(lambda: agency.update(kind="kommitté"), "agency_kind_known")
    happened = Succession.objects.filter(pk=succession.pk)
    assert refused(lambda: happened.update(kind="moved"), "succession_kind_known")
    assert refused(lambda: member(JAN, None, role="chef"), "membership_role_known")


# -- memberships -----------------------------------------------------------------------------


def test_a_membership_does_not_end_before_it_starts(member: Callable[..., Membership]) -> None:
    assert refused(lambda: member(FEB, FEB - DAY), "membership_ends_after_start")
    assert member(FEB, FEB).pk


def test_nobody_has_one_role_twice_in_one_agency(member: Callable[..., Membership]) -> None:
    member(JAN, None)
    rule = unique_rule("UNIQUE.*role|membership_no_overlap", "membership_active_once")
    assert refused(lambda: member(FEB, None), rule)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        pytest.param(FEB, MAR, id="same days"),
        pytest.param(JAN, FEB, id="ends on the first day of the other"),
        pytest.param(MAR, APR, id="starts on the last day of the other"),
        pytest.param(JAN, APR, id="around the other"),
        pytest.param(FEB + DAY, MAR - DAY, id="inside the other"),
        pytest.param(JAN, None, id="goes on, from before"),
        pytest.param(MAR, None, id="goes on, from within"),
    ],
)
def test_memberships_of_one_role_do_not_overlap(
    start: datetime.date, end: datetime.date | None, member: Callable[..., Membership]
) -> None:
    member(FEB, MAR)
    assert refused(lambda: member(start, end), "membership_no_overlap")


def test_an_ended_membership_cannot_lie_in_one_that_goes_on(
    member: Callable[..., Membership],
) -> None:
    member(FEB, None)
    assert refused(lambda: member(MAR, APR), "membership_no_overlap")


def test_a_person_may_come_back(member: Callable[..., Membership]) -> None:
    member(FEB, MAR)
    member(JAN, FEB - DAY)
    assert member(MAR + DAY, None).pk


def test_no_overlap_by_update(member: Callable[..., Membership]) -> None:
    member(JAN, FEB)
    later = member(MAR, APR)
    rows = Membership.objects.filter(pk=later.pk)
    assert refused(lambda: rows.update(start=FEB), "membership_no_overlap")
    assert rows.update(start=FEB + DAY) == 1


def test_the_same_days_in_another_agency_role_or_person(
    member: Callable[..., Membership], agencies: list[Agency]
) -> None:
    member(JAN, None)
    assert member(JAN, None, agency=agencies[1]).pk
    assert member(JAN, None, role=Role.CONTACT_PERSON).pk
    assert member(JAN, None, user=User.objects.create_user("berit@example.org")).pk


# -- people ----------------------------------------------------------------------------------


def test_an_address_has_one_user_whatever_its_case(user: User) -> None:
    rule = unique_rule("UNIQUE.*user_email_once", "user_email_once")
    twin = User(email=user.email.upper())
    assert refused(lambda: User.objects.bulk_create([twin]), rule)
    other = User.objects.create_user("berit@example.org")
    rows = User.objects.filter(pk=other.pk)
    assert refused(lambda: rows.update(email="Anna@Example.org"), rule)


# -- triggers --------------------------------------------------------------------------------


def test_the_triggers_are_installed() -> None:
    """SQLite loses triggers when a migration remakes their table; see migration 0002."""
    expected, query = {
        "sqlite": (
            {
                (f"{rule}_{event}", table)
                for event in ("INSERT", "UPDATE")
                for rule, table in (
                    ("succession_no_cycle", "agencies_successionlink"),
                    ("membership_no_overlap", "agencies_membership"),
                )
            },
            "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
        ),
        "postgresql": (
            {
                ("succession_no_cycle", "agencies_successionlink"),
                ("membership_no_overlap", "agencies_membership"),
            },
            "SELECT tgname, tgrelid::regclass::text FROM pg_trigger "
            "WHERE NOT tgisinternal AND tgenabled = 'O'",
        ),
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        assert expected <= set(cursor.fetchall())
