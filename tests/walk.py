"""The site as a visitor walks it: every page and every other kind of answer, fetched once a worker.

Read only what `visits` gives: it is kept for other tests. A test that changes the content asks
`visits` before it does, and then fetches its own pages.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

import pytest
from django.apps import apps
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import translation
from lxml import html
from lxml.html import HtmlElement
from wagtail.models import Page

from home.models import ContentPage, ListingPage

LANGUAGES = tuple(code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES)
PAGE_TYPES = {
    model.__name__: model for model in apps.get_models() if issubclass(model, ContentPage)
}
LISTINGS = tuple(name for name, model in PAGE_TYPES.items() if issubclass(model, ListingPage))
VIEWS = ("search", "search_hits", "search_nothing", "not_found", "filtered", "filter_unknown")
KINDS = (*PAGE_TYPES, *VIEWS)

each_language = pytest.mark.parametrize("language", LANGUAGES)
each_page_type = pytest.mark.parametrize("kind", PAGE_TYPES)
each_kind = pytest.mark.parametrize("kind", KINDS)


@dataclass(frozen=True)
class Visit:
    """One address and the answer to it. `page` is None where a view answers."""

    url: str
    language: str
    page: Page | None
    response: HttpResponse

    @property
    def text(self) -> str:
        return self.response.content.decode()

    @cached_property
    def root(self) -> HtmlElement:
        return parse(self.response)


def parse(response: HttpResponse) -> HtmlElement:
    return html.document_fromstring(response.content, parser=html.HTMLParser(encoding="utf-8"))


def words_of(element: HtmlElement) -> str:
    """The text of an element, each run of white space as one space."""
    return " ".join(element.text_content().split())


def shown(root: HtmlElement, class_name: str) -> list[str]:
    return [words_of(element) for element in root.find_class(class_name)]


def links_in(element: HtmlElement) -> list[str]:
    return [link.get("href", "") for link in element.iter("a")]


def index_of(kind: str, language: str) -> ListingPage:
    return PAGE_TYPES[kind].objects.get(locale__language_code=language)


def search_url(language: str) -> str:
    with translation.override(language):
        return reverse("search")


@cache
def visits(kind: str, language: str) -> list[Visit]:
    """What a reader without an account gets, of one kind in one language. Never empty."""
    client = Client(raise_request_exception=False)
    found = [
        Visit(url, language, page, client.get(url)) for page, url in _addresses(kind, language)
    ]
    assert found, f"the starter content has no {kind} in {language}"
    return found


def _addresses(kind: str, language: str) -> Iterator[tuple[Page | None, str]]:
    search = search_url(language)
    match kind:
        case "search":
            yield None, search
        case "search_hits":
            yield None, f"{search}?q=mobbning" if language == "sv" else f"{search}?q=recruitment"
        case "search_nothing":
            yield None, f"{search}?q=xyzzyx"
        case "not_found":
            yield None, f"/{language}/xyzzyx/"
        case "filtered" | "filter_unknown":
            value = "process" if kind == "filtered" else "xyzzyx"
            for name in LISTINGS:
                for page in _pages(name, language):
                    yield page, f"{page.url}?area={value}"
        case _:
            for page in _pages(kind, language):
                yield page, page.url


def _pages(name: str, language: str) -> list[Page]:
    pages = PAGE_TYPES[name].objects.live().filter(locale__language_code=language)
    return list(pages.order_by("path"))
