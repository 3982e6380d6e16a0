"""The demo accounts can sign in, are made once, and never where others can reach the site."""

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.test import Client

from agencies.models import User
from home.demo import ACCOUNTS, PASSWORD, Account

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("command", ["demo", "start"])
def test_nothing_is_made_outside_development(command: str) -> None:
    before = User.objects.count()
    with pytest.raises(CommandError):
        call_command(command)
    assert User.objects.count() == before


@pytest.mark.parametrize("account", ACCOUNTS, ids=lambda account: account.role)
def test_each_account_signs_in_and_only_editors_reach_the_admin(
    account: Account, settings: LazySettings
) -> None:
    settings.DEBUG = True
    call_command("demo")
    client = Client()
    assert client.login(username=account.email, password=PASSWORD)
    edits = bool(account.groups) or account.superuser
    assert client.get("/admin/").status_code == (200 if edits else 302)
    assert client.get("/sv/mina-kurser/").status_code == 200


def test_a_second_time_leaves_the_accounts_as_they_are(settings: LazySettings) -> None:
    settings.DEBUG = True
    call_command("demo")
    User.objects.filter(email=ACCOUNTS[0].email).update(first_name="Eget")
    number = User.objects.count()
    call_command("demo")
    assert User.objects.count() == number
    assert User.objects.get(email=ACCOUNTS[0].email).first_name == "Eget"
