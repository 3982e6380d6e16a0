"""What readers may see of pages, and where a page is. Reads, never writes."""

from typing import TypeVar

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Length, Substr
from django.http import HttpRequest
from wagtail.models import Page, PageViewRestriction

from home.models import FocusArea

Pages = TypeVar("Pages", bound=QuerySet)


def published(pages: Pages) -> Pages:
    """Live pages that nobody has restricted, in one query; Wagtail's public() asks beforehand."""
    return pages.filter(live=True).exclude(Exists(restrictions_above()))


def restrictions_above() -> QuerySet[PageViewRestriction]:
    """Of the page of the query around, and of all pages that it lies below."""
    return PageViewRestriction.objects.filter(
        page__path=Substr(OuterRef("path"), 1, Length("page__path"))
    )


def address(page: Page, request: HttpRequest | None = None) -> str:
    """The page's address on this site, without its host; empty for a page that has none."""
    parts = page.get_url_parts(request)
    return (parts and parts[2]) or ""


def focus_areas_of(page: Page) -> list[FocusArea]:
    """The page's focus areas in the page's language, whatever language they were chosen in."""
    keys = page.focus_areas.values("key")
    return list(FocusArea.objects.filter(locale_id=page.locale_id, key__in=keys))


def focus_areas_in(locale_id: int) -> list[FocusArea]:
    return list(FocusArea.objects.filter(locale_id=locale_id))
