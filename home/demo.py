"""Accounts to try the site with. Never on a site that others can reach: the password is known."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.utils import timezone

from agencies.models import Agency, AgencyKind, County, Membership, Role, User

PASSWORD = "snackan-demo"  # noqa: S105  known on purpose


@dataclass(frozen=True)
class DemoAgency:
    """An agency that does not exist, in a county that does."""

    key: str
    name: str
    name_en: str
    kind: AgencyKind
    employees: int
    managers: int


@dataclass(frozen=True)
class Account:
    """`role` is what the account is for; with a `membership` it has that role in an agency."""

    role: str
    email: str
    name: str
    groups: tuple[str, ...] = ()
    superuser: bool = False
    agency: str = ""
    membership: Role | None = None


COUNTY = "dalarna"
AGENCIES = (
    DemoAgency(
        "exempelmyndigheten", "Exempelmyndigheten", "The Example Agency",
        AgencyKind.STATE_AGENCY, 120, 14,
    ),
    DemoAgency(
        "lilla-exempelmyndigheten", "Lilla Exempelmyndigheten", "The Small Example Agency",
        AgencyKind.STATE_AGENCY, 18, 3,
    ),
    DemoAgency(
        "exempellansstyrelsen", "Exempellänsstyrelsen", "The Example County Board",
        AgencyKind.COUNTY_BOARD, 60, 8,
    ),
)  # fmt: skip
ACCOUNTS = (
    Account("administrator", "admin@example.org", "Administratör", superuser=True),
    Account("editor", "redaktor@example.org", "Redaktör", groups=("Editors", "Moderators")),
    Account(
        "contact person", "kontakt@example.org", "Kontaktperson",
        agency="exempelmyndigheten", membership=Role.CONTACT_PERSON,
    ),
    Account(
        "trainer", "utbildare@example.org", "Utbildare",
        agency="exempelmyndigheten", membership=Role.TRAINER,
    ),
    Account(
        "county co-ordinator", "lan@example.org", "Länssamordnare",
        agency="exempellansstyrelsen", membership=Role.COUNTY_COORDINATOR,
    ),
    Account(
        "learner", "deltagare@example.org", "Deltagare",
        agency="lilla-exempelmyndigheten", membership=Role.LEARNER,
    ),
)  # fmt: skip

_more: list[Callable[[], None]] = []


def register_demo(make: Callable[[], None]) -> None:
    """`make` adds what an app shows of itself; called after the accounts, safe to call again."""
    _more.append(make)


def make_demo() -> tuple[Account, ...]:
    """Makes what is missing of the demo and leaves what is there as it is."""
    county = County.objects.filter(key=COUNTY).first()
    for agency in AGENCIES:
        _make_agency(agency, county)
    for account in ACCOUNTS:
        _make_account(account)
    for make in _more:
        make()
    return ACCOUNTS


def _make_agency(agency: DemoAgency, county: County | None) -> None:
    Agency.objects.get_or_create(
        key=agency.key,
        defaults={
            "name": agency.name,
            "name_en": agency.name_en,
            "kind": agency.kind,
            "county": county,
            "employees": agency.employees,
            "managers": agency.managers,
        },
    )


def _make_account(account: Account) -> None:
    if User.objects.filter(email=account.email).exists():
        return
    user = User.objects.create_user(
        account.email,
        PASSWORD,
        first_name="Demo",
        last_name=account.name,
        is_superuser=account.superuser,
    )
    user.groups.set(Group.objects.filter(name__in=account.groups))
    if account.membership:
        join(user, account.agency, account.membership)


def join(user: User, agency: str, role: Role) -> None:
    """From a year ago, so that what is shown of the past year has an agency."""
    Membership.objects.create(
        user=user,
        agency=Agency.objects.get(key=agency),
        role=role,
        start=timezone.localdate() - datetime.timedelta(days=365),
    )
