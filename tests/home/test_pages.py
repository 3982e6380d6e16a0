"""The frame of every page for a reader without an account: languages, 404, privacy, links."""

import pytest
from django.test import Client
from django.utils import translation
from lxml.html import HtmlElement
from wagtail.models import Locale

from home.models import StandardPage
from tests.walk import (
    KINDS,
    LANGUAGES,
    PAGE_TYPES,
    each_kind,
    each_language,
    each_page_type,
    links_in,
    parse,
    search_url,
    shown,
    visits,
    words_of,
)

database = pytest.mark.django_db
OTHER = dict(zip(LANGUAGES, reversed(LANGUAGES), strict=True))


def switches(root: HtmlElement) -> set[str]:
    """Where the language switch leads; it stands in the wide and in the small menu."""
    [header] = root.find_class("top")
    return {link.get("href") for link in header.iter("a") if link.get("hreflang")}


# -- languages -----------------------------------------------------------------------------


@database
@each_language
@each_page_type
def test_the_language_switch_stays_on_the_page(kind: str, language: str) -> None:
    there = {visit.url: visit.page for visit in visits(kind, OTHER[language])}
    for visit in visits(kind, language):
        [address] = switches(visit.root)
        assert there[address].translation_key == visit.page.translation_key, visit.url
        assert not visit.root.find_class("untranslated")
        alternates = visit.root.xpath("//head/link[@rel='alternate']/@href")
        assert alternates == [f"http://testserver{address}"]
        assert visit.root.get("lang") == language


@database
@each_language
@pytest.mark.parametrize("kind", [kind for kind in PAGE_TYPES if kind != "HomePage"])
def test_a_missing_translation_is_told_and_the_switch_leads_home(
    client: Client, kind: str, language: str
) -> None:
    visit = visits(kind, language)[-1]
    visit.page.get_translation(Locale.objects.get(language_code=OTHER[language])).unpublish()
    root = parse(client.get(visit.url))
    assert switches(root) == {f"/{OTHER[language]}/"}
    with translation.override(language):
        name = translation.gettext({"sv": "Swedish", "en": "English"}[OTHER[language]])
    [told] = shown(root, "untranslated")
    assert name.casefold() in told.casefold()
    assert not root.xpath("//head/link[@rel='alternate']")


@database
@each_language
def test_the_language_switch_stays_on_a_search(language: str) -> None:
    [visit] = visits("search_hits", language)
    [address] = switches(visit.root)
    assert address.partition("?")[0] == search_url(OTHER[language])


@database
@pytest.mark.parametrize(
    ("language", "heading"), [("sv", "Sidan finns inte här"), ("en", "The page is not here")]
)
def test_an_unknown_address_is_told_in_the_language_of_its_prefix(
    client: Client, language: str, heading: str
) -> None:
    other = OTHER[language]
    response = client.get(f"/{language}/xyzzyx/", headers={"accept-language": other})
    root = parse(response)
    assert (response.status_code, root.get("lang")) == (404, language)
    assert [words_of(h1) for h1 in root.iter("h1")] == [heading]
    [main] = root.iter("main")
    assert f"/{language}/" in links_in(main)
    assert main.find(".//form").get("action") == search_url(language)


@database
def test_an_address_without_a_prefix_that_is_unknown_ends_in_404(client: Client) -> None:
    assert client.get("/xyzzyx/", follow=True).status_code == 404


# -- nothing about the reader -----------------------------------------------------------------


# Pages that show who is signed in how far they have come.
SHOW_PROGRESS = {"CoursePage", "ModulePage", "LessonPage"}


@database
@each_language
@each_kind
def test_no_cookie_is_set_and_only_progress_depends_on_one(kind: str, language: str) -> None:
    for visit in visits(kind, language):
        assert not visit.response.cookies, visit.url
        varies = "cookie" in visit.response.headers.get("Vary", "").casefold()
        assert varies == (kind in SHOW_PROGRESS), visit.url
        assert visit.response.wsgi_request.session.session_key is None


@database
@each_language
@each_kind
def test_pages_run_nothing_inline_and_say_so_to_the_browser(kind: str, language: str) -> None:
    for visit in visits(kind, language):
        policy = visit.response.headers["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert policy.startswith("default-src 'none'")
        assert not list(visit.root.iter("style")), visit.url
        assert all(script.get("src") for script in visit.root.iter("script")), visit.url
        attributes = {name for element in visit.root.iter() for name in element.keys()}  # noqa: SIM118
        assert not {a for a in attributes if a == "style" or a.startswith("on")}, visit.url
        assert not visit.root.xpath("//@href[starts-with(normalize-space(.), 'javascript:')]")


@database
@pytest.mark.parametrize(
    ("address", "relaxed"),
    [
        ("/admin/login/", True),
        ("/admin/", True),
        ("/sv/admin/", False),
        ("/administration/", False),
        ("/sv/?next=/admin/", False),
        ("/healthz", False),
        ("/p/0", False),
    ],
)
def test_the_policy_is_relaxed_for_the_admin_alone(
    client: Client, address: str, relaxed: bool
) -> None:
    policy = client.get(address).headers["Content-Security-Policy"]
    assert ("'unsafe-inline'" in policy) == relaxed


@database
@each_language
@each_kind
def test_no_id_is_used_twice_on_a_page(kind: str, language: str) -> None:
    for visit in visits(kind, language):
        ids = visit.root.xpath("//@id")
        assert len(ids) == len(set(ids)), visit.url


@database
@each_language
@each_kind
def test_links_within_a_page_lead_to_a_place_on_it(kind: str, language: str) -> None:
    for visit in visits(kind, language):
        ids = set(visit.root.xpath("//@id"))
        places = {link[1:] for link in links_in(visit.root) if link.startswith("#")}
        assert places <= ids, visit.url


@database
def test_a_heading_named_like_a_part_of_the_frame_can_be_linked_to(
    client: Client, en: Locale
) -> None:
    page = StandardPage.objects.live().filter(locale=en).first()
    page.body = [("text", "".join(f"<h2>{title}</h2>" for title in ("Main", "Second", "Third")))]
    page.save_revision().publish()
    root = parse(client.get(page.url))
    [contents] = root.find_class("contents")
    [place] = root.xpath("//*[@id=$id]", id=links_in(contents)[0].removeprefix("#"))
    assert words_of(place) == "Main"


@database
def test_every_link_on_the_site_that_is_its_own_leads_somewhere(client: Client) -> None:
    """All addresses that any page links to, each asked for once."""
    links = {
        link.partition("#")[0].partition("?")[0]
        for kind in KINDS
        for language in LANGUAGES
        for visit in visits(kind, language)
        for link in [*links_in(visit.root), *visit.root.xpath("//form/@action")]
        if link.startswith("/")
    }
    broken = [link for link in sorted(links) if client.get(link, follow=True).status_code != 200]
    assert broken == []
