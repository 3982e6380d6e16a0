"""Figures as bars. The same figures stand in a table beside them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from courses.reports.figures import number_text
from courses.reports.table import COLUMNS, COMPLETED, Row

MOST_BARS = 12
# The longest bar leaves room for its number.
WIDEST = 85
LONGEST_LABEL = 34
# Heights in em: a bar with its label above, and the space between two.
STEP, BAR = 2.6, 0.75


@dataclass(frozen=True)
class Bar:
    """`top`, `label_at` and `number_at` are in em from above, `width` in per cent."""

    label: str
    number: str
    width: float
    label_at: float
    top: float
    number_at: float


@dataclass(frozen=True)
class Bars:
    """`left_out` says how many of the rows are drawn, where not all are."""

    title: str
    summary: str
    left_out: str
    height: float
    bars: list[Bar]
    thickness: float = BAR


def bars(rows: Iterable[Row], in_order: bool = False) -> Bars | None:
    """Completions of the rows that show any: the most first, or the last of them `in_order`.

    None where there are not two to compare.
    """
    shown = [row for row in rows if row.completed]
    if len(shown) < 2:
        return None
    ranked = sorted(shown, key=lambda row: -row.completed)
    drawn = shown[-MOST_BARS:] if in_order else ranked[:MOST_BARS]
    most = max(row.completed for row in drawn)
    return Bars(
        title=str(COLUMNS[COMPLETED]),
        summary=_summary(drawn),
        left_out=_left_out(len(drawn), len(shown)),
        height=round(len(drawn) * STEP, 1),
        bars=[_bar(row, number * STEP, most) for number, row in enumerate(drawn)],
    )


def _bar(row: Row, above: float, most: int) -> Bar:
    return Bar(
        label=_short(row.label),
        number=number_text(row.completed),
        width=round(row.completed * WIDEST / most, 1),
        label_at=round(above + 1, 2),
        top=round(above + 1.35, 2),
        number_at=round(above + 1.35 + BAR, 2),
    )


def _summary(drawn: list[Row]) -> str:
    ranked = sorted(drawn, key=lambda row: -row.completed)
    return _("Bars. Most: %(most)s, %(high)s. Least: %(least)s, %(low)s.") % {
        "most": ranked[0].label,
        "high": number_text(ranked[0].completed),
        "least": ranked[-1].label,
        "low": number_text(ranked[-1].completed),
    }


def _left_out(drawn: int, of: int) -> str:
    if drawn == of:
        return ""
    numbers = {"drawn": drawn, "of": of}
    return _("%(drawn)d of the table’s %(of)d rows.") % numbers


def _short(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1].rstrip()}…"
