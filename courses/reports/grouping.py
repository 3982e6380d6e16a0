"""What the rows of a report are."""

from collections.abc import Callable, Iterable

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from courses.domain.privacy import Quarter
from courses.reports.asked import By
from courses.reports.shown import Shown
from courses.reports.sources import Sources
from courses.reports.table import Grouping, Key, county_key

HEADED = {
    By.AGENCY: _("Agency"),
    By.COUNTY: _("County"),
    By.AREA: _("Focus area"),
    By.UNIT: _("Course or module"),
    By.YEAR: _("Year"),
    By.QUARTER: _("Quarter"),
}
BY_TEXT = {
    By.AGENCY: _("by agency"),
    By.COUNTY: _("by county"),
    By.AREA: _("by focus area"),
    By.UNIT: _("one by one"),
    By.YEAR: _("by year"),
    By.QUARTER: _("by quarter"),
}
# Å, Ä and Ö come after Z, as these signs do.
_SWEDISH = str.maketrans("åäöéü", "{|}eu")


def quarter_text(quarter: Quarter) -> str:
    year, number = divmod(quarter, 4)
    return gettext("%(year)d, quarter %(number)d") % {"year": year, "number": number + 1}


def in_order(name: str) -> str:
    folded = name.casefold()
    return folded.translate(_SWEDISH) if get_language() == "sv" else folded


def grouping(by: By, figures: Iterable[Shown], sources: Sources) -> Grouping:
    """`figures` are those that will be grouped."""
    keys: dict[By, Callable[[Shown], Iterable[Key]]] = {
        By.AGENCY: lambda one: (one.agency,),
        By.COUNTY: lambda one: (county_key(one.agency, one.county),),
        By.AREA: lambda one: sources.subjects[one.unit].areas or (None,),
        By.UNIT: lambda one: (one.unit,),
        By.YEAR: lambda one: (one.quarter // 4,),
        By.QUARTER: lambda one: (one.quarter,),
    }
    return Grouping(by, str(HEADED[by]), keys[by], _labels(by, figures, sources))


def _labels(by: By, figures: Iterable[Shown], sources: Sources) -> list[tuple[Key, str]]:
    """In the order of the rows; None is what belongs to none of the others, and comes last."""
    register, subjects = sources.register, sources.subjects.values()
    few = gettext("Agencies with fewer than five, together")
    left = gettext("No agency") if sources.scope.exact else few
    match by:
        case By.AGENCY:
            places = sorted(register.places.values(), key=lambda place: in_order(place.name))
            return [*((place.pk, place.name) for place in places), (None, left)]
        case By.COUNTY:
            names = ((county.pk, county.name) for county in register.counties.values())
            return [*names, (0, gettext("Agencies of the whole country")), (None, left)]
        case By.AREA:
            used = {key for subject in subjects for key in subject.areas}
            gone = ((key, key) for key in sorted(used.difference(sources.areas)))
            return [*sources.areas.items(), *gone, (None, gettext("No focus area"))]
        case By.UNIT:
            return [(subject.pk, subject.title) for subject in subjects]
        case By.YEAR:
            return [(year, str(year)) for year in sorted({one.quarter // 4 for one in figures})]
        case By.QUARTER:
            quarters = sorted({one.quarter for one in figures})
            return [(quarter, quarter_text(quarter)) for quarter in quarters]
