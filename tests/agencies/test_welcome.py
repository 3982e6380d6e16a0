"""Who signs in becomes a learner of the agency that the address shows, once."""

import datetime

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from agencies import services
from agencies.models import Agency, AgencyDomain, AgencyKind, Membership, Role, User
from agencies.services import person_with, welcome
from tests.codes import ADDRESS, sign_in
from tests.walk import parse, words_of

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)
TODAY = datetime.date(2026, 5, 4)


@pytest.fixture
def agency() -> Agency:
    row = Agency.objects.create(key="test", name="Provmyndigheten", kind=AgencyKind.OTHER)
    AgencyDomain.objects.create(agency=row, domain="test.example.org")
    return row


@pytest.fixture
def user() -> User:
    return User.objects.create_user(ADDRESS)


def member(user: User, agency: Agency, **fields: object) -> Membership:
    given = {"role": Role.LEARNER, "start": TODAY - 9 * DAY} | fields
    return Membership.objects.create(user=user, agency=agency, **given)


def test_a_newcomer_becomes_a_learner_from_today(user: User, agency: Agency) -> None:
    made = welcome(user, TODAY)
    assert made == Membership.objects.get()
    assert (made.user, made.agency, made.role) == (user, agency, Role.LEARNER)
    assert (made.start, made.end) == (TODAY, None)


def test_welcoming_again_changes_nothing(user: User, agency: Agency) -> None:
    welcome(user, TODAY)
    assert welcome(user, TODAY) is None
    assert welcome(user, TODAY + 100 * DAY) is None
    assert Membership.objects.count() == 1


def test_no_agency_fits(user: User) -> None:
    assert welcome(user, TODAY) is None
    assert not Membership.objects.exists()


@pytest.mark.parametrize("role", [Role.LEARNER, Role.EDITOR])
def test_who_belongs_somewhere_already_stays_there(user: User, agency: Agency, role: Role) -> None:
    other = Agency.objects.create(key="other", name="Annan", kind=AgencyKind.OTHER)
    member(user, other, role=role, end=TODAY)
    assert welcome(user, TODAY) is None
    assert welcome(user, TODAY + DAY).agency == agency


def test_who_has_left_and_comes_back_begins_anew(user: User, agency: Agency) -> None:
    member(user, agency, end=TODAY - DAY)
    assert welcome(user, TODAY).start == TODAY
    assert Membership.objects.count() == 2


def test_a_membership_that_begins_later_stands_in_the_way_of_none(
    user: User, agency: Agency
) -> None:
    member(user, agency, start=TODAY + DAY)
    assert welcome(user, TODAY) is None
    assert Membership.objects.count() == 1


def test_two_sign_ins_at_once_make_one_membership(
    user: User, agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other one writes after this one has looked, and before it writes itself."""

    def find(address: str, day: datetime.date) -> Agency:
        monkeypatch.undo()
        assert welcome(User.objects.get(pk=user.pk), TODAY)
        return agency

    monkeypatch.setattr(services, "agency_of_address", find)
    assert welcome(user, TODAY) is None
    assert Membership.objects.count() == 1


def test_two_sign_ins_at_once_make_one_person(monkeypatch: pytest.MonkeyPatch) -> None:
    def atomic() -> transaction.Atomic:
        monkeypatch.undo()
        User.objects.create_user(ADDRESS)
        return transaction.atomic()

    monkeypatch.setattr(transaction, "atomic", atomic)
    person = person_with(ADDRESS)
    assert User.objects.get(email=ADDRESS) == person
    assert person_with(ADDRESS) == person


def test_signing_in_welcomes_and_the_account_shows_it(client: Client, agency: Agency) -> None:
    sign_in(client)
    made = Membership.objects.get()
    assert (made.user.email, made.agency, made.start) == (ADDRESS, agency, timezone.localdate())
    [facts] = parse(client.get("/sv/konto/")).find_class("facts")
    assert "Provmyndigheten" in words_of(facts)
    sign_in(Client())
    assert Membership.objects.count() == 1


def test_signing_in_to_the_admin_by_password_proves_no_address(agency: Agency) -> None:
    User.objects.create_superuser(ADDRESS, "en lång och god mening")
    client = Client()
    client.post("/admin/login/", {"username": ADDRESS, "password": "en lång och god mening"})
    assert client.get("/admin/").status_code == 200
    assert not Membership.objects.exists()


def test_an_editor_cannot_take_another_ones_address(client: Client) -> None:
    user = User.objects.create_superuser(ADDRESS, "en lång och god mening")
    client.force_login(user)
    fields = parse(client.get("/admin/account/")).xpath("//input/@name")
    assert any(name.endswith("-first_name") for name in fields)
    assert not any(name.endswith("-email") for name in fields)
