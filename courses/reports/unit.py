"""The report of one course or module, year by year, with what learners thought of it."""

from dataclasses import dataclass

from courses.models import Unit
from courses.reports.asked import Asked, By
from courses.reports.charts import Bars, bars
from courses.reports.register import Subject
from courses.reports.report import table_for
from courses.reports.sources import Sources
from courses.reports.table import Table
from courses.reports.voices import Voices, voices_of


@dataclass(frozen=True)
class UnitReport:
    subject: Subject
    table: Table
    chart: Bars | None
    voices: Voices
    by_agency: Asked


def unit_report(unit: Unit, sources: Sources) -> UnitReport:
    """For who may see all."""
    subject = sources.subjects[unit.pk]
    asked = Asked(by=By.YEAR, kind=subject.kind, unit=subject.id)
    table = table_for(asked, sources)
    return UnitReport(
        subject=subject,
        table=table,
        chart=bars(table.rows, in_order=True),
        voices=voices_of(unit),
        by_agency=Asked(kind=subject.kind, unit=subject.id),
    )
