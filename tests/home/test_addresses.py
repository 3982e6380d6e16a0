"""Addresses that are no page: root, permanent links, health, faults, and hostile ones."""

from collections.abc import Callable
from urllib.parse import quote_from_bytes

import pytest
from django.test import Client, RequestFactory
from hypothesis import example, given, settings
from hypothesis import strategies as st
from wagtail.models import Locale, Page, PageViewRestriction

from home.permanent import pages_with, permanent_id
from home.views import server_error
from kb.models import MethodPage
from tests.walk import PAGE_TYPES, parse, visits, words_of

database = pytest.mark.django_db


@database
def test_the_root_leads_to_the_main_language_whatever_the_browser_prefers(client: Client) -> None:
    response = client.get("/", headers={"accept-language": "en"})
    assert (response.status_code, response.headers["Location"]) == (302, "/sv/")


# -- permanent links -----------------------------------------------------------------------


@database
@pytest.mark.parametrize("kind", PAGE_TYPES)
def test_a_permanent_link_leads_to_the_page_in_the_main_language(client: Client, kind: str) -> None:
    for visit in visits(kind, "sv"):
        response = client.get(f"/p/{visit.page.permanent_id}", headers={"accept-language": "en"})
        assert (response.status_code, response.headers["Location"]) == (302, visit.url)


@database
def test_each_permanent_id_belongs_to_one_page() -> None:
    keys = set(Page.objects.filter(depth__gt=1).values_list("translation_key", flat=True))
    assert len({permanent_id(key) for key in keys}) == len(keys)


@database
def test_a_permanent_link_survives_a_move(client: Client, sv: Locale) -> None:
    page = MethodPage.objects.live().filter(locale=sv).first()
    page.slug = "nytt-namn"
    page.save_revision().publish()
    response = client.get(f"/p/{page.permanent_id}", follow=True)
    assert response.redirect_chain[-1][0].endswith("/nytt-namn/")
    assert response.status_code == 200


def _unpublish(page: Page) -> None:
    page.unpublish()


def _restrict(page: Page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


@database
@pytest.mark.parametrize("hide", [_unpublish, _restrict])
def test_a_permanent_link_leads_to_another_language_where_the_main_one_is_missing(
    client: Client, sv: Locale, hide: Callable[[Page], None]
) -> None:
    [english] = visits("GlossaryIndexPage", "en")
    hide(Page.objects.get(translation_key=english.page.translation_key, locale=sv))
    assert client.get(f"/p/{english.page.permanent_id}").headers["Location"] == english.url


@database
@pytest.mark.parametrize("hide", [_unpublish, _restrict])
def test_a_permanent_link_to_what_nobody_may_read_is_unknown(
    client: Client, hide: Callable[[Page], None]
) -> None:
    visit = visits("StandardPage", "sv")[0]
    for page in Page.objects.filter(translation_key=visit.page.translation_key):
        hide(page)
    assert client.get(f"/p/{visit.page.permanent_id}", follow=True).status_code == 404


@database
@pytest.mark.parametrize(
    "change",
    [
        str.upper,
        lambda code: code[:-1],
        lambda code: code + "0",
        lambda code: f"{code} ",
        lambda code: f"{code}\n",
        lambda code: f"{code}/",
        lambda code: "0" * len(code),
        lambda code: "g" * len(code),
        lambda code: "",
    ],
)
def test_what_is_no_permanent_id_gives_404(client: Client, change: Callable[[str], str]) -> None:
    code = next(
        visit.page.permanent_id
        for visit in visits("MethodPage", "sv")
        if visit.page.permanent_id.upper() != visit.page.permanent_id
    )
    response = client.get(f"/p/{quote_from_bytes(change(code).encode())}", follow=True)
    assert response.status_code == 404


@settings(deadline=None, max_examples=60)
@given(code=st.text(max_size=20))
def test_only_the_twelve_digits_are_a_permanent_id(code: str) -> None:
    plain = len(code) == 12 and all(digit in "0123456789abcdef" for digit in code)
    try:
        pages_with(code)
    except ValueError:
        assert not plain
    else:
        assert plain


# -- health and faults ---------------------------------------------------------------------------


@database
def test_health_is_good_where_the_database_answers(client: Client) -> None:
    response = client.get("/healthz")
    assert response.status_code == 200
    assert not response.cookies


def test_health_is_bad_where_the_database_does_not_answer() -> None:
    """No database mark: the database refuses in this test."""
    assert Client(raise_request_exception=False).get("/healthz").status_code >= 500


def test_a_fault_is_told_in_both_languages_without_the_database() -> None:
    response = Client(raise_request_exception=False).get("/sv/")
    assert response.status_code == 500
    root = parse(response)
    assert [words_of(h1) for h1 in root.iter("h1")] == ["Något gick fel hos oss"]
    [english] = root.xpath("//main//*[@lang='en']")
    assert "Something went wrong" in words_of(english)
    assert set(root.xpath("//main//a/@href")) == {"/sv/", "/en/"}
    assert not response.cookies


def test_the_page_of_a_fault_needs_nothing_of_the_request() -> None:
    response = server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "Något gick fel" in response.content.decode()


# -- what nobody should ask -----------------------------------------------------------------------

PREFIXES = ("/", "/sv/", "/en/methods/", "/p/", "/admin/", "/documents/")


@database
@settings(deadline=None, max_examples=40)
@given(raw=st.binary(max_size=40), query=st.binary(max_size=20))
@example(raw=b"\0", query=b"\0")
@example(raw=b"a\0b/", query=b"")
@example(raw=b"\xff\xfe", query=b"\xff")
@example(raw=b"\xed\xa0\x80", query=b"")
@example(raw="\u202e\u0000ö".encode(), query=b"")
@example(raw=b"//", query=b"")
@example(raw=b"..%2f..%2f", query=b"")
@example(raw=b"a/" * 200, query=b"")
@example(raw=b"a" * 3000, query=b"b" * 3000)
def test_no_bytes_in_an_address_give_a_fault(raw: bytes, query: bytes) -> None:
    for prefix in PREFIXES:
        address = f"{prefix}{quote_from_bytes(raw)}?{quote_from_bytes(query)}"
        assert Client().get(address).status_code < 500, address


@database
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "head"])
@pytest.mark.parametrize("address", ["/sv/", "/sv/sok/", "/p/0", "/healthz", "/sv/xyzzyx/"])
def test_no_method_gives_a_fault(address: str, method: str) -> None:
    assert getattr(Client(), method)(address).status_code < 500
