"""Tables as they stand on a page: each row with its link, each figure with what it is."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from courses.reports.asked import NATIONWIDE, Asked, By
from courses.reports.report import Report
from courses.reports.sources import Sources
from courses.reports.table import COLUMNS, Hidden, Key, Row, Table


@dataclass(frozen=True)
class Line:
    """`cells` are headings and figures; `url` is empty where there is nowhere to go."""

    label: str
    url: str
    cells: list[tuple[str, str | SafeString]]


@dataclass(frozen=True)
class Lines:
    headed: str
    columns: list[str]
    rows: list[Line]
    total: Line | None
    exact: bool


def lines(table: Table, url: Callable[[Key], str]) -> Lines:
    columns = [str(column) for column in COLUMNS]
    few = format_html(
        '<span aria-hidden="true">–</span><span class="visually-hidden">{}</span>',
        _("fewer than five"),
    )
    none = format_html('<span class="visually-hidden">{}</span>', _("not known"))

    def line(row: Row, address: str) -> Line:
        cells = [
            (column, few if isinstance(value, Hidden) else text or none)
            for column, value, text in zip(columns, row.values, row.texts, strict=True)
        ]
        return Line(row.label, address, cells)

    return Lines(
        headed=table.headed,
        columns=columns,
        rows=[line(row, url(row.key)) for row in table.rows],
        total=line(table.total, "") if table.total else None,
        exact=table.exact,
    )


def lines_of(report: Report, sources: Sources) -> Lines:
    # Made once: there may be hundreds of rows, and a key is a slug, which no address changes.
    agency = reverse("report_agency", args=["x"]).removesuffix("x/")
    return lines(report.table, lambda key: _address(key, report.asked, sources, agency))


def _address(key: Key, asked: Asked, sources: Sources, agency: str) -> str:
    """Where a row leads: an agency to its own report, all else to what it is made of."""
    if key is None or isinstance(key, str):
        return ""
    match asked.by:
        case By.AGENCY:
            return f"{agency}{sources.register.places[key].key}/"
        case By.COUNTY:
            county = sources.register.counties[key].key if key else NATIONWIDE
            return replace(asked, by=By.AGENCY, county=county).query
        case By.UNIT:
            return replace(asked, by=By.AGENCY, unit=sources.subjects[key].id).query
        case By.YEAR:
            return replace(asked, by=By.QUARTER, year=key, quarter=None).query
        case _:
            return ""


def unit_lines(table: Table, sources: Sources) -> Lines:
    """Of one agency: each course leads to the same course in all agencies."""
    overview = reverse("reports")

    def url(key: Key) -> str:
        subject = sources.subjects[key] if isinstance(key, int) else None
        return f"{overview}{Asked(kind=subject.kind, unit=subject.id).query}" if subject else ""

    return lines(table, url)
