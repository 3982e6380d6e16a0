"""What each kind of page costs, on a database with the starter content.

A table of SQL queries, weight over the wire (HTML, style sheets and scripts, compressed) and CPU
time of the server at the median of RUNS requests. CPU time and counts, not seconds on the clock:
machines are noisy.
"""

import gzip
import os
import platform
import re
import statistics
import sys
import time
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

RUNS = 30


def main() -> None:
    prepare()
    print_table()


def prepare() -> None:
    call_command("migrate", verbosity=0)
    started = time.process_time()
    call_command("load_content", stdout=sys.stderr)
    first = time.process_time() - started
    started = time.process_time()
    call_command("load_content", stdout=sys.stderr)
    second = time.process_time() - started
    settings.DEBUG = False
    print(f"First load of the content {first:.1f} s of CPU, second {second:.1f} s.\n")


def pages() -> list[tuple[str, str]]:
    """One address for each type of page in each language, and the search."""
    found: dict[tuple[str, str], str] = {}
    for page in Page.objects.live().filter(depth__gt=1).select_related("locale").order_by("path"):
        with translation.override(page.locale.language_code):
            key = (page.cached_content_type.model, page.locale.language_code)
            found.setdefault(key, page.get_url_parts()[2])
    rows = [(f"{model} {language}", url) for (model, language), url in found.items()]
    for language, word in (("sv", "trakasserier"), ("en", "harassment")):
        with translation.override(language):
            rows.append((f"search {language}", f"{reverse('search')}?q={word}"))
    return rows


def print_table() -> None:
    client = Client(headers={"host": "127.0.0.1"})
    static = sum(
        len(gzip.compress(Path(finders.find(name)).read_bytes()))
        for name in static_files(client.get("/sv/").content.decode())
    )
    print(f"{platform.machine()}, Python {platform.python_version()}, {os.cpu_count()} cores")
    print(f"Style sheets and scripts: {static / 1000:.1f} kB compressed\n")
    print(f"{'page':<36}{'queries':>8}{'kB':>8}{'CPU ms':>8}")
    for name, url in pages():
        queries, weight, milliseconds = measure(client, url)
        print(f"{name:<36}{queries:>8}{(weight + static) / 1000:>8.1f}{milliseconds:>8.1f}")


def static_files(html: str) -> list[str]:
    """The style sheets and scripts that a page asks for, and the modules that those import."""
    names = re.findall(r'(?:href|src)="/static/([^"]+\.(?:css|js))"', html)
    return [*names, "home/js/menu.js", "home/js/contents.js"]


def measure(client: Client, url: str) -> tuple[int, int, float]:
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)
    number = len(queries)
    times = []
    for _run in range(RUNS):
        started = time.process_time()
        client.get(url)
        times.append((time.process_time() - started) * 1000)
    return number, len(gzip.compress(response.content)), statistics.median(times)
