"""A person is known by an e-mail address, whatever its case."""

import pytest
from django.contrib.auth import SESSION_KEY, authenticate
from django.test import Client
from django.urls import reverse

from agencies.models import User

pytestmark = pytest.mark.django_db

PASSWORD = "en lång och god mening"


def test_an_address_is_kept_in_lower_case_without_spaces() -> None:
    user = User.objects.create_user("  Anna.Berg@Skatteverket.SE ", PASSWORD)
    user.refresh_from_db()
    assert user.email == "anna.berg@skatteverket.se"
    assert not user.is_staff
    assert not user.is_superuser


@pytest.mark.parametrize("address", ["anna@example.org", "Anna@Example.org", "ANNA@EXAMPLE.ORG"])
def test_sign_in_with_an_address_in_any_case(address: str) -> None:
    user = User.objects.create_user("anna@example.org", PASSWORD)
    assert authenticate(username=address, password=PASSWORD) == user
    assert authenticate(username=address, password=PASSWORD.upper()) is None


def test_the_form_signs_in_whatever_the_case_of_the_address(client: Client) -> None:
    user = User.objects.create_superuser("anna@example.org", PASSWORD)
    form = {"username": "Anna@Example.ORG", "password": PASSWORD}
    client.post(reverse("wagtailadmin_login"), form)
    assert client.session[SESSION_KEY] == str(user.pk)


def test_an_address_kept_in_mixed_case_signs_in_too() -> None:
    user = User(email="Anna@Example.org")
    user.set_password(PASSWORD)
    user.save()
    assert authenticate(username="anna@example.org", password=PASSWORD) == user


def test_a_user_without_password_cannot_sign_in_with_one() -> None:
    user = User.objects.create_user("anna@example.org")
    assert not user.has_usable_password()
    assert authenticate(username=user.email, password="") is None


def test_a_superuser_may_do_everything() -> None:
    user = User.objects.create_superuser("anna@example.org", PASSWORD)
    assert user.is_staff
    assert user.has_perm("agencies.add_agency")


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        ({"first_name": "Anna", "last_name": "Berg"}, "Anna Berg"),
        ({"last_name": "Berg"}, "Berg"),
        ({}, "anna@example.org"),
    ],
)
def test_a_person_is_shown_by_name_or_else_by_address(names: dict[str, str], shown: str) -> None:
    assert str(User(email="anna@example.org", **names)) == shown
