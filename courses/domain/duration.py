"""How long something took, in classes that can be counted: hours of the first day, then days."""

import datetime
from collections.abc import Mapping

HOURS = 24
# What took longer counts as this many days.
MOST_DAYS = 400


def duration_class(taken: datetime.timedelta) -> int:
    """0 to 23 for whole hours, 24 for one whole day, 25 for two, and so on."""
    hours = max(0, int(taken.total_seconds() // 3600))
    if hours < HOURS:
        return hours
    return HOURS - 1 + min(hours // HOURS, MOST_DAYS)


def hours_and_days(duration: int) -> tuple[int, int]:
    """Whole hours and whole days of a class: one of them is 0."""
    return (duration, 0) if duration < HOURS else (0, duration - HOURS + 1)


def median(numbers: Mapping[int, int]) -> int | None:
    """The lower median of classes, from how often each occurs; None where nothing was counted."""
    total = sum(numbers.values())
    seen = 0
    for duration in sorted(numbers):
        seen += numbers[duration]
        if total and seen * 2 >= total:
            return duration
    return None
