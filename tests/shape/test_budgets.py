"""What a page may cost: queries, bytes over the wire, lines of CSS and JavaScript, other hosts."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kb.models import AgencyPage, GoodExamplePage, MethodIndexPage
from tests.factories.kb import GoodExamplePageFactory, MethodPageFactory
from tests.walk import LANGUAGES, Visit, each_kind, each_language, visits

pytestmark = pytest.mark.django_db

MAX_QUERIES = 12
MAX_PAGE = 60_000
MAX_CSS, MAX_CSS_LINES = 15_000, 1500
MAX_JS_LINES = 300
# Links of a head that a browser does not follow by itself.
NOT_FETCHED = {"canonical", "alternate"}


def over_the_wire(content: bytes) -> int:
    return len(gzip.compress(content, compresslevel=6))


def static_file(url: str) -> Path:
    found = finders.find(urlsplit(url).path.removeprefix(settings.STATIC_URL))
    assert isinstance(found, str), f"there is no file for {url}"
    return Path(found)


def scripts_of(visit: Visit) -> set[Path]:
    """The page's scripts and all that they import."""
    queue = [static_file(script.get("src")) for script in visit.root.iter("script")]
    seen: set[Path] = set()
    while queue:
        script = queue.pop()
        if script not in seen:
            seen.add(script)
            names = re.findall(r"""(?:from|import)\s*\(?\s*["']([^"']+)["']""", script.read_text())
            queue += [(script.parent / name).resolve(strict=True) for name in names]
    return seen


def styles_of(visit: Visit) -> set[Path]:
    return {static_file(url) for url in visit.root.xpath("//link[@rel='stylesheet']/@href")}


def lines(files: set[Path]) -> int:
    return sum(len(file.read_text().splitlines()) for file in files)


@each_language
@each_kind
def test_a_page_is_made_with_few_queries(
    kind: str,
    language: str,
    client: Client,
    django_assert_max_num_queries: Callable[[int], CaptureQueriesContext],
) -> None:
    addresses = [visit.url for visit in visits(kind, language)]
    client.get(addresses[0])
    for address in addresses:
        with django_assert_max_num_queries(MAX_QUERIES):
            client.get(address)


@each_language
def test_the_number_of_queries_does_not_grow_with_the_content(
    language: str, client: Client
) -> None:
    kinds = (
        "HomePage", "MethodIndexPage", "ExampleIndexPage", "FocusAreaPage", "CountyIndexPage",
        "CountyPage", "AgencyPage",
    )  # fmt: skip
    addresses = [visits(kind, language)[0].url for kind in kinds]

    def queries() -> list[int]:
        numbers = []
        client.get(addresses[0])
        for address in addresses:
            with CaptureQueriesContext(connection) as captured:
                client.get(address)
            numbers.append(len(captured))
        return numbers

    before = queries()
    parents = AgencyPage.objects.filter(locale__language_code=language).order_by("path")
    for _ in range(3):
        MethodPageFactory(parent=MethodIndexPage.objects.get(locale__language_code=language))
        GoodExamplePageFactory(parent=parents[0])
    assert GoodExamplePage.objects.descendant_of(parents[0]).count() > 3
    assert queries() == before


@each_language
@each_kind
def test_a_page_with_its_style_and_scripts_is_light(kind: str, language: str) -> None:
    for visit in visits(kind, language):
        files = styles_of(visit) | scripts_of(visit)
        assert files
        weight = over_the_wire(visit.response.content)
        weight += sum(over_the_wire(file.read_bytes()) for file in files)
        assert weight <= MAX_PAGE, visit.url


def public_files() -> tuple[set[Path], set[Path]]:
    walked = [visit for language in LANGUAGES for visit in visits("HomePage", language)]
    styles = set().union(*(styles_of(visit) for visit in walked))
    scripts = set().union(*(scripts_of(visit) for visit in walked))
    return styles, scripts


def test_the_style_and_the_scripts_are_small() -> None:
    styles, scripts = public_files()
    assert lines(styles) <= MAX_CSS_LINES
    assert sum(over_the_wire(file.read_bytes()) for file in styles) <= MAX_CSS
    assert lines(scripts) <= MAX_JS_LINES


def test_no_style_or_script_lies_unused() -> None:
    styles, scripts = public_files()
    [folder] = {file.parents[1] for file in styles}
    # Linked by home.wagtail_hooks, for editors alone.
    admin = {folder / "css" / "admin.css"}
    assert set(folder.rglob("*.css")) - admin == styles
    assert set(folder.rglob("*.js")) == scripts


@each_language
@each_kind
def test_a_page_asks_no_other_host_for_anything(kind: str, language: str) -> None:
    for visit in visits(kind, language):
        asked = visit.root.xpath("//@src | //@poster | //@data | //object/@data | //use/@href")
        asked += [part.split()[0] for s in visit.root.xpath("//@srcset") for part in s.split(",")]
        asked += [
            link.get("href")
            for link in visit.root.iter("link")
            if not NOT_FETCHED & set(link.get("rel").split())
        ]
        assert asked
        assert {urlsplit(urljoin(visit.url, address)).netloc for address in asked} == {""}


def test_no_style_asks_another_host_for_anything() -> None:
    styles, _scripts = public_files()
    for style in styles:
        text = style.read_text()
        asked = re.findall(r"""(?:url\(|@import\s+)\s*["']?([^"')\s]+)""", text)
        others = [address for address in asked if urlsplit(address).scheme not in ("", "data")]
        assert others == [], style.name
        for address in asked:
            if not urlsplit(address).scheme and not address.startswith("#"):
                assert (style.parent / address).exists(), f"{style.name}: {address}"
