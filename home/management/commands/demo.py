from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from home.demo import PASSWORD, make_demo


class Command(BaseCommand):
    help = "Makes the demo accounts and a little activity; only where DEBUG is on."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("Demo accounts have a known password; they are made in DEBUG only.")
        for account in make_demo():
            self.stdout.write(f"{account.role:<20} {account.email}  {PASSWORD}")
