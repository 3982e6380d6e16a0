"""The same step in two tabs, on two devices or pressed twice, at the very same moment.

In a process and a database of its own, since the tests' own is one transaction. On SQLite, and on
PostgreSQL where the suite runs there.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dj_database_url
import psycopg
import pytest
from django.conf import settings

from tests.courses.racing import ROUNDS, THREADS

Outcomes = dict[str, list[dict[str, Any]]]
NAME = f"snackan_races_{os.getpid()}"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment variables of an empty database."""
    url = os.environ.get("TEST_DATABASE_URL", "")
    if not url:
        yield {"DATA_DIR": str(tmp_path)}
        return
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {NAME}")
        name = dj_database_url.parse(url)["NAME"]
        yield {"DATABASE_URL": url.replace(f"/{name}", f"/{NAME}")}
        connection.execute(f"DROP DATABASE {NAME} WITH (FORCE)")


@pytest.fixture
def outcomes(database: dict[str, str]) -> Outcomes:
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.courses.racing"],
        env=os.environ | database,
        cwd=Path(settings.BASE_DIR),
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    left: Outcomes = json.loads(run.stdout)
    return left


def test_nothing_is_lost_doubled_or_refused(outcomes: Outcomes) -> None:
    expected: dict[str, dict[str, Any]] = {
        "two_last_lessons": {"completions": ["course", "module"]},
        "many_beginnings": {"enrolments": 1, "counted": 1},
        "one_lesson_many_times": {"lessons": 1},
        "many_starts": {"attempts": 1},
        "one_answer_many_times": {"answers": 1},
        "last_answers_and_handing_in": {"points_fit": True, "completions_fit": True},
        "a_crowd": {"counted": THREADS},
    }
    assert outcomes == {race: [{"errors": [], **left}] * ROUNDS for race, left in expected.items()}
