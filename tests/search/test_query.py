"""Search through its one door: what is found first, what never, and that nothing breaks it."""

import string
import unicodedata
import uuid
from collections.abc import Callable

import pytest
import yaml
from django.conf import settings as django_settings
from django.test import Client
from hypothesis import example, given, settings
from hypothesis import strategies as st
from wagtail.models import Locale, Page, PageViewRestriction

from home.models import StandardPage
from home.packs.build import stable_uuid
from kb.models import GlossaryTerm, LegislationIndexPage, MethodIndexPage
from search.query import MAX_LENGTH, MAX_WORDS, find, words_in
from tests.factories.kb import LegislationGuidePageFactory, MethodPageFactory
from tests.walk import LANGUAGES, each_language, links_in, parse, search_url, visits, words_of

database = pytest.mark.django_db

# What is put between words; nothing of it may reach a search engine.
HOSTILE = "\"'`\0\\%_*():;<>|&!-–~^$#@/=+?.,[]{}\n\t\u2028\u202e\ufeff"


# -- words ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Trakasserier på jobbet", ["trakasserier", "på", "jobbet"]),
        ("  a,b;c  ", ["a", "b", "c"]),
        ("2008:567", ["2008:567"]),
        ("e-post", ["e-post"]),
        ("-e- :post: --", ["e", "post"]),
        ('"exakt fras" OR NOT (x*)', ["exakt", "fras", "or", "not", "x"]),
        ("a_b", ["a", "b"]),
        ("a\0b", ["a", "b"]),
        ("", []),
        (HOSTILE, []),
    ],
)
def test_words_are_what_stands_between_the_marks(text: str, words: list[str]) -> None:
    assert words_in(text) == words


def test_only_the_first_words_and_characters_count() -> None:
    assert words_in("ord " * (MAX_WORDS + 1)) == ["ord"] * MAX_WORDS
    assert words_in("a" * MAX_LENGTH + "b") == ["a" * MAX_LENGTH]
    assert words_in(" " * MAX_LENGTH + "ord") == []


def test_letters_written_in_two_ways_are_the_same_word() -> None:
    """Some keyboards and files write ö as o and two dots."""
    assert words_in(unicodedata.normalize("NFD", "lönekartläggning")) == ["lönekartläggning"]


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=400) | st.text(alphabet=HOSTILE + "aå1 ", max_size=400))
def test_words_never_hold_what_steers_a_search_engine(text: str) -> None:
    words = words_in(text)
    assert len(words) <= MAX_WORDS
    for word in words:
        assert not set(word) & (set(HOSTILE) - {"-", ":"})
        assert word[0] not in string.punctuation
        assert word[-1] not in string.punctuation


# -- what is found -------------------------------------------------------------------------


def in_pack(path: str) -> uuid.UUID:
    """The translation key of a page of the starter pack."""
    pack = yaml.safe_load((django_settings.CONTENT_DIR / "pack.yaml").read_text())
    return stable_uuid(pack["key"], path)


@database
@pytest.mark.parametrize(
    ("language", "query", "path"),
    [
        ("sv", "trakasserier", "legislation/harassment-duties"),
        ("sv", "lönekartläggning", "legislation/pay-survey-and-documentation"),
        ("sv", "diskrimineringsgrunder", "legislation/grounds-and-forms"),
        ("sv", "Aktiva åtgärder", "legislation/active-measures"),
        ("sv", "avkodifierat urval", "methods/decoded-selection"),
        ("sv", "1999:130", "legislation/act-1999-130"),
        ("en", "harassment", "legislation/harassment-duties"),
        ("en", "pay survey", "legislation/pay-survey-and-documentation"),
        ("en", "grounds of discrimination", "legislation/grounds-and-forms"),
        ("en", "snail model", "methods/snail-model"),
    ],
)
def test_the_right_page_is_among_the_first_three(language: str, query: str, path: str) -> None:
    locale = Locale.objects.get(language_code=language)
    found = [page.translation_key for page in find(query, locale.pk).pages[:3]]
    assert in_pack(path) in found


@database
@each_language
def test_every_page_is_found_by_its_own_title(language: str) -> None:
    locale = Locale.objects.get(language_code=language)
    missed = [
        visit.url
        for kind in ("MethodPage", "LegislationGuidePage", "GoodExamplePage", "StandardPage")
        for visit in visits(kind, language)
        if visit.page.pk not in [page.pk for page in find(visit.page.title, locale.pk).pages[:3]]
    ]
    assert missed == []


@database
def test_pages_with_the_words_in_their_title_come_first(sv: Locale) -> None:
    index = MethodIndexPage.objects.get(locale=sv)
    text = MethodPageFactory(parent=index, title="Ett", purpose="<p>Kvast kvast kvast skaft</p>")
    half = MethodPageFactory(parent=index, title="Kvast", purpose="<p>Med skaft.</p>")
    title = MethodPageFactory(parent=index, title="Hur skaftet och en kvast, skaft")
    found = [page.pk for page in find("kvast skaft", sv.pk).pages]
    assert found[0] == title.pk
    assert set(found) == {text.pk, half.pk, title.pk}


@database
def test_all_the_words_must_be_there(sv: Locale) -> None:
    index = MethodIndexPage.objects.get(locale=sv)
    both = MethodPageFactory(parent=index, title="Kvast och skaft")
    MethodPageFactory(parent=index, title="Kvast ensam")
    assert [page.pk for page in find("kvast skaft", sv.pk).pages] == [both.pk]


@database
def test_the_beginning_of_a_word_is_found_and_told_apart(client: Client, sv: Locale) -> None:
    page = MethodPageFactory(
        parent=MethodIndexPage.objects.get(locale=sv), title="Kvastskaftsgranskning"
    )
    hits = find("kvastskaft", sv.pk)
    assert ([hit.pk for hit in hits.pages], hits.nearly) == ([page.pk], True)
    hits = find("kvastskaftsgranskning", sv.pk)
    assert ([hit.pk for hit in hits.pages], hits.nearly) == ([page.pk], False)


@database
def test_a_glossary_term_is_explained_above_the_pages(sv: Locale, en: Locale) -> None:
    for term in GlossaryTerm.objects.filter(locale=sv):
        assert term.pk in [found.pk for found in find(term.term, sv.pk).terms], term
        assert term.pk not in [found.pk for found in find(term.term, en.pk).terms]


@database
def test_a_term_is_found_by_its_exact_name_before_longer_ones(sv: Locale) -> None:
    terms = {
        name: GlossaryTerm.objects.create(
            locale=sv, term=name, slug=name.replace(" ", "-"), definition="I ett test."
        )
        for name in ("kvast med skaft", "kvast av björk", "kvast i vrån", "kvast")
    }
    assert find("Kvast", sv.pk).terms[0] == terms["kvast"]


# -- what is not found ---------------------------------------------------------------------


def _draft(page: Page) -> None:
    page.live = False
    page.save()


def _unpublish(page: Page) -> None:
    page.unpublish()


def _restrict(page: Page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


@database
@pytest.mark.parametrize("hide", [_draft, _unpublish, _restrict])
@pytest.mark.parametrize("query", ["kvastskaft", "kvastsk"])
def test_what_is_not_published_is_not_found(
    sv: Locale, hide: Callable[[Page], None], query: str
) -> None:
    page = LegislationGuidePageFactory(
        parent=LegislationIndexPage.objects.get(locale=sv), title="Lag om kvastskaft"
    )
    assert [hit.pk for hit in find(query, sv.pk).pages] == [page.pk]
    hide(page)
    assert find(query, sv.pk).pages == []


@database
def test_a_change_that_waits_for_publication_is_not_found(sv: Locale) -> None:
    page = StandardPage.objects.live().filter(locale=sv).first()
    page.title = "Kvastskaft"
    page.save_revision()
    assert find("kvastskaft", sv.pk).pages == []


@database
@each_language
def test_the_other_language_is_never_found(language: str) -> None:
    locale = Locale.objects.get(language_code=language)
    for other in LANGUAGES:
        for visit in visits("MethodPage", other):
            found = find(visit.page.title, locale.pk).pages
            assert {page.locale_id for page in found} <= {locale.pk}


# -- through the view ----------------------------------------------------------------------


@database
@each_language
def test_a_hit_is_shown_with_its_title_as_a_heading_in_main(language: str) -> None:
    [visit] = visits("search_hits", language)
    [main] = visit.root.iter("main")
    headings = [heading for heading in main.iter("h2", "h3") if links_in(heading)]
    locale = Locale.objects.get(language_code=language)
    hits = find(visit.url.partition("?q=")[2], locale.pk).pages
    assert hits
    assert [words_of(heading) for heading in headings] == [hit.title for hit in hits]
    assert [links_in(heading) for heading in headings] == [[hit.url] for hit in hits]
    assert main.find(".//input[@name='q']").get("value") in visit.url


@database
@each_language
def test_without_a_hit_the_reader_is_told_what_to_try(language: str) -> None:
    [visit] = visits("search_nothing", language)
    [told] = [e for e in visit.root.find_class("callout") if e.get("role") == "status"]
    assert "xyzzyx" in words_of(told)
    [glossary] = visits("GlossaryIndexPage", language)
    assert glossary.url in links_in(told)


@database
def test_what_was_typed_is_shown_as_text_and_never_as_html(client: Client) -> None:
    typed = "<script>alert(1)</script> \"'><b>x"
    root = parse(client.get(search_url("sv"), {"q": typed}))
    assert root.find(".//main//input[@name='q']").get("value") == typed
    assert not [e for e in root.iter("script") if not e.get("src")]
    assert root.find(".//main//b") is None


@database
@settings(deadline=None, max_examples=60)
@given(st.text(max_size=300) | st.text(alphabet=HOSTILE + "aåDL12 ", max_size=60))
@example('"')
@example("'")
@example("\0")
@example("a\0b")
@example("title:x OR body:y")
@example("a* NEAR b NOT c AND")
@example("2008:567 e-post a:b:c")
@example("İ ß ſ ﬁ ǅ")
@example("日本 العربية 👩‍👩‍👧 e\u0301")
@example("ord " * 800)
@example("a" * 10_000)
@example("\U0010ffff")
def test_no_text_breaks_the_search(text: str) -> None:
    for language in LANGUAGES:
        assert Client().get(search_url(language), {"q": text}).status_code == 200


@database
@settings(deadline=None, max_examples=40)
@given(st.binary(max_size=60).map(lambda raw: "".join(f"%{byte:02x}" for byte in raw)))
@example("%ff%00%22")
@example("%ed%a0%80")
def test_no_bytes_break_the_search(raw: str) -> None:
    assert Client().get(f"{search_url('sv')}?q={raw}&{raw}").status_code == 200
