"""Signing in by a code, as a test does it."""

import re

from django.contrib.auth import SESSION_KEY
from django.core import mail
from django.http import HttpResponse
from django.test import Client

from tests.walk import parse, shown, words_of

ADDRESS = "anna@test.example.org"
DOOR, CODE, OUT = "/sv/konto/", "/sv/konto/kod/", "/sv/konto/ut/"


def ask(client: Client, address: str = ADDRESS, door: str = DOOR, **more: str) -> str:
    """Asks for a code and gives the one that was sent."""
    sent = len(mail.outbox)
    client.post(door, {"email": address, **more})
    assert len(mail.outbox) == sent + 1
    return code_in(str(mail.outbox[-1].body))


def sign_in(client: Client, address: str = ADDRESS) -> HttpResponse:
    return client.post(CODE, {"code": ask(client, address)})


def code_in(text: str) -> str:
    [found] = re.findall(r"\b\d{6}\b", text)
    return found


def other_than(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def is_in(client: Client) -> bool:
    return SESSION_KEY in client.session


def notices(response: HttpResponse) -> list[str]:
    return shown(parse(response), "notice")


def field_errors(response: HttpResponse, name: str) -> list[str]:
    """What the field itself, for those who hear the page, says is wrong with it."""
    root = parse(response)
    [field] = root.xpath("//input[@name=$name and not(@type='hidden')]", name=name)
    told = [root.get_element_by_id(i) for i in field.get("aria-describedby", "").split()]
    errors = [words_of(one) for one in told if one.get("class") == "field__error"]
    assert (field.get("aria-invalid") == "true") == bool(errors)
    assert len(errors) == len(root.find_class("field__error"))
    return errors
