import os
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.test import Client

from home.demo import ACCOUNTS, PASSWORD, make_demo_accounts


class Command(BaseCommand):
    """What `make run` does once everything is installed; safe to run again."""

    help = "Migrates, loads the content, makes demo accounts (in DEBUG) and serves the site."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument(
            "--since", type=float, default=time.time(), help="when it all began, in Unix seconds"
        )

    def handle(self, *args: Any, port: int, since: float, **options: Any) -> None:
        # The reloader starts the whole command again; the site is then already prepared.
        if os.environ.get("RUN_MAIN") != "true":
            self._prepare()
            self._say_where(f"http://127.0.0.1:{port}", time.time() - since)
        os.environ["DJANGO_RUNSERVER_HIDE_WARNING"] = "true"
        call_command("runserver", f"127.0.0.1:{port}")

    def _prepare(self) -> None:
        call_command("migrate", verbosity=0)
        call_command("load_content", stdout=self.stdout)
        if settings.DEBUG:
            make_demo_accounts()
        # The first page, once, so that the first visitor does not wait for templates to be read.
        Client(headers={"host": "127.0.0.1"}).get(f"/{settings.LANGUAGE_CODE}/")

    def _say_where(self, address: str, seconds: float) -> None:
        lines = [
            "",
            f"Snäckan is ready, {seconds:.0f} seconds after the command was given.",
            "",
            f"  Swedish  {address}/sv/",
            f"  English  {address}/en/",
            f"  Admin    {address}/admin/",
        ]
        if settings.DEBUG:
            lines += ["", f"Demo accounts, password {PASSWORD}:", ""]
            lines += [f"  {account.role:<14} {account.email}" for account in ACCOUNTS]
        lines += ["", "Stop with Ctrl+C.", ""]
        self.stdout.write("\n".join(lines))
