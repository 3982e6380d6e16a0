"""Single figures: how they are reckoned, and how they are written."""

from collections.abc import Mapping
from enum import StrEnum

from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext

from courses.domain.duration import hours_and_days, median

SCORES = ("useful", "clear", "recommend")


class Kind(StrEnum):
    """What is counted. Each is a measure of its own: of people who evaluated, each counts once."""

    STARTED = "started"
    COMPLETED = "completed"
    RENEWED = "renewed"
    EVALUATED = "evaluated"


def share(part: int, whole: int | None) -> int | None:
    """In whole per cent, rounded down, from 0 to 100. None where the whole is not known or 0."""
    if not whole:
        return None
    return max(0, min(100, part * 100 // whole))


def median_class(classes: Mapping[str, int]) -> int | None:
    """The lower median of the time that it took, as a class of courses.domain.duration."""
    return median({int(name): number for name, number in classes.items()})


def mean_score(scores: Mapping[str, int], people: int) -> float | None:
    """The mean of the three scores, from 1 to 5."""
    return mean(sum(scores.get(name, 0) for name in SCORES), people * len(SCORES))


def mean(total: int, number: int) -> float | None:
    """With one decimal, half up; None of nothing."""
    return (20 * total + number) // (2 * number) / 10 if number else None


def duration_text(duration: int) -> str:
    hours, days = hours_and_days(duration)
    if days:
        return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
    if hours:
        return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    return gettext("under an hour")


def number_text(number: int) -> str:
    """Thousands apart; Django's own is slow, and most numbers are small."""
    return str(number) if number < 1000 else number_format(number, force_grouping=True)


def mean_text(value: float) -> str:
    return number_format(value, decimal_pos=1)
