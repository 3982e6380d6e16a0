"""What reports cost, for who sees them exactly and for who sees them protected."""

import tracemalloc
from functools import partial

from django.core.cache import cache
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies.models import Agency, Role, User
from benchmarks.measuring import heading, measure_again, row
from benchmarks.people import join, make_users
from benchmarks.serving import signed_in

RUNS = 10
LIMIT, FILE_LIMIT = "100 ms", "4000 ms"


def measure_reports() -> None:
    administrator, editor = make_users("reader", 2)
    agency = Agency.objects.filter(key__startswith="bench-").earliest("pk")
    today = timezone.localdate()
    join([administrator], agency, Role.ADMINISTRATOR, today)
    join([editor], agency, Role.EDITOR, today)
    _measure("administrator, exact", administrator, agency)
    _measure("editor, protected", editor, agency)


def _measure(who: str, user: User, agency: Agency) -> None:
    client = signed_in(user)
    heading(f"reports: {who}")
    year = f"?year={timezone.localdate().year - 1}"
    for name, view, arguments, query, limit in (
        ("overview of all agencies", "reports", [], "", LIMIT),
        ("overview of a year", "reports", [], year, ""),
        ("overview by quarter", "reports", [], "?by=quarter", ""),
        ("modules, by agency", "reports", [], "?kind=module", ""),
        ("one agency", "report_agency", [agency.key], "", ""),
        ("overview as CSV", "reports_csv", [], "", ""),
        ("overview as XLSX", "reports_xlsx", [], "", ""),
    ):
        path = reverse(view, args=arguments) + query
        row(name, measure_again(partial(_afresh, client, path), RUNS), limit)
    path = reverse("reports")
    row("overview of all agencies, remembered", measure_again(partial(client.get, path), RUNS))
    _file(client, "everything as CSV", "reports_everything", FILE_LIMIT)
    if user.memberships.filter(role=Role.ADMINISTRATOR).exists():
        _file(client, "all completions as CSV", "reports_completions", FILE_LIMIT)


def _afresh(client: Client, path: str) -> HttpResponseBase:
    """With nothing remembered, and read to the end where it is streamed."""
    cache.clear()
    response = client.get(path)
    for _part in response if response.streaming else ():
        pass
    return response


def _file(client: Client, name: str, view: str, limit: str) -> None:
    """Once for the time, and once more for the memory, which slows it down."""
    path = reverse(view)
    row(name, measure_again(partial(_afresh, client, path), runs=2), limit)
    tracemalloc.start()
    response = client.get(path)
    size, largest = 0, 0
    tracemalloc.reset_peak()
    before = tracemalloc.get_traced_memory()[0]
    for part in response:
        size, largest = size + len(part), max(largest, len(part))
    peak = tracemalloc.get_traced_memory()[1] - before
    tracemalloc.stop()
    print(
        f"  {size / 1e6:.1f} MB in parts of at most {largest / 1e3:.0f} kB; "
        f"at most {peak / 1e6:.1f} MB of memory more while it is streamed",
        flush=True,
    )
