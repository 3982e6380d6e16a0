"""Signing in at /konto/: an address, a code by e-mail, and nobody learns who has an account."""

import re

import pytest
from django.contrib.auth import SESSION_KEY
from django.core import mail
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from pytest_django import Settings

from agencies.models import User
from tests.codes import (
    ADDRESS,
    CODE,
    DOOR,
    OUT,
    ask,
    code_in,
    field_errors,
    is_in,
    notices,
    other_than,
)
from tests.walk import LANGUAGES, each_language, parse

pytestmark = pytest.mark.django_db

NOT_VALID = "Koden gäller inte längre. Be om en ny."
TOO_MANY = "Det blev ett försök för mycket. Be om en ny kod."


# -- the way in -----------------------------------------------------------------------------


@each_language
def test_an_address_and_a_code_are_enough(client: Client, language: str) -> None:
    door = f"/{language}/konto/"
    code = ask(client, door=door)
    assert not User.objects.filter(email=ADDRESS).exists(), "nobody is kept before the code"
    response = client.post(f"{door}kod/", {"code": code}, follow=True)
    assert response.redirect_chain == [(door, 302)]
    user = User.objects.get(email=ADDRESS)
    assert not user.has_usable_password()
    assert (user.is_staff, user.is_superuser) == (False, False)
    assert client.session[SESSION_KEY] == str(user.pk)
    assert ADDRESS in response.content.decode()


def test_a_known_address_signs_in_the_same_person_in_any_case(client: Client) -> None:
    user = User.objects.create(email="Anna@Test.example.org")
    code = ask(client, " ANNA@test.Example.org ")
    assert mail.outbox[0].to == [ADDRESS]
    client.post(CODE, {"code": code})
    assert client.session[SESSION_KEY] == str(user.pk)
    assert User.objects.filter(email__iexact=ADDRESS).count() == 1


@pytest.mark.parametrize("write", ["{0} {1}", " {0}-{1} "])
def test_a_code_may_be_written_in_two_parts(client: Client, write: str) -> None:
    code = ask(client)
    client.post(CODE, {"code": write.format(code[:3], code[3:])})
    assert is_in(client)


def test_an_address_without_language_leads_to_the_door(client: Client) -> None:
    for language in LANGUAGES:
        response = client.get("/konto/?next=/p/1", headers={"accept-language": language})
        assert response["Location"] == f"/{language}/konto/?next=/p/1"


@pytest.mark.parametrize(
    ("address", "field"),
    [(DOOR, ("email", "email", None)), (CODE, ("code", "one-time-code", "numeric"))],
)
def test_a_page_asks_for_one_thing(
    client: Client, address: str, field: tuple[str, str, str | None]
) -> None:
    ask(client)
    root = parse(client.get(address))
    [shown] = root.xpath("//main//input[not(@type='hidden')]")
    assert (shown.get("name"), shown.get("autocomplete"), shown.get("inputmode")) == field
    assert root.xpath("//main//label/@for") == [shown.get("id")]


# -- nobody learns who has an account -----------------------------------------------------------


def test_known_unknown_and_closed_addresses_get_the_same_answer() -> None:
    User.objects.create_user("known@example.org")
    User.objects.create_user("closed@example.org", is_active=False)
    answers: set[tuple[object, ...]] = set()
    Client().get(DOOR)
    for name in ("known", "closed", "stranger"):
        client, address = Client(), f"{name}@example.org"
        with CaptureQueriesContext(connection) as queries:
            first = client.post(DOOR, {"email": address})
        asked = len(queries)
        page = client.get(first["Location"])
        wrong = client.post(CODE, {"code": "no code"})
        letter = mail.outbox[-1]
        said = [neutral(answer, address) for answer in (first, page, wrong)]
        written = [re.sub(r"\d{6}", "", str(text)) for text in (letter.subject, letter.body)]
        headers = {name: first[name] for name in first.headers if name != "Expires"}
        answers.add((*said, *written, asked, *headers.items()))
    assert len(mail.outbox) == 3
    assert len(answers) == 1


def neutral(response: HttpResponse, address: str) -> str:
    """An answer without what differs between any two."""
    text = response.content.decode().replace(address, "")
    return f"{response.status_code} " + re.sub(r'(csrfmiddlewaretoken" value=)"\w+"', r"\1", text)


def test_a_closed_account_is_told_only_to_the_one_who_reads_its_mail(client: Client) -> None:
    User.objects.create_user(ADDRESS, is_active=False)
    response = client.post(CODE, {"code": ask(client)}, follow=True)
    assert response.redirect_chain == [("/sv/konto/stangt/", 302)]
    assert "Kontot är stängt" in response.content.decode()
    assert not is_in(client)


# -- codes that do not fit ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("sv", "Det är inte koden. Ta den ur det senaste mejlet."),
        ("en", "That is not the code. Take it from the newest e-mail."),
    ],
)
def test_a_wrong_code_is_told_at_the_field(client: Client, language: str, told: str) -> None:
    door = f"/{language}/konto/"
    code = ask(client, door=door)
    response = client.post(f"{door}kod/", {"code": other_than(code)})
    assert field_errors(response, "code") == [told]
    assert not is_in(client)
    client.post(f"{door}kod/", {"code": code})
    assert is_in(client)


def test_an_empty_field_is_no_try(client: Client, settings: Settings) -> None:
    code = ask(client)
    for _ in range(settings.ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS + 1):
        response = client.post(CODE, {"code": " "})
        assert field_errors(response, "code") == ["Skriv koden från mejlet."]
    client.post(CODE, {"code": code})
    assert is_in(client)


def test_after_too_many_tries_the_right_code_is_no_good(client: Client, settings: Settings) -> None:
    code = ask(client)
    for _ in range(settings.ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS):
        response = client.post(f"{CODE}?next=/p/1", {"code": other_than(code)}, follow=True)
    assert response.redirect_chain == [(f"{DOOR}?next=%2Fp%2F1", 302)]
    assert notices(response) == [TOO_MANY]
    response = client.post(CODE, {"code": code}, follow=True)
    assert notices(response) == [NOT_VALID]
    assert not is_in(client)
    client.post(CODE, {"code": ask(client)})
    assert is_in(client)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("setting", ["ACCOUNT_LOGIN_BY_CODE_TIMEOUT", "ACCOUNT_LOGIN_TIMEOUT"])
def test_an_expired_code_leads_to_the_door(
    client: Client, settings: Settings, setting: str, method: str
) -> None:
    code = ask(client)
    setattr(settings, setting, -1)
    response = getattr(client, method)(CODE, {"code": code, "next": "/p/1"}, follow=True)
    assert response.redirect_chain == [(f"{DOOR}?next=%2Fp%2F1", 302)]
    assert notices(response) == [NOT_VALID]
    assert not is_in(client)


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_page_of_the_code_without_a_code_leads_to_the_door(client: Client, method: str) -> None:
    response = getattr(client, method)("/en/konto/kod/", {"code": "123456"}, follow=True)
    assert response.redirect_chain == [("/en/konto/", 302)]
    assert notices(response) == ["The code is not valid any more. Ask for a new one."]


def test_a_code_is_used_once_and_in_the_browser_that_asked_for_it(client: Client) -> None:
    code = ask(client)
    thief = Client()
    thief.post(CODE, {"code": code})
    assert not is_in(thief)
    ask(thief, "eva@example.org")
    thief.post(CODE, {"code": code})
    assert not is_in(thief)
    client.post(CODE, {"code": code})
    assert is_in(client)
    client.post(OUT)
    client.post(CODE, {"code": code})
    assert not is_in(client)


def test_the_code_sent_again_in_a_second_tab_leads_to_the_account(client: Client) -> None:
    code = ask(client)
    for _ in range(2):
        response = client.post(CODE, {"code": code})
        assert response["Location"] == DOOR
    assert client.get(CODE)["Location"] == DOOR
    assert client.post(DOOR, {"email": "eva@example.org"})["Location"] == DOOR
    assert User.objects.get(pk=client.session[SESSION_KEY]).email == ADDRESS


def test_a_form_from_before_the_sign_in_is_refused_kindly() -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/en/konto/kod/", {"code": "123456"})
    assert response.status_code == 403
    assert "The form was too old" in response.content.decode()
    assert "/en/konto/kod/" in parse(response).xpath("//main//a/@href")


def test_a_new_code_takes_the_place_of_the_old_one(client: Client) -> None:
    old, new = ask(client), ask(client)
    assert old == new or field_errors(client.post(CODE, {"code": old}), "code")
    client.post(CODE, {"code": new})
    assert is_in(client)


def test_tries_side_by_side_wait_for_each_other(client: Client) -> None:
    """One session's row is locked, written once, and not again when others have gone on."""
    ask(client)
    with CaptureQueriesContext(connection) as queries:
        client.post(CODE, {"code": "no code"})
    of_session = [query["sql"] for query in queries if "django_session" in query["sql"]]
    assert len([sql for sql in of_session if sql.startswith("UPDATE")]) == 1
    if connection.vendor == "postgresql":
        assert "FOR UPDATE" in of_session[0]


# -- codes in plenty ------------------------------------------------------------------------------


def test_one_address_gets_few_codes_and_another_still_gets_its_own(client: Client) -> None:
    for _ in range(3):
        ask(client)
    response = Client().post(DOOR, {"email": ADDRESS.upper()})
    assert field_errors(response, "email") == [
        "För många koder har begärts. Vänta en stund och försök igen."
    ]
    assert len(mail.outbox) == 3
    ask(client, "eva@example.org")


def test_a_class_behind_one_address_gets_in_and_a_flood_does_not(client: Client) -> None:
    for number in range(60):
        ask(client, f"p{number}@example.org")
    assert field_errors(client.post(DOOR, {"email": "p60@example.org"}), "email")


def test_mail_that_cannot_be_sent_is_told_at_the_field(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", fail)
    response = client.post(DOOR, {"email": ADDRESS})
    assert field_errors(response, "email") == [
        "Mejlet gick inte att skicka. Försök igen om några minuter."
    ]


# -- the letter -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("sv", ("är din kod till Snäckan", "15 minuter", "behöver du inte göra något")),
        ("en", ("is your code for Snäckan", "15 minutes", "you need do nothing")),
    ],
)
def test_the_letter_is_in_the_language_of_the_page(
    client: Client, language: str, words: tuple[str, ...]
) -> None:
    other = next(code for code in LANGUAGES if code != language)
    with translation.override(other):
        client.post(f"/{language}/konto/", {"email": ADDRESS}, headers={"accept-language": other})
    [letter] = mail.outbox
    [(html, kind)] = letter.alternatives
    assert kind == "text/html"
    root = parse(HttpResponse(html))
    assert root.get("lang") == language
    assert [h1.text for h1 in root.iter("h1")] == [code_in(str(letter.body))]
    for text in (f"{letter.subject} {letter.body}", root.text_content()):
        assert all(word in text for word in words)


# -- where to go after it -------------------------------------------------------------------------


@each_language
def test_the_address_to_go_to_is_kept_through_both_pages(client: Client, language: str) -> None:
    door, wanted = f"/{language}/konto/", f"/{language}/a b/?q=å&r=1"
    root = parse(client.get(door, {"next": wanted}))
    [kept] = root.xpath("//input[@name='next']/@value")
    first = client.post(door, {"email": ADDRESS, "next": kept})
    root = parse(client.get(first["Location"]))
    kept = set(root.xpath("//input[@name='next']/@value"))
    assert kept == {wanted}
    wrong = client.post(first["Location"], {"code": "no", "next": wanted})
    assert set(parse(wrong).xpath("//input[@name='next']/@value")) == {wanted}
    code = code_in(str(mail.outbox[0].body))
    response = client.post(f"{door}kod/", {"code": code, "next": wanted})
    assert response["Location"] == f"/{language}/a%20b/?q=%C3%A5&r=1"
    assert client.get(door, {"next": "/p/1"})["Location"] == "/p/1"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/", "//evil.example/", "///evil.example", "/\\evil.example",
        "http:evil.example", "javascript:alert(1)", "http://[", "\thttps://evil.example",
        "https://testserver@evil.example/", "https://localhost/", "http://testserver/sv/",
        "account_logout", "ut/", "/" + "a" * 5000,
    ],
)  # fmt: skip
def test_no_other_host_is_gone_to(client: Client, elsewhere: str) -> None:
    assert not parse(client.get(DOOR, {"next": elsewhere})).xpath("//input[@name='next']")
    first = client.post(DOOR, {"email": ADDRESS, "next": elsewhere})
    assert first["Location"] == CODE
    code = code_in(str(mail.outbox[0].body))
    response = client.post(CODE, {"code": code, "next": elsewhere})
    assert response["Location"] == DOOR
    assert client.get(DOOR, {"next": elsewhere}).status_code == 200
