"""What the knowledge base's pages show besides their own fields. Reads, never writes."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, Count, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Length, Substr
from wagtail.models import Page

from agencies.lineage import Lineage, lineage
from agencies.models import Agency, SuccessionLink
from home.selectors import published
from kb.marking import Entry
from kb.models import (
    AgencyPage,
    CountyPage,
    FocusAreaPage,
    GlossaryTerm,
    GoodExamplePage,
    LegislationGuidePage,
    MethodPage,
)
from kb.rules import ActStatus, alphabetical


def with_agency(examples: QuerySet[GoodExamplePage]) -> QuerySet[GoodExamplePage]:
    """Adds `agency_title` and `county_key` of the parent page; None where it has no county."""
    parents = AgencyPage.objects.filter(path=OuterRef("parent_path"))
    return examples.annotate(
        parent_path=Substr("path", 1, Length("path") - Page.steplen),
        agency_title=Subquery(parents.values("title")[:1]),
        county_key=Subquery(parents.values("agency__county__key")[:1]),
    )


def examples_in(locale_id: int) -> QuerySet[GoodExamplePage]:
    """Published examples in a language, newest first."""
    live = published(GoodExamplePage.objects.filter(locale_id=locale_id))
    return with_agency(live).order_by("-year", "-first_published_at", "-pk")


def with_status(
    guides: QuerySet[LegislationGuidePage], today: datetime.date
) -> QuerySet[LegislationGuidePage]:
    """Adds `status`, a value of rules.ActStatus, by the same rule as rules.act_status."""
    return guides.annotate(
        status=Case(
            When(in_force_to__lt=today, then=Value(ActStatus.REPEALED.value)),
            When(in_force_from__gt=today, then=Value(ActStatus.COMING.value)),
            default=Value(ActStatus.IN_FORCE.value),
        )
    )


def examples_of_method(method: MethodPage) -> QuerySet[GoodExamplePage]:
    """Examples, in the method's language, of agencies that used it."""
    return (
        examples_in(method.locale_id)
        .filter(methods_used__method__translation_key=method.translation_key)
        .distinct()
    )


def linked_pages(ids: set[int], locale_id: int | None) -> dict[int, Page]:
    """Published pages by the primary key that a link names, in the language of `locale_id`
    where they have been translated into it."""
    if not ids:
        return {}
    found = {page.pk: page for page in published(Page.objects.filter(pk__in=ids))}
    foreign = [page.translation_key for page in found.values() if page.locale_id != locale_id]
    if foreign and locale_id:
        same = published(Page.objects.filter(translation_key__in=foreign, locale_id=locale_id))
        by_key = {page.translation_key: page for page in same}
        found = {pk: by_key.get(page.translation_key, page) for pk, page in found.items()}
    return found


@dataclass(frozen=True)
class AgencyStory:
    """An agency of the register and what it came from and went over into."""

    agency: Agency
    predecessors: list[Agency]
    successors: list[Agency]
    closed_on: datetime.date | None


def agency_story(page: AgencyPage, today: datetime.date) -> AgencyStory:
    agency = Agency.objects.select_related("county").get(pk=page.agency_id)
    line: Lineage = lineage(agency, today)
    names = Agency.objects.in_bulk([*line.predecessors, *line.successors])
    closed = SuccessionLink.objects.filter(predecessor=agency, successor=None)
    return AgencyStory(
        agency=agency,
        predecessors=[names[pk] for pk in line.predecessors],
        successors=[names[pk] for pk in line.successors],
        closed_on=closed.values_list("succession__date", flat=True).first(),
    )


def examples_below(page: Page) -> QuerySet[GoodExamplePage]:
    return examples_in(page.locale_id).filter(path__startswith=page.path)


def agencies_below(page: CountyPage) -> QuerySet[AgencyPage]:
    """The county's agency pages with their number of published examples."""
    examples = published(
        Page.objects.filter(path__startswith=OuterRef("path"), depth=page.depth + 2)
    )
    count = examples.order_by().values("live").annotate(number=Count("pk")).values("number")
    return (
        published(AgencyPage.objects.child_of(page))
        .select_related("agency")
        .annotate(number=Subquery(count))
        .order_by("title")
    )


def counties_below(page: Page) -> list[CountyPage]:
    """County pages, each with its agency pages in `agency_pages`: two queries."""
    counties = list(published(CountyPage.objects.child_of(page)).order_by("path"))
    agencies = list(published(AgencyPage.objects.descendant_of(page)).order_by("title"))
    for county in counties:
        county.agency_pages = [agency for agency in agencies if agency.path.startswith(county.path)]
    return counties


@dataclass(frozen=True)
class FocusContents:
    methods: list[MethodPage]
    guides: list[LegislationGuidePage]
    examples: list[GoodExamplePage]


def focus_contents(page: FocusAreaPage, area_key: str) -> FocusContents:
    """All that belongs to a focus area, in the page's language."""
    chosen = Q(locale_id=page.locale_id, focus_areas__key=area_key)
    methods = published(MethodPage.objects.filter(chosen).distinct())
    guides = published(LegislationGuidePage.objects.filter(chosen, in_force_to=None)).distinct()
    return FocusContents(
        methods=list(methods.order_by("path")),
        guides=list(guides.order_by("path")),
        examples=list(examples_in(page.locale_id).filter(chosen).distinct()),
    )


def focus_pages(locale_id: int) -> QuerySet[FocusAreaPage]:
    """The ways into the focus areas, in their order, each with `methods` and `examples` counted."""

    def number(model: type[MethodPage | GoodExamplePage]) -> Subquery:
        pages = published(
            model.objects.filter(locale_id=locale_id, focus_areas__key=OuterRef("focus_area__key"))
        )
        counted = pages.order_by().values("live").annotate(number=Count("pk", distinct=True))
        return Subquery(counted.values("number"))

    return (
        published(FocusAreaPage.objects.filter(locale_id=locale_id))
        .select_related("focus_area")
        .annotate(methods=number(MethodPage), examples=number(GoodExamplePage))
        .order_by("focus_area__order")
    )


def terms_by_letter(locale_id: int) -> list[tuple[str, list[GlossaryTerm]]]:
    """The glossary A to Ö: initials in the order of the language's alphabet, with their terms."""
    terms = sorted(
        GlossaryTerm.objects.filter(locale_id=locale_id),
        key=lambda term: alphabetical(term.term),
    )
    pages = linked_pages({term.page_id for term in terms if term.page_id}, locale_id)
    letters: dict[str, list[GlossaryTerm]] = {}
    for term in terms:
        term.page = pages.get(term.page_id) if term.page_id else None
        letters.setdefault(term.term[0].upper(), []).append(term)
    return list(letters.items())


def glossary_entries(locale_id: int, glossary_url: str) -> Iterable[Entry]:
    rows = GlossaryTerm.objects.filter(locale_id=locale_id).values_list("term", "slug", "forms")
    return [Entry(url=f"{glossary_url}#{slug}", forms=(term, *forms)) for term, slug, forms in rows]
