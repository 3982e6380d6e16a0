"""One's own account at /konto/, the way out, and what all its pages keep from others."""

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from agencies.models import User
from agencies.services import set_name
from tests.codes import ADDRESS, CODE, DOOR, OUT, ask, field_errors, is_in, notices, sign_in
from tests.walk import parse

pytestmark = pytest.mark.django_db


def test_one_writes_ones_own_name_and_nothing_else(client: Client) -> None:
    sign_in(client)
    form = {"first_name": " Anna ", "last_name": "Åberg", "is_superuser": "on", "pk": "1"}
    response = client.post(DOOR, form, follow=True)
    assert notices(response) == ["Ditt namn är sparat."]
    assert parse(response).xpath("//main//input[@type='text']/@value") == ["Anna", "Åberg"]
    user = User.objects.get(email=ADDRESS)
    assert (user.first_name, user.last_name, user.is_superuser) == ("Anna", "Åberg", False)


@pytest.mark.parametrize("name", ["a" * 151, "a" * 100_000, "a\0b"])
def test_a_name_that_cannot_be_kept_is_told_at_its_field(client: Client, name: str) -> None:
    sign_in(client)
    response = client.post(DOOR, {"first_name": "Anna", "last_name": name})
    assert field_errors(response, "last_name")
    assert User.objects.get(email=ADDRESS).first_name == ""


def test_saving_a_name_opens_no_account_that_was_closed_meanwhile() -> None:
    user = User.objects.create_user(ADDRESS)
    User.objects.update(is_active=False)
    set_name(user, "Anna", "Åberg")
    assert not User.objects.get(pk=user.pk).is_active


def test_out_is_by_post_alone(client: Client) -> None:
    sign_in(client)
    assert client.get(OUT)["Location"] == DOOR
    assert is_in(client)
    response = client.post(OUT, follow=True)
    assert notices(response) == ["Du är utloggad."]
    assert not is_in(client)


# -- what is kept from others ---------------------------------------------------------------------


def test_pages_of_the_account_are_kept_by_no_cache_and_no_search_engine(client: Client) -> None:
    answers = [client.get(DOOR), client.get(CODE), client.get("/sv/konto/stangt/")]
    ask(client)
    answers += [client.get(CODE), client.post(CODE, {"code": "no"})]
    sign_in(client)
    answers += [client.get(DOOR), client.get(OUT), client.post(OUT)]
    for answer in answers:
        assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
        if answer.status_code == 200:
            assert parse(answer).xpath("//meta[@name='robots']/@content") == ["noindex"]
            assert "unsafe" not in answer["Content-Security-Policy"]


def test_the_other_pages_of_allauth_are_not_there(client: Client) -> None:
    for name in ("signup", "email", "change_password", "reset_password", "reauthenticate"):
        with pytest.raises(NoReverseMatch):
            reverse(f"account_{name}")
    for path in ("login", "signup", "password/reset", "email"):
        assert client.get(f"/sv/konto/{path}/").status_code == 404


def test_the_admin_has_its_own_door(client: Client) -> None:
    assert client.get("/admin/")["Location"].startswith("/admin/login/")
    sign_in(client)
    assert client.get("/admin/", follow=True).redirect_chain[-1][0].startswith("/admin/login/")
