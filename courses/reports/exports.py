"""Reports as files for spreadsheets: CSV and XLSX."""

import csv
import datetime
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import IO, Any

import xlsxwriter
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from courses.reports.figures import mean_text
from courses.reports.report import Report
from courses.reports.sources import Sources
from courses.reports.table import COLUMNS, Hidden, Row, Value

BOM = "\ufeff"
# Not shown; a dash, which no spreadsheet takes for a formula as it would a minus.
DASH = "–"
# What a spreadsheet may take for a formula, or for the end of a cell.
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
_SHEET_NAME = 31
# Lines that are sent together.
_AT_ONCE = 200


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def header(report: Report) -> list[str]:
    return [report.table.headed, *map(str, COLUMNS)]


def rows_of(report: Report) -> Iterator[tuple[str, tuple[Value, ...]]]:
    table = report.table
    every: list[Row] = [*table.rows, *([table.total] if table.total else [])]
    return ((row.label, row.values) for row in every)


def note(about: Iterable[str], sources: Sources, exact: bool) -> str:
    """What the figures are of, and how they may be read: the last line of every file."""
    day = date_format(sources.today, "DATE_FORMAT")
    parts = [capfirst(", ".join(about)), _("Taken out on %(day)s") % {"day": day}]
    if exact:
        parts.append(_("The figures are exact, and not for others to see"))
    else:
        parts.append(_("A dash means fewer than five, or none: such figures are not shown"))
    return ". ".join(parts) + "."


def csv_lines(rows: Iterable[Iterable[Value]]) -> Iterator[str]:
    """Semicolons and a mark of UTF-8 at the start, so that a double click opens it right."""
    writer = csv.writer(_Echo(), delimiter=";")
    lines = (writer.writerow([_csv_cell(value) for value in row]) for row in rows)
    yield BOM
    while some := "".join(islice(lines, _AT_ONCE)):
        yield some


def report_csv(report: Report, sources: Sources) -> Iterator[str]:
    return csv_lines(_report_rows(report, sources))


def _report_rows(report: Report, sources: Sources) -> Iterator[list[Value]]:
    yield [*header(report)]
    for label, values in rows_of(report):
        yield [label, *values]
    yield [note(report.about, sources, report.table.exact)]


def _csv_cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, Hidden):
        return DASH
    if isinstance(value, float):
        return mean_text(value)
    text = str(value)
    return f"'{text}" if text.startswith(_DANGEROUS) else text


def write_xlsx(file: IO[bytes], report: Report, sources: Sources) -> None:
    """Rows go to disk as they are written, and texts are written as texts, never as formulas."""
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "default_date_format": "yyyy-mm-dd"})
    book.set_properties({"title": report.caption, "created": _midnight(sources.today)})
    sheet = book.add_worksheet(_("Report")[:_SHEET_NAME])
    bold = book.add_format({"bold": True})
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 0, 42)
    sheet.set_column(1, len(COLUMNS), 14)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    for column, text in enumerate(header(report)):
        sheet.write_string(0, column, text, bold)
    number = 0
    for number, (label, values) in enumerate(rows_of(report), start=1):
        sheet.write_string(number, 0, label)
        for column, value in enumerate(values, start=1):
            _write_cell(sheet, number, column, value)
    sheet.write_string(number + 2, 0, note(report.about, sources, report.table.exact))
    book.close()


def _write_cell(sheet: Any, row: int, column: int, value: Value) -> None:
    if isinstance(value, Hidden):
        sheet.write_string(row, column, DASH)
    elif isinstance(value, str):
        sheet.write_string(row, column, value)
    elif value is not None:
        sheet.write_number(row, column, value)


def _midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time())
