"""What a report is asked for: parsed from an address, and written back into one.

Names and values are the same in all languages.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import urlencode

from courses.domain.privacy import Quarter
from courses.domain.spec import UnitKind

# The value that stands for agencies of the whole country, as in the lists of pages.
NATIONWIDE = "nationwide"
YEAR = re.compile(r"[12][0-9]{3}")


class By(StrEnum):
    """What each row is."""

    AGENCY = "agency"
    COUNTY = "county"
    AREA = "area"
    UNIT = "unit"
    YEAR = "year"
    QUARTER = "quarter"


@dataclass(frozen=True)
class Asked:
    """`unit` is a permanent id, `county` a county's key, `quarter` from 1 to 4."""

    by: By = By.AGENCY
    kind: UnitKind = UnitKind.COURSE
    unit: str = ""
    county: str = ""
    year: int | None = None
    quarter: int | None = None
    now: bool = False
    ignored: tuple[str, ...] = ()

    @property
    def span(self) -> tuple[Quarter, Quarter] | None:
        if self.year is None:
            return None
        first = self.year * 4
        return (first, first + 3) if self.quarter is None else (first + self.quarter - 1,) * 2

    @property
    def by_quarter(self) -> bool:
        return self.year is not None or self.by in (By.YEAR, By.QUARTER)

    def without_period(self) -> "Asked":
        return replace(self, year=None, quarter=None)

    @property
    def query(self) -> str:
        """With its question mark; empty for the report that is shown without any wish."""
        given = {
            "by": self.by.value if self.by != By.AGENCY else "",
            "county": self.county,
            "kind": self.kind.value if self.kind != UnitKind.COURSE else "",
            "quarter": self.quarter,
            "unit": self.unit,
            "view": "now" if self.now else "",
            "year": self.year,
        }
        query = urlencode({name: value for name, value in given.items() if value})
        return f"?{query}" if query else ""


def parse(
    params: Mapping[str, str], units: Mapping[str, UnitKind], counties: Iterable[str]
) -> Asked:
    """`units` are the kinds of known units by permanent id. What is not known is left out, and
    its name is among `ignored`."""
    given = {name: params.get(name, "").strip() for name in _NAMES}
    unit, year = given["unit"], given["year"]
    fits = {
        "by": given["by"] in set(By),
        "kind": given["kind"] in (UnitKind.COURSE, UnitKind.MODULE),
        "unit": unit in units,
        "county": given["county"] in {NATIONWIDE, *counties},
        "year": YEAR.fullmatch(year) is not None,
        "quarter": given["quarter"] in ("1", "2", "3", "4") and YEAR.fullmatch(year) is not None,
        "view": given["view"] in ("then", "now"),
    }
    known = {name: value for name, value in given.items() if value and fits[name]}
    by = By(known.get("by", By.AGENCY))
    kind = units[unit] if "unit" in known else UnitKind(known.get("kind", UnitKind.COURSE))
    if by == By.AREA and "unit" not in known:
        # Courses have no focus areas of their own.
        kind = UnitKind.MODULE
    return Asked(
        by=by,
        kind=kind,
        unit=known.get("unit", ""),
        county=known.get("county", ""),
        year=int(known["year"]) if "year" in known else None,
        quarter=int(known["quarter"]) if "quarter" in known else None,
        now=known.get("view") == "now",
        ignored=tuple(name for name, value in given.items() if value and not fits[name]),
    )


_NAMES = ("by", "kind", "unit", "county", "year", "quarter", "view")
