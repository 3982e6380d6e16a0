"""How long something takes and how many queries it asks, as a row of a table."""

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

RUNS = 30
_TRANSACTIONS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")
_OK = range(200, 400)


@dataclass(frozen=True)
class Measured:
    """Milliseconds at the median; `queries` are those that read or write."""

    queries: int
    cpu: float
    wall: float


def measure(calls: Iterable[Callable[[], Any]]) -> Measured:
    """The first call warms up, the second counts queries, the others are timed.

    Raises SystemExit for an answer that is none of success.
    """
    first, second, *others = calls
    _check(first())
    with CaptureQueriesContext(connection) as queries:
        _check(second())
    asked = [query["sql"] for query in queries if not query["sql"].startswith(_TRANSACTIONS)]
    cpu, wall = [], []
    for call in others:
        cpu_before, wall_before = time.process_time(), time.perf_counter()
        result = call()
        wall.append((time.perf_counter() - wall_before) * 1000)
        cpu.append((time.process_time() - cpu_before) * 1000)
        _check(result)

    return Measured(len(asked), statistics.median(cpu), statistics.median(wall))


def measure_again(call: Callable[[], Any], runs: int = RUNS) -> Measured:
    return measure([call] * (runs + 2))


def heading(title: str) -> None:
    print(f"\n{title:<44}{'queries':>8}{'CPU ms':>9}{'clock ms':>10}  limit")


def row(name: str, measured: Measured, limit: str = "") -> None:
    print(
        f"{name:<44}{measured.queries:>8}{measured.cpu:>9.1f}{measured.wall:>10.1f}  {limit}",
        flush=True,
    )


def _check(result: Any) -> None:
    status = getattr(result, "status_code", None)
    if status is not None and status not in _OK:
        raise SystemExit(f"{result.request['PATH_INFO']} answered {status}.")
