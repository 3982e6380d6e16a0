"""`make bench`: what each kind of page costs, on a database of its own with the starter content.

Prints a table: SQL queries, weight over the wire (HTML, style sheets and scripts, compressed),
and CPU time of the server at the median of RUNS requests. CPU time and counts, not seconds on the
clock: machines are noisy.
"""

import gzip
import os
import platform
import statistics
import sys
import tempfile
import time

import django

RUNS = 30


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATA_DIR"] = folder
        django.setup()
        prepare()
        print_table()


def prepare() -> None:
    from django.conf import settings
    from django.core.management import call_command

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
    from django.urls import reverse
    from django.utils import translation
    from wagtail.models import Page

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
    from django.contrib.staticfiles import finders
    from django.test import Client

    client = Client(headers={"host": "127.0.0.1"})
    static = sum(
        len(gzip.compress(open(finders.find(name), "rb").read()))  # noqa: SIM115
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
    import re

    names = re.findall(r'(?:href|src)="/static/([^"]+\.(?:css|js))"', html)
    return [*names, "home/js/menu.js", "home/js/contents.js"]


def measure(client: object, url: str) -> tuple[int, int, float]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)  # type: ignore[attr-defined]
    number = len(queries)
    times = []
    for _run in range(RUNS):
        started = time.process_time()
        client.get(url)  # type: ignore[attr-defined]
        times.append((time.process_time() - started) * 1000)
    return number, len(gzip.compress(response.content)), statistics.median(times)


if __name__ == "__main__":
    main()
