"""Runs races on a database of its own and prints what was left: `python -m tests.courses.racing`.

A race is the same step by several threads that a barrier lets go at once, each with a connection
of its own, as two tabs or two devices are. Needs DATA_DIR, or DATABASE_URL of an empty database.
"""

import json
import os
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

THREADS = 8
ROUNDS = 4
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def at_once(*steps: Callable[[], object]) -> list[str]:
    """Runs the steps side by side; the errors that came of it."""
    from django.db import connection  # noqa: PLC0415  Django is set up in main

    barrier, errors = threading.Barrier(len(steps)), list[str]()

    def run(step: Callable[[], object]) -> None:
        barrier.wait()
        try:
            step()
        except Exception as error:  # the test is told of any
            errors.append(repr(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(step,)) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django  # noqa: PLC0415

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    from tests.courses.races import RACES  # noqa: PLC0415

    print(
        json.dumps({name: [race(turn) for turn in range(ROUNDS)] for name, race in RACES.items()})
    )


def later(minutes: int) -> datetime:
    return NOW + timedelta(minutes=minutes)


if __name__ == "__main__":
    main()
