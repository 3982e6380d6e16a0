"""Whatever is sent to the pages of the account, the answer is a page."""

import pytest
from django.core import mail
from django.test import Client

from tests.codes import ADDRESS, CODE, DOOR, ask, field_errors, is_in, sign_in

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"
HOSTILE = {
    "nul": "anna\0@test.example.org",
    "long": "a" * 100_000,
    "long address": f"{'a' * 100_000}@test.example.org",
    "address too long for the database": f"a@{'b.' * 160}example.org",
    "header": "anna@test.example.org\nBcc: eva@example.org",
    "two": "anna@test.example.org,eva@example.org",
    "name": "Anna <anna@test.example.org>",
    "long s": "\u017fara@test.example.org",
    "dotless i": "ann\u0131e@test.example.org",
    "domain": "anna@m\u00e5lm\u00f6.se",
    "markup": "<b>anna</b>",
    "words": "%s {{ code }} {code}",
    "other digits": "\uff11\uff12\uff13\uff14\uff15\uff16",
    "nothing": "",
    "spaces": "   ",
}
BYTES = {
    "no utf-8": b"NAME=%ff%fe&next=%ff",
    "raw bytes": b"NAME=\xff\xfe\x80&next=\x80",
    "no form": b"\x00\x01\x02NAME",
    "a list": b"NAME[]=1&NAME=&next[]=2",
    "no value": b"NAME",
}
values = pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE)
bodies = pytest.mark.parametrize("body", BYTES.values(), ids=BYTES)


@values
def test_an_address_that_is_none_is_told_at_the_field(client: Client, value: str) -> None:
    response = client.post(DOOR, {"email": value, "next": value})
    assert response.status_code == 200
    assert field_errors(response, "email")
    assert mail.outbox == []
    assert client.get(DOOR, {"next": value[:3000]}).status_code == 200


@values
def test_a_code_that_is_none_is_told_at_the_field(client: Client, value: str) -> None:
    ask(client)
    response = client.post(CODE, {"code": value, "next": value})
    assert response.status_code == 200
    assert field_errors(response, "code")
    assert not is_in(client)


@bodies
@pytest.mark.parametrize("kind", [FORM, "multipart/form-data", "application/json", "text/plain"])
def test_bytes_are_answered(client: Client, body: bytes, kind: str) -> None:
    """400 is Django's own answer to a form in parts that are none."""
    fit = {200, 400} if kind == "multipart/form-data" else {200}
    ask(client)
    inside = Client()
    sign_in(inside, "eva@example.org")
    for reader, address, name in [
        (client, DOOR, b"email"), (client, CODE, b"code"), (inside, DOOR, b"first_name"),
    ]:  # fmt: skip
        answer = reader.post(address, body.replace(b"NAME", name), content_type=kind, follow=True)
        assert answer.status_code in fit
    assert not is_in(client)


def test_a_session_that_is_gone_leads_to_the_door(client: Client) -> None:
    code = ask(client)
    client.session.flush()
    assert client.post(CODE, {"code": code})["Location"] == DOOR
    client.cookies["sessionid"] = "x" * 32
    assert client.post(CODE, {"code": code})["Location"] == DOOR
    client.post(DOOR, {"email": ADDRESS})
    assert client.get(CODE).status_code == 200
