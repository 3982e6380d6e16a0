"""The page types of the site's frame."""

from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from django.conf import settings
from pydantic import Field
from wagtail.models import Page, Site

from home.models import AccessibilityStatementPage, HomePage, StandardPage
from home.packs.build import Builder
from home.packs.registry import PageHandler, Values
from home.packs.spec import Date, Line, PageSpec, Path, Strict, Text, Url, not_before


class WaySpec(Strict):
    title: Annotated[str, Field(min_length=1, max_length=60)]
    text: Annotated[str, Field(min_length=1, max_length=250)]
    page: Path
    label: Annotated[str, Field(min_length=1, max_length=60)]


class HomeSpec(PageSpec):
    type: Literal["home"]
    headline: Annotated[str, Field(min_length=1, max_length=120)]
    lead: Line
    search_hint: Annotated[str, Field(min_length=1, max_length=60)]
    ways: list[WaySpec] = []


class StandardSpec(PageSpec):
    type: Literal["standard"]


class InaccessibleSpec(Strict):
    what: Line
    reason: Line


class AccessibilityStatementSpec(PageSpec):
    type: Literal["accessibility_statement"]
    actor: Annotated[str, Field(min_length=1, max_length=200)]
    service: Annotated[str, Field(min_length=1, max_length=200)]
    compliance: Literal["full", "partial", "none"]
    inaccessible: list[InaccessibleSpec] = []
    assessed_on: Date
    updated_on: Annotated[Date, not_before("assessed_on")]
    evaluation: Text
    report_faults: Text
    complaint_url: Url
    burden: Text | None = None
    outside_law: Text | None = None


def _home(build: Builder, spec: HomeSpec) -> Values:
    ways = [
        way.model_dump() | {"page": build.ref(way.page, "ways", index, "page")}
        for index, way in enumerate(spec.ways)
    ]
    return {
        "headline": spec.headline,
        "lead": spec.lead,
        "search_hint": spec.search_hint,
        "ways": build.stream("ways", [{"type": "way", "value": way} for way in ways]),
        "body": build.body(),
    }


def _install_home(page: Page) -> None:
    """Makes the home page in the main language the site's root, and takes Wagtail's away."""
    site = Site.objects.filter(is_default_site=True).first()
    if page.locale.language_code != settings.LANGUAGE_CODE:
        return
    if site and site.root_page_id == page.pk:
        return
    if site is None:
        site = Site(is_default_site=True)
    if site.hostname in ("", "localhost"):
        base = urlsplit(settings.BASE_URL)
        site.hostname = base.hostname or "localhost"
        site.port = base.port or (443 if base.scheme == "https" else 80)
    site.root_page, site.site_name = page, page.title
    site.save()
    for welcome in Page.objects.filter(depth=2, content_type__model="page", numchild=0):
        welcome.delete()


def _standard(build: Builder, spec: StandardSpec) -> Values:
    return {"body": build.body()}


def _accessibility_statement(build: Builder, spec: AccessibilityStatementSpec) -> Values:
    rich = ("evaluation", "report_faults", "burden", "outside_law")
    plain = ("actor", "service", "compliance", "assessed_on", "updated_on", "complaint_url")
    items: list[dict[str, Any]] = [
        {"type": "item", "value": item.model_dump()} for item in spec.inaccessible
    ]
    return {
        "body": build.body(),
        "inaccessible": build.stream("inaccessible", items),
        **{name: getattr(spec, name) for name in plain},
        **{name: build.rich_text(getattr(spec, name), name) for name in rich},
    }


HANDLERS = {
    "home": PageHandler(HomePage, HomeSpec, _home, written=_install_home),
    "standard": PageHandler(StandardPage, StandardSpec, _standard),
    "accessibility_statement": PageHandler(
        AccessibilityStatementPage, AccessibilityStatementSpec, _accessibility_statement
    ),
}
