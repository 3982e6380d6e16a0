"""Agencies and the people in them, made up."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from agencies.models import Agency, AgencyKind, County, Membership, Role, User

BATCH = 2000
MOVED = 0.05


@dataclass(frozen=True)
class Learner:
    """`moved` is the first day in the second agency, which is the first one for most people."""

    user: User
    first: int
    second: int
    moved: date

    def agency(self, moment: datetime) -> int:
        if self.first == self.second:
            return self.first
        return self.second if timezone.localdate(moment) >= self.moved else self.first


def make_agencies(number: int, chance: random.Random) -> list[Agency]:
    counties = [None, *County.objects.all()]
    kinds = list(AgencyKind)
    return Agency.objects.bulk_create(
        Agency(
            key=f"bench-{place:03}",
            name=f"Provmyndigheten {place:03}",
            name_en=f"Test agency {place:03}",
            kind=kinds[place % len(kinds)],
            county=counties[place % len(counties)],
            employees=chance.randint(500, 5000),
            managers=chance.randint(20, 400),
        )
        for place in range(number)
    )


def make_users(name: str, number: int) -> list[User]:
    return User.objects.bulk_create(
        [
            User(
                email=f"{name}{place}@bench.example",
                first_name=name.capitalize(),
                last_name=f"{place:05}",
                password=make_password(None),
            )
            for place in range(number)
        ],
        batch_size=BATCH,
    )


def join(users: Sequence[User], agency: Agency, role: Role, start: date) -> None:
    Membership.objects.bulk_create(
        [Membership(user=user, agency=agency, role=role, start=start) for user in users],
        batch_size=BATCH,
    )


def make_learners(
    number: int, agencies: list[Agency], start: datetime, now: datetime, chance: random.Random
) -> list[Learner]:
    """Agencies get fewer people the later they come, down to a handful."""
    weights = [1 / (place + 3) for place in range(len(agencies))]
    keys = [agency.pk for agency in agencies]
    first_day, days = timezone.localdate(start), (now - start).days
    learners: list[Learner] = []
    memberships: list[tuple[User, int, date, date | None]] = []
    for user in make_users("learner", number):
        first, second = chance.choices(keys, weights, k=2)
        moved = first_day + timedelta(days=chance.randrange(1, max(2, days)))
        if chance.random() > MOVED or first == second:
            second = first
            memberships.append((user, first, first_day, None))
        else:
            memberships.append((user, first, first_day, moved - timedelta(days=1)))
            memberships.append((user, second, moved, None))
        learners.append(Learner(user, first, second, moved))
    Membership.objects.bulk_create(
        [
            Membership(user=user, agency_id=agency, role=Role.LEARNER, start=begins, end=ends)
            for user, agency, begins, ends in memberships
        ],
        batch_size=BATCH,
    )
    return learners
