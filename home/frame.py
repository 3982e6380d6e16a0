"""What stands around every page: name, menu, breadcrumbs, languages, footer. Two queries."""

from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language
from wagtail.models import Page, Site

from home.models import SiteSettings
from home.selectors import address, published

HOME_DEPTH = 2


@dataclass(frozen=True)
class Link:
    title: str
    url: str
    current: bool = False


@dataclass(frozen=True)
class Language:
    """One way out of the language switch. `translated` is false where it leads to the home page."""

    code: str
    name: str
    url: str
    translated: bool


@dataclass(frozen=True)
class Frame:
    settings: SiteSettings | None = None
    home_url: str = "/"
    menu: list[Link] = field(default_factory=list)
    areas: list[Link] = field(default_factory=list)
    about: list[Link] = field(default_factory=list)
    glossary_url: str = ""
    breadcrumbs: list[Link] = field(default_factory=list)
    languages: list[Language] = field(default_factory=list)


def build_frame(request: HttpRequest, page: Page | None) -> Frame:
    """The frame in the language that is active, which is the page's own where there is a page."""
    language = get_language() or settings.LANGUAGE_CODE
    rows = _rows(page, language)
    home_path = _home_path(rows, page, language)
    children = [
        row for row in rows if row.depth == HOME_DEPTH + 1 and row.path.startswith(home_path)
    ]
    home = next((row for row in rows if row.path == home_path), None)

    def link(row: Page) -> Link:
        inside = page is not None and page.path.startswith(row.path)
        return Link(row.title, address(row, request), current=inside)

    def of_type(*names: str) -> list[Page]:
        return [row for row in children if row.cached_content_type.model in names]

    menu = [row for row in children if row.show_in_menus]
    about = [
        row
        for row in of_type("standardpage", "accessibilitystatementpage", "countyindexpage")
        if row not in menu
    ]
    glossary = of_type("glossaryindexpage")
    return Frame(
        settings=SiteSettings.objects.filter(locale__language_code=language)
        .select_related("mark")
        .first(),
        home_url=address(home, request) if home else f"/{language}/",
        menu=[link(row) for row in menu],
        areas=[link(row) for row in of_type("focusareapage")],
        about=[link(row) for row in about],
        glossary_url=address(glossary[0], request) if glossary else "",
        breadcrumbs=[link(row) for row in rows if page and _is_above(row, page)],
        languages=_languages(request, rows, page, language),
    )


def _rows(page: Page | None, language: str) -> list[Page]:
    """Home pages, their children, the page's ancestors and its translations: in one query."""
    wanted = Q(depth=HOME_DEPTH) | Q(depth=HOME_DEPTH + 1, locale__language_code=language)
    if page:
        steps = range(HOME_DEPTH * page.steplen, len(page.path), page.steplen)
        wanted |= Q(path__in=[page.path[:end] for end in steps])
        wanted |= Q(translation_key=page.translation_key)
    return list(published(Page.objects.filter(wanted)).select_related("locale").order_by("path"))


def _home_path(rows: list[Page], page: Page | None, language: str) -> str:
    if page:
        return page.path[: HOME_DEPTH * page.steplen]
    root_paths = [
        root.root_path for root in Site.get_site_root_paths() if root.language_code == language
    ]
    return next((row.path for row in rows if row.url_path in root_paths), "-")


def _same_view(request: HttpRequest, code: str) -> str:
    """The address in another language of what is no page, such as the search with its words."""
    match = request.resolver_match
    if match is None or not match.url_name or match.url_name == "wagtail_serve":
        return ""
    here = request.get_full_path()
    there = translate_url(here, code)
    # An address below no language says the language in its query.
    return there if there != here else f"{request.path}?language={code}"


def _is_above(row: Page, page: Page) -> bool:
    return page.path.startswith(row.path) and row.path != page.path


def _languages(
    request: HttpRequest, rows: list[Page], page: Page | None, language: str
) -> list[Language]:
    """The other languages, each to the same page, or else to its home page."""
    languages = []
    for code, name in settings.WAGTAIL_CONTENT_LANGUAGES:
        if code == language:
            continue
        same = next(
            (
                row
                for row in rows
                if page
                and row.translation_key == page.translation_key
                and row.locale.language_code == code
            ),
            None,
        )
        url = address(same, request) if same else _same_view(request, code)
        languages.append(Language(code, str(name), url or f"/{code}/", translated=bool(url)))
    return languages
