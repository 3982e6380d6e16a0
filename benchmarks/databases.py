"""An installation for a measurement: folder and database of its own, thrown away afterwards."""

import multiprocessing
import os
import secrets
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

import psycopg

# Created beside the database that is named, which is not touched.
NAME = "bench_snackan"

DEVELOPMENT = {"SNACKAN_ENV": "development"}
PRODUCTION = {
    "SNACKAN_ENV": "production",
    "SECRET_KEY": secrets.token_urlsafe(50),
    "ALLOWED_HOSTS": "127.0.0.1",
    "SSL_REDIRECT": "false",
    "EMAIL_URL": "console:",
}


def postgresql_url() -> str:
    """Where PostgreSQL is; empty where nobody has said."""
    names = ("BENCH_DATABASE_URL", "TEST_DATABASE_URL")
    return next((os.environ[name] for name in names if os.environ.get(name)), "")


def run_apart(part: str, kind: dict[str, str], url: str, *arguments: Any) -> None:
    """Runs `main` of a file here in a process with Django on a fresh installation.

    An empty `url` means SQLite. Raises SystemExit where the process fails.
    """
    _tidy_when_ended()
    with _installation(kind, url) as environment:
        process = multiprocessing.get_context("spawn").Process(
            target=_run, args=(part, environment, arguments)
        )
        process.start()
        try:
            process.join()
        finally:
            process.terminate()
            process.join()
    if process.exitcode:
        raise SystemExit(process.exitcode)


def _run(part: str, environment: dict[str, str], arguments: tuple[Any, ...]) -> None:
    _tidy_when_ended()
    os.environ.pop("DATABASE_URL", None)
    os.environ.pop("REDIS_URL", None)
    os.environ.update(environment)
    import django  # noqa: PLC0415  after the environment is set

    django.setup()
    import_module(f"benchmarks.{part}").main(*arguments)


def _tidy_when_ended() -> None:
    """Who is told to end throws away what was made first."""
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))


@contextmanager
def _installation(kind: dict[str, str], url: str) -> Iterator[dict[str, str]]:
    with tempfile.TemporaryDirectory(prefix="snackan-bench-") as folder:
        environment = {**kind, "DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "config.settings"}
        if not url:
            yield environment
            return
        _execute(url, f"DROP DATABASE IF EXISTS {NAME}")
        _execute(url, f"CREATE DATABASE {NAME}")
        try:
            yield {**environment, "DATABASE_URL": urlsplit(url)._replace(path=f"/{NAME}").geturl()}
        finally:
            _execute(url, f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")


def _execute(url: str, statement: str) -> None:
    where = urlsplit(url)._replace(scheme="postgresql")
    if where.path == f"/{NAME}":
        raise SystemExit(f"{NAME} is what is thrown away: name another database in the address.")
    with psycopg.connect(where.geturl(), autocommit=True) as connection:
        connection.execute(statement)
