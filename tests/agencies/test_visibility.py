"""Who may see the totals of which agencies: each role, each day, and two shapes that agree."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from agencies.models import (
    Agency,
    AgencyKind,
    County,
    Membership,
    Role,
    Succession,
    SuccessionLink,
    User,
)
from agencies.visibility import ALL, can_see_totals, sees_exactly, totals_visible_to

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 3, 10)
DAY = datetime.timedelta(days=1)


@contextmanager
def rolled_back() -> Iterator[None]:
    """What is written inside is gone after it, so that hypothesis begins afresh each time."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def agency(number: int, county: County | None, kind: str = AgencyKind.STATE_AGENCY) -> Agency:
    return Agency.objects.create(
        key=f"xyzzy-{number}", name=f"Xyzzy {number}", county=county, kind=kind
    )


def succeed(before: Agency, after: Agency, date: datetime.date, kind: str = "merged") -> None:
    succession = Succession.objects.create(kind=kind, date=date)
    SuccessionLink.objects.create(succession=succession, predecessor=before, successor=after)


def member(where: Agency, role: str, start: Any = TODAY, end: Any = None, **user: Any) -> User:
    person = User.objects.create_user(f"{where.key}-{role}-{start}@example.org", **user)
    Membership.objects.create(user=person, agency=where, role=role, start=start, end=end)
    return person


class Register:
    """A board and an agency in one county, an agency with a past in another."""

    def __init__(self) -> None:
        here, there = County.objects.all()[:2]
        self.board = agency(1, here, AgencyKind.COUNTY_BOARD)
        self.near = agency(2, here)
        self.far = agency(3, there)
        self.before = agency(4, None)
        self.long_before = agency(5, None)
        succeed(self.long_before, self.before, datetime.date(2020, 1, 1))
        succeed(self.before, self.far, TODAY)

    def names(self, pks: Any) -> set[str]:
        return {name for name, one in vars(self).items() if one.pk in set(pks)}


@pytest.fixture
def register() -> Register:
    return Register()


EVERYTHING = {"board", "near", "far", "before", "long_before"}
HISTORY = {"far", "before", "long_before"}


@pytest.mark.parametrize(
    ("role", "where", "visible", "exact"),
    [
        (Role.LEARNER, "far", set(), set()),
        (Role.CONTACT_PERSON, "far", HISTORY, HISTORY),
        (Role.TRAINER, "far", HISTORY, HISTORY),
        (Role.CONTACT_PERSON, "before", {"before", "long_before"}, {"before", "long_before"}),
        (Role.CONTACT_PERSON, "board", {"board"}, {"board"}),
        (Role.COUNTY_COORDINATOR, "board", {"board", "near"}, set()),
        # The role is that of a county board: elsewhere it gives nothing.
        (Role.COUNTY_COORDINATOR, "near", set(), set()),
        (Role.EDITOR, "near", EVERYTHING, set()),
        (Role.ADMINISTRATOR, "near", EVERYTHING, ALL),
    ],
)
def test_each_role(
    register: Register, role: Role, where: str, visible: set[str], exact: set[str] | str
) -> None:
    person = member(getattr(register, where), role)
    seen = totals_visible_to(person, TODAY).values_list("pk", flat=True)
    assert register.names(seen) == visible
    known = sees_exactly(person, TODAY)
    assert (known if known == ALL else register.names(known)) == exact


def test_a_stranger_sees_nothing(register: Register) -> None:
    for nobody in (AnonymousUser(), User.objects.create_user("nobody@example.org")):
        assert not totals_visible_to(nobody, TODAY)
        assert sees_exactly(nobody, TODAY) == frozenset()
        assert not can_see_totals(nobody, register.near, TODAY)


def test_a_superuser_sees_all_exactly(register: Register) -> None:
    person = User.objects.create_superuser("root@example.org")
    assert totals_visible_to(person, TODAY).count() == Agency.objects.count()
    assert sees_exactly(person, TODAY) == ALL
    assert can_see_totals(person, register.before, TODAY)


def test_a_closed_account_sees_nothing(register: Register) -> None:
    person = member(register.near, Role.ADMINISTRATOR, is_superuser=True, is_active=False)
    assert not totals_visible_to(person, TODAY)
    assert not can_see_totals(person, register.near, TODAY)


@pytest.mark.parametrize("role", [Role.CONTACT_PERSON, Role.COUNTY_COORDINATOR, Role.EDITOR])
@pytest.mark.parametrize(
    ("start", "end", "holds"),
    [
        (TODAY, None, True),
        (TODAY, TODAY, True),
        (TODAY - DAY, TODAY, True),
        (TODAY + DAY, None, False),
        (TODAY - DAY, TODAY - DAY, False),
    ],
)
def test_a_role_holds_from_its_first_day_to_its_last(
    register: Register, role: Role, start: datetime.date, end: datetime.date | None, holds: bool
) -> None:
    person = member(register.board, role, start, end)
    assert can_see_totals(person, register.board, TODAY) is holds
    assert totals_visible_to(person, TODAY).exists() is holds


def test_what_came_before_is_seen_from_the_day_it_went_over(register: Register) -> None:
    person = member(register.far, Role.CONTACT_PERSON, TODAY - DAY)
    assert not can_see_totals(person, register.before, TODAY - DAY)
    assert can_see_totals(person, register.before, TODAY)


NUMBERS = st.integers(0, 5)
NEAR = st.integers(-2, 2)
registers = st.fixed_dictionaries(
    {
        "agencies": st.lists(
            st.tuples(st.sampled_from([None, 0, 1]), st.booleans()), min_size=6, max_size=6
        ),
        "successions": st.sets(st.tuples(NUMBERS, NUMBERS, NEAR), max_size=6),
        "roles": st.lists(
            st.tuples(NUMBERS, st.sampled_from(Role.values), NEAR, st.none() | NEAR), max_size=4
        ),
        "superuser": st.sampled_from([False, False, False, True]),
    }
)


@settings(deadline=None, max_examples=60)
@given(registers)
def test_the_two_shapes_of_the_rule_are_equal(drawn: dict[str, Any]) -> None:
    with rolled_back():
        counties = [None, *County.objects.all()[:2]]
        agencies = [
            agency(
                number,
                counties[0 if county is None else county + 1],
                AgencyKind.COUNTY_BOARD if board else AgencyKind.STATE_AGENCY,
            )
            for number, (county, board) in enumerate(drawn["agencies"])
        ]
        for before, after, days in drawn["successions"]:
            if before < after:
                succeed(agencies[before], agencies[after], TODAY + days * DAY)
        person = User.objects.create_user("any@example.org", is_superuser=drawn["superuser"])
        once = {(number, role): (start, end) for number, role, start, end in drawn["roles"]}
        for (number, role), (start, end) in once.items():
            Membership.objects.create(
                user=person,
                agency=agencies[number],
                role=role,
                start=TODAY + start * DAY,
                end=None if end is None else TODAY + max(start, end) * DAY,
            )
        visible = set(totals_visible_to(person, TODAY))
        for one in Agency.objects.all():
            assert can_see_totals(person, one, TODAY) is (one in visible)
        known = sees_exactly(person, TODAY)
        assert known == ALL or known <= {one.pk for one in visible}
