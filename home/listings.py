"""Lists of pages that are narrowed by plain links: each state has its own address."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.paginator import Page as Slice
from django.core.paginator import Paginator
from django.db.models import CharField, Count, QuerySet, Value
from django.db.models.functions import Cast
from django.http import QueryDict

from home.filters import KnowledgeFilter
from home.models import FocusArea, ListingPage
from home.selectors import focus_areas_in

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
    """A kind of page, the filters of its list, and what each filter tells pages apart by."""

    card: str
    filterset: type[KnowledgeFilter]
    # The value of each filter for a page; a page in several focus areas has several rows.
    values: dict[str, Any]

    def pages(self, locale_id: int) -> QuerySet:
        """All that the list can show, in its order."""
        raise NotImplementedError

    def choices(self, index: ListingPage) -> dict[str, list[tuple[str, str]]]:
        """Values and labels of the filters that the filter set itself does not know."""
        return {}

    def result(self, index: ListingPage, params: QueryDict) -> Result:
        """The state of the list that an address asks for; what it does not know is left out."""
        areas = focus_areas_in(index.locale_id)
        choices = {"area": [(area.key, area.name) for area in areas], **self.choices(index)}
        narrow = partial(self.filterset, queryset=self.pages(index.locale_id), choices=choices)
        asked = {name: str(params[name]) for name in self.values if params.get(name)}
        errors = narrow(asked).form.errors
        data = {name: value for name, value in asked.items() if name not in errors}
        found = narrow(data)
        counts = self._counts(narrow, data)
        paginator = Paginator(found.qs, PER_PAGE)
        paginator.count = counts[("", "")]
        slice_ = paginator.get_page(params.get("page"))
        attach_areas(list(slice_.object_list), areas)
        return Result(
            card=self.card,
            slice=slice_,
            facets=[_facet(name, found, data, counts) for name in self.values],
            ignored=[str(found.filters[name].label) for name in errors],
            clear_url=_address({}),
            previous_url=_address(data, slice_.number - 1) if slice_.has_previous() else "",
            next_url=_address(data, slice_.number + 1) if slice_.has_next() else "",
        )

    def _counts(
        self, narrow: Callable[..., KnowledgeFilter], data: dict[str, str]
    ) -> Counter[tuple[str, str]]:
        """How many pages each value of each filter would leave, and ("", "") all: one query.

        A filter's own value is left out when its values are counted.
        """
        count = Count("pk", distinct=True)
        everything = narrow(data).qs.order_by().annotate(facet=Value(""), value=Value(""))
        queries = [everything.values_list("facet", "value").annotate(number=count)]
        for name, expression in self.values.items():
            others = {key: value for key, value in data.items() if key != name}
            pages = narrow(others).qs.order_by()
            rows = pages.annotate(facet=Value(name), value=Cast(expression, CharField()))
            queries.append(rows.values_list("facet", "value").annotate(number=count))
        rows = queries[0].union(*queries[1:], all=True)
        return Counter({(facet, value): number for facet, value, number in rows})


def _facet(
    name: str,
    found: KnowledgeFilter,
    data: dict[str, str],
    counts: Counter[tuple[str, str]],
) -> Facet:
    """The values that would leave something, and the one that is chosen."""
    others = {key: value for key, value in data.items() if key != name}
    known = found.filters[name].extra.get("choices")
    if known is None:
        values = {value for facet, value in counts if facet == name} | {data.get(name, "")}
        known = [(value, value) for value in sorted(values - {""}, reverse=True)]
    options = []
    for value, label in known:
        active, number = data.get(name) == value, counts[(name, value)]
        if active or number:
            url = _address(others if active else {**others, name: value})
            options.append(Option(str(label), number, url, active))
    return Facet(str(found.filters[name].label), options)


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


_listings: dict[type[ListingPage], Listing] = {}


def register_listing(index: type[ListingPage], listing: Listing) -> None:
    """Each app registers the lists of its own pages."""
    _listings[index] = listing


def listing_of(index: ListingPage, params: QueryDict) -> Result:
    return _listings[type(index)].result(index, params)
