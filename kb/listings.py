"""The knowledge base's lists."""

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from home.listings import Listing, register_listing
from home.models import ListingPage
from home.selectors import published
from kb import filters, selectors
from kb.models import (
    CountyPage,
    ExampleIndexPage,
    LegislationGuidePage,
    LegislationIndexPage,
    MethodIndexPage,
    MethodPage,
)


class MethodListing(Listing):
    card = "components/card_method.html"
    filterset = filters.MethodFilter
    values = {"area": F("focus_areas__key"), "level": F("level")}

    def pages(self, locale_id: int) -> QuerySet:
        return published(MethodPage.objects.filter(locale_id=locale_id)).order_by("path")


class GuideListing(Listing):
    card = "components/card_guide.html"
    filterset = filters.GuideFilter
    values = {"area": F("focus_areas__key"), "status": F("status")}

    def pages(self, locale_id: int) -> QuerySet:
        guides = published(LegislationGuidePage.objects.filter(locale_id=locale_id))
        return selectors.with_status(guides, timezone.localdate()).order_by("path")


class ExampleListing(Listing):
    card = "components/card_example.html"
    filterset = filters.ExampleFilter
    values = {
        "area": F("focus_areas__key"),
        "county": Coalesce("county_key", Value(filters.NATIONWIDE)),
        "year": F("year"),
    }

    def pages(self, locale_id: int) -> QuerySet:
        return selectors.examples_in(locale_id)

    def choices(self, index: ListingPage) -> dict[str, list[tuple[str, str]]]:
        counties = published(CountyPage.objects.filter(locale_id=index.locale_id)).order_by("path")
        keys = counties.values_list("county__key", "title")
        return {"county": [(key or filters.NATIONWIDE, title) for key, title in keys]}


def register_listings() -> None:
    register_listing(MethodIndexPage, MethodListing())
    register_listing(LegislationIndexPage, GuideListing())
    register_listing(ExampleIndexPage, ExampleListing())
