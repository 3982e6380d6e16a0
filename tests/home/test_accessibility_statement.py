"""The accessibility statement shows all eleven items, however they are filled in."""

import datetime

import pytest
from django.test import Client
from django.utils import formats, translation
from wagtail.models import Locale

from home.models import AccessibilityStatementPage
from home.models.pages import Compliance
from tests.walk import each_language, links_in, parse, visits, words_of

pytestmark = pytest.mark.django_db

# Each field with a value of its own, and what of it a reader must see.
ITEMS = {
    "actor": ("Xyzzyverket", "Xyzzyverket"),
    "service": ("tjänsten Plugh", "tjänsten Plugh"),
    "compliance": ("partial", "delvis"),
    "inaccessible": ([("item", {"what": "Filmen", "reason": "Text saknas"})], "Filmen Text saknas"),
    "assessed_on": (datetime.date(2026, 1, 15), "15 januari 2026"),
    "updated_on": (datetime.date(2026, 2, 16), "16 februari 2026"),
    "evaluation": ("<p>Självskattning med hjälpmedel.</p>", "Självskattning med hjälpmedel."),
    "report_faults": ("<p>Ring oss om fel.</p>", "Ring oss om fel."),
    "complaint_url": ("https://example.org/anmal", "https://example.org/anmal"),
    "burden": ("<p>För dyrt att texta.</p>", "För dyrt att texta."),
    "outside_law": ("<p>Kartor undantas.</p>", "Kartor undantas."),
}


@pytest.fixture
def statement(sv: Locale) -> AccessibilityStatementPage:
    return AccessibilityStatementPage.objects.live().get(locale=sv)


def shown(client: Client, page: AccessibilityStatementPage) -> str:
    page.save_revision().publish()
    [main] = parse(client.get(page.url)).iter("main")
    return words_of(main)


def swedish(message: str) -> str:
    with translation.override("sv"):
        return translation.gettext(message)


def test_the_eleven_items_are_the_fields_of_the_page() -> None:
    fields = {field.name for field in AccessibilityStatementPage._meta.local_fields}
    assert len(ITEMS) == 11
    assert fields == {*ITEMS, "page_ptr", "body"}


def test_all_eleven_items_are_shown(client: Client, statement: AccessibilityStatementPage) -> None:
    for name, (value, _told) in ITEMS.items():
        setattr(statement, name, value)
    text = shown(client, statement)
    assert [name for name, (_value, told) in ITEMS.items() if told not in text] == []


def test_each_degree_of_compliance_is_told_in_its_own_words(
    client: Client, statement: AccessibilityStatementPage
) -> None:
    told = set()
    for degree in Compliance.values:
        statement.compliance = degree
        told.add(shown(client, statement))
    assert len(told) == len(Compliance.values)


def test_that_nothing_is_known_to_be_inaccessible_is_said(
    client: Client, statement: AccessibilityStatementPage
) -> None:
    statement.inaccessible = []
    assert swedish("We know of none.") in shown(client, statement)


def test_items_without_content_leave_no_heading(
    client: Client, statement: AccessibilityStatementPage
) -> None:
    statement.burden = statement.outside_law = ""
    text = shown(client, statement)
    assert swedish("Disproportionate burden") not in text
    assert swedish("Content that the law does not cover") not in text
    [main] = parse(client.get(statement.url)).iter("main")
    for heading in main.iter("h2"):
        following = heading.getnext()
        assert following is None or following.tag not in ("h1", "h2"), words_of(heading)


@each_language
def test_the_sites_own_statement_tells_what_it_must(language: str) -> None:
    [visit] = visits("AccessibilityStatementPage", language)
    page, text = visit.page, words_of(visit.root)
    with translation.override(language):
        days = [formats.date_format(day) for day in (page.assessed_on, page.updated_on)]
    for told in (page.actor, page.service, *days):
        assert told in text
    assert page.complaint_url in links_in(visit.root)


@each_language
def test_every_page_leads_to_the_statement(language: str) -> None:
    [statement] = visits("AccessibilityStatementPage", language)
    for kind in ("HomePage", "MethodPage", "search", "not_found"):
        for visit in visits(kind, language):
            [footer] = visit.root.find_class("foot")
            assert statement.url in links_in(footer), visit.url
