from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from home.packs.errors import PackError
from home.packs.load import load_pack
from home.packs.report import Outcome

_ALWAYS_TOLD = (Outcome.EDITED, Outcome.DELETED, Outcome.GONE)


class Command(BaseCommand):
    help = "Loads a content pack: new and changed pages and registers, in one transaction."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=settings.CONTENT_DIR)
        parser.add_argument("--dry-run", action="store_true", help="show what it would do")

    def handle(self, *args: Any, folder: Path, dry_run: bool, **options: Any) -> None:
        try:
            report = load_pack(folder, dry_run=dry_run)
        except PackError as error:
            raise CommandError(f"{error}\nNothing has been changed.") from error
        for outcome in Outcome:
            if outcome in _ALWAYS_TOLD or (dry_run and outcome is not Outcome.UNCHANGED):
                for key in report.keys(outcome):
                    self.stdout.write(f"  {key}: {outcome}")
        counts = ", ".join(f"{report.count(outcome)} {outcome.name.lower()}" for outcome in Outcome)
        would = "Would load" if dry_run else "Loaded"
        self.stdout.write(f"{would} {folder.name}: {counts}.")
