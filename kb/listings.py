"""Lists of pages that are narrowed by plain links: each state has its own address."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page as Slice
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import QueryDict
from django.utils import timezone

from home.models import FocusArea
from kb import filters, selectors
from kb.models import (
    CountyPage,
    ExampleIndexPage,
    LegislationGuidePage,
    LegislationIndexPage,
    MethodIndexPage,
    MethodPage,
)
from kb.models.indexes import ListingPage
from kb.rules import act_status

PER_PAGE = 20


@dataclass(frozen=True)
class Option:
    """A link that sets a filter, or takes it away where it is `active`."""

    label: str
    count: int
    url: str
    active: bool


@dataclass(frozen=True)
class Facet:
    label: str
    options: list[Option]

    @property
    def chosen(self) -> Option | None:
        return next((option for option in self.options if option.active), None)


@dataclass(frozen=True)
class Result:
    """One state of a list. `ignored` names filters whose value in the address is unknown."""

    card: str
    slice: Slice
    facets: list[Facet]
    ignored: list[str]
    clear_url: str
    previous_url: str
    next_url: str

    @property
    def chosen(self) -> list[Option]:
        return [facet.chosen for facet in self.facets if facet.chosen]


class Listing:
    """A kind of page, the filters of its list, and how many pages each value would leave."""

    filterset: type[filters.KnowledgeFilter]
    card: str

    def pages(self, locale_id: int) -> QuerySet:
        """All that the list can show, in its order."""
        raise NotImplementedError

    def choices(self, index: ListingPage) -> dict[str, list[tuple[str, str]]]:
        """Values and labels of the filters that the filter set itself does not know."""
        return {}

    def counts(self, name: str, pages: QuerySet) -> dict[str, int]:
        """How many of `pages` each value of the filter `name` would leave."""
        if name == "area":
            return _count_by("focus_areas__key", pages)
        return _count_by(name, pages)

    def result(self, index: ListingPage, params: QueryDict) -> Result:
        """The state of the list that an address asks for; what it does not know is left out."""
        areas = list(FocusArea.objects.filter(locale_id=index.locale_id))
        choices = {"area": [(area.key, area.name) for area in areas], **self.choices(index)}
        pages = self.pages(index.locale_id)
        asked = {
            name: str(params[name]) for name in self.filterset.base_filters if params.get(name)
        }
        errors = self.filterset(asked, pages, choices=choices).form.errors
        data = {name: value for name, value in asked.items() if name not in errors}
        found = self.filterset(data, pages, choices=choices)
        slice_ = Paginator(found.qs, PER_PAGE).get_page(params.get("page"))
        attach_areas(list(slice_.object_list), areas)
        number = slice_.number
        return Result(
            card=self.card,
            slice=slice_,
            facets=[
                self._facet(name, found, data, pages, choices)
                for name in self.filterset.base_filters
            ],
            ignored=[str(found.filters[name].label) for name in errors],
            clear_url=_address({}),
            previous_url=_address(data, number - 1) if slice_.has_previous() else "",
            next_url=_address(data, number + 1) if slice_.has_next() else "",
        )

    def _facet(
        self,
        name: str,
        found: filters.KnowledgeFilter,
        data: dict[str, str],
        pages: QuerySet,
        choices: dict[str, list[tuple[str, str]]],
    ) -> Facet:
        others = {key: value for key, value in data.items() if key != name}
        counts = self.counts(name, self.filterset(others, pages, choices=choices).qs)
        options = []
        for value, label in found.filters[name].extra["choices"]:
            active = data.get(name) == value
            if active or counts.get(value):
                url = _address(others if active else {**others, name: value})
                options.append(Option(str(label), counts.get(value, 0), url, active))
        return Facet(str(found.filters[name].label), options)


class MethodListing(Listing):
    filterset = filters.MethodFilter
    card = "components/card_method.html"

    def pages(self, locale_id: int) -> QuerySet:
        return MethodPage.objects.live().public().filter(locale_id=locale_id).order_by("path")


class GuideListing(Listing):
    filterset = filters.GuideFilter
    card = "components/card_guide.html"

    def pages(self, locale_id: int) -> QuerySet:
        guides = LegislationGuidePage.objects.live().public().filter(locale_id=locale_id)
        return guides.order_by("path")

    def counts(self, name: str, pages: QuerySet) -> dict[str, int]:
        if name != "status":
            return super().counts(name, pages)
        today = timezone.localdate()
        spans = pages.order_by().values_list("in_force_from", "in_force_to", "pk").distinct()
        return Counter(act_status(start, end, today).value for start, end, _pk in spans)


class ExampleListing(Listing):
    filterset = filters.ExampleFilter
    card = "components/card_example.html"

    def pages(self, locale_id: int) -> QuerySet:
        return selectors.examples_in(locale_id)

    def choices(self, index: ListingPage) -> dict[str, list[tuple[str, str]]]:
        counties = CountyPage.objects.live().filter(locale_id=index.locale_id).order_by("path")
        keys = counties.values_list("county__key", "title")
        years = self.pages(index.locale_id).order_by("-year").values_list("year", flat=True)
        return {
            "county": [(key or filters.NATIONWIDE, title) for key, title in keys],
            "year": [(str(year), str(year)) for year in years.distinct()],
        }

    def counts(self, name: str, pages: QuerySet) -> dict[str, int]:
        if name == "county":
            found = _count_by("county_key", pages)
            return {key if key != "None" else filters.NATIONWIDE: n for key, n in found.items()}
        return super().counts(name, pages)


def _count_by(column: str, pages: QuerySet) -> dict[str, int]:
    rows = pages.order_by().values(column).annotate(number=Count("pk", distinct=True))
    return {str(row[column]): row["number"] for row in rows}


def _address(data: dict[str, str], number: int = 1) -> str:
    """A relative address with the filters in one order, so that a state has one address."""
    query = QueryDict(mutable=True)
    query.update(dict(sorted(data.items())))
    if number > 1:
        query["page"] = str(number)
    return f"?{query.urlencode()}" if query else "./"


def attach_areas(pages: list[Any], areas: list[FocusArea]) -> None:
    """Gives each page its focus areas in the reader's language as `areas`: one query for all."""
    if not pages:
        return
    model = type(pages[0])
    through = model.focus_areas.through.objects.all()
    name = model._meta.model_name
    rows = through.filter(**{f"{name}__in": [page.pk for page in pages]})
    chosen = set(rows.values_list(f"{name}_id", "focusarea__key"))
    for page in pages:
        page.areas = [area for area in areas if (page.pk, area.key) in chosen]


_LISTINGS: dict[type[ListingPage], Listing] = {
    MethodIndexPage: MethodListing(),
    LegislationIndexPage: GuideListing(),
    ExampleIndexPage: ExampleListing(),
}


def listing_of(index: ListingPage, params: QueryDict) -> Result:
    return _LISTINGS[type(index)].result(index, params)
