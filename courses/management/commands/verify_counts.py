"""Holds the tallies against the records, by a count that shares no code with the services."""

import datetime
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.cache import cache
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.db.models import Count, Sum

from agencies.models import Agency
from courses.models import Answer, Attitude, Completion, Enrolment, Evaluation, Tally, Unit

# Unit, agency, quarter, measure, value.
Cell = tuple[int, int | None, int, str, int]
_CHUNK = 2000


class Command(BaseCommand):
    help = "Compares what has been counted with what has been recorded, and can put it right."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--fix", action="store_true", help="write the tallies anew where wrong")

    def handle(self, *args: Any, fix: bool, **options: Any) -> None:
        with one_moment():
            wrong = differences()
            for line in told(wrong):
                self.stdout.write(line)
            if fix:
                put_right(wrong)
            attitudes = list(attitudes_with_too_many())
        for line in attitudes:
            self.stdout.write(line)
        if fix and wrong:
            cache.clear()
            self.stdout.write(f"{len(wrong)} tallies written anew.")
        found = len(attitudes) + (0 if fix else len(wrong))
        if found:
            raise CommandError(f"{found} differences.", returncode=1)
        self.stdout.write("All tallies agree with the records.")


@contextmanager
def one_moment() -> Iterator[None]:
    """A transaction that sees the records and the tallies of one and the same moment. What another
    writes in the meantime makes a --fix fail instead of being lost."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def differences() -> dict[Cell, tuple[int, int]]:
    """What is tallied and what is recorded, where they are not the same."""
    recorded = Counter(_recorded())
    tallied: Counter[Cell] = Counter()
    rows = Tally.objects.values_list(
        "unit_id", "agency_id", "quarter", "measure", "value", "number"
    )
    for *cell, number in rows.iterator(chunk_size=_CHUNK):
        tallied[tuple(cell)] += number  # type: ignore[index]
    return {
        cell: (tallied[cell], recorded[cell])
        for cell in recorded.keys() | tallied.keys()
        if tallied[cell] != recorded[cell]
    }


def _recorded() -> Iterator[Cell]:
    """Everything that should have been counted, once each."""
    starts = Enrolment.objects.filter(cycle=1).values_list("unit_id", "agency_id", "started_at")
    for unit, agency, at in starts.order_by().iterator(chunk_size=_CHUNK):
        yield unit, agency, _quarter(at), "started", 0
    ends = Completion.objects.values_list("unit_id", "agency_id", "cycle", "started_at", "at")
    for unit, agency, cycle, start, at in ends.order_by().iterator(chunk_size=_CHUNK):
        measure = "completed" if cycle == 1 else "renewed"
        yield unit, agency, _quarter(at), measure, _hours_then_days(at - start)
    given = Evaluation.objects.values_list(
        "completion__unit_id", "completion__agency_id", "at", "useful", "clear", "recommend"
    )
    for unit, agency, at, useful, clear, recommend in given.iterator(chunk_size=_CHUNK):
        for measure, score in (("useful", useful), ("clear", clear), ("recommend", recommend)):
            yield unit, agency, _quarter(at), measure, score


def _quarter(at: datetime.datetime) -> int:
    day = at.astimezone(ZoneInfo(settings.TIME_ZONE))
    return day.year * 4 + [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4][day.month - 1] - 1


def _hours_then_days(taken: datetime.timedelta) -> int:
    if taken < datetime.timedelta(days=1):
        return taken.seconds // 3600
    return 23 + min(taken.days, 400)


def told(wrong: dict[Cell, tuple[int, int]]) -> Iterator[str]:
    units = {unit.pk: f"{unit} ({unit.key})" for unit in Unit.objects.all()}
    agencies: dict[int | None, str] = dict(Agency.objects.values_list("pk", "key"))
    for cell in sorted(wrong, key=lambda cell: (cell[0], cell[1] or 0, *cell[2:])):
        unit, agency, quarter, measure, value = cell
        tallied, recorded = wrong[cell]
        when = f"{quarter // 4} quarter {quarter % 4 + 1}"
        yield (
            f"{units[unit]}, {agencies.get(agency, 'no agency')}, {when}, {measure} {value}: "
            f"tallied {tallied}, recorded {recorded}"
        )


def put_right(wrong: dict[Cell, tuple[int, int]]) -> None:
    for (unit, agency, quarter, measure, value), (_tallied, recorded) in wrong.items():
        rows = Tally.objects.filter(unit=unit, quarter=quarter, measure=measure, value=value)
        (rows.filter(agency=None) if agency is None else rows.filter(agency=agency)).delete()
        if recorded:
            Tally.objects.create(
                unit_id=unit, agency_id=agency, quarter=quarter, measure=measure, value=value,
                number=recorded,
            )  # fmt: skip


def attitudes_with_too_many() -> Iterator[str]:
    """Answers to scales are not kept, only that they were given: more than that is wrong."""
    given = {
        (row["attempt__quiz"], row["question"]): row["answers"]
        for row in Answer.objects.order_by()
        .values("attempt__quiz", "question")
        .annotate(answers=Count("pk"))
    }
    counted = Attitude.objects.order_by().values("quiz", "question").annotate(people=Sum("number"))
    for row in counted:
        answers = given.get((row["quiz"], row["question"]), 0)
        if row["people"] > answers:
            yield (
                f"attitude {row['question']}: counted {row['people']}, "
                f"but only {answers} have answered"
            )
