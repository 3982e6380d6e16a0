import os
import socket
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.test import Client

from home.demo import ACCOUNTS, PASSWORD, make_demo


class Command(BaseCommand):
    """What `make run` does once everything is installed; safe to run again."""

    help = "Migrates, loads the content, makes the demo accounts and serves the site on 127.0.0.1."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument(
            "--since", type=float, default=time.time(), help="when it all began, in Unix seconds"
        )

    def handle(self, *args: Any, port: int, since: float, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError(
                "This is for trying the site; docs/operations.md tells how to serve it."
            )
        _refuse_taken(port)
        call_command("migrate", verbosity=0)
        call_command("load_content", stdout=self.stdout)
        make_demo()
        _open_first_page()
        self._say_where(f"http://127.0.0.1:{port}", time.time() - since)
        os.environ["DJANGO_RUNSERVER_HIDE_WARNING"] = "true"
        call_command("runserver", f"127.0.0.1:{port}", use_reloader=False, skip_checks=True)

    def _say_where(self, address: str, seconds: float) -> None:
        accounts = [f"  {account.role:<20} {account.email}" for account in ACCOUNTS]
        lines = [
            "",
            f"Snäckan is ready, {seconds:.0f} seconds after the command was given.",
            "",
            f"  Swedish  {address}/sv/",
            f"  English  {address}/en/",
            f"  Admin    {address}/admin/",
            "",
            f"Demo accounts: sign in at {address}/sv/konto/ with the code that is printed here,",
            f"the first two in the admin with the password {PASSWORD}:",
            "",
            *accounts,
            "",
        ]
        self.stdout.write("\n".join(lines))


def _refuse_taken(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError) as error:
            raise CommandError(
                f"Port {port} cannot be used ({error}). Take another: make run PORT=8010"
            ) from error


def _open_first_page() -> None:
    """Reads templates and translations, so that the first visitor does not wait for them."""
    Client(headers={"host": "127.0.0.1"}).get(f"/{settings.LANGUAGE_CODE}/")
