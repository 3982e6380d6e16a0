"""What happens at the same moment happens once, and is counted once, on either database.

Another process does it, with the settings of the suite and a copy of its database, so that nothing
is left behind: each request there has a thread and a connection of its own.
"""

import json
import os
import secrets
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection, connections
from django.db.models import Sum
from django.test import Client

from agencies.models import Agency, User
from courses.guest import Guest, to_token
from courses.management.commands.verify_counts import differences
from courses.models import (
    Answer,
    Attempt,
    Attitude,
    Certificate,
    Completion,
    Enrolment,
    Evaluation,
    Reflection,
    Tally,
    Unit,
)
from courses.quizzing import GuestQuiz
from courses.services.tallies import count_attitude
from home.permanent import permanent_id
from tests.courses import cast
from tests.courses.cast import LAW, NOW, SHARED, TRAINER, url

pytestmark = pytest.mark.django_db

Post = tuple[Client, str, dict[str, Any]]
Result = dict[str, Any]
RACES: dict[str, Callable[[], Result]] = {}
THREADS = 8


def race(run: Callable[[], Result]) -> Callable[[], Result]:
    RACES[run.__name__] = run
    return run


# -- in the other process: each race tells what came out of it -----------------------------------


def at_once(jobs: Sequence[Callable[[], Any]]) -> list[Any]:
    """All jobs begin in the same moment. What each gave, or the name of its fault."""
    gate = threading.Barrier(len(jobs))

    def run(job: Callable[[], Any]) -> Any:
        try:
            # Connects before the gate opens.
            Unit.objects.exists()
            gate.wait()
            return job()
        except Exception as fault:
            return f"{type(fault).__name__}: {fault}"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def post(posts: Sequence[Post]) -> list[Any]:
    """The statuses of posts that are sent in the same moment."""
    return at_once(
        [
            lambda client=client, to=to, sent=sent: client.post(to, sent).status_code
            for client, to, sent in posts
        ]
    )


def browsers(user: User, number: int = THREADS) -> list[Client]:
    made = [cast.browser(user) for _ in range(number)]
    for client in made:
        client.raise_request_exception = False
    return made


def module() -> Unit:
    return cast.unit(cast.module_page(SHARED))


def agency() -> Agency:
    return cast.agency(f"Myndigheten {secrets.token_hex(4)}")


@race
def two_last_lessons() -> Result:
    """The last two of a module that is the last of a course."""
    found, course = [], cast.unit(cast.course_page(TRAINER))
    *others, last = cast.modules_of(course)
    for _ in range(4):
        anna = cast.learner(agency())
        cast.begin(anna, course)
        for one in others:
            cast.complete(anna, one)
        cast.take_quiz(anna, last)
        *lessons, second, third = cast.lessons_of(last)
        for lesson in lessons:
            cast.read(anna, lesson)
        clients = browsers(anna, 2)
        statuses = post(
            [
                (client, url("lesson_done", lesson), {"course": permanent_id(course.key)})
                for client, lesson in zip(clients, (second, third), strict=True)
            ]
        )
        rows = Completion.objects.filter(user=anna)
        found.append([statuses, rows.filter(unit=last).count(), rows.filter(unit=course).count()])
    return {"found": found}


@race
def two_last_modules() -> Result:
    found, course = [], cast.unit(cast.course_page(TRAINER))
    first, *lasts = cast.modules_of(course)
    for _ in range(4):
        anna = cast.learner(agency())
        cast.begin(anna, course)
        cast.complete(anna, first)
        finals = []
        for one in lasts:
            cast.take_quiz(anna, one)
            *lessons, final = cast.lessons_of(one)
            for lesson in lessons:
                cast.read(anna, lesson)
            finals.append(final)
        pairs = zip(browsers(anna, 2), finals, strict=True)
        statuses = post([(client, url("lesson_done", lesson), {}) for client, lesson in pairs])
        rows = Completion.objects.filter(user=anna)
        found.append([statuses, rows.count(), rows.filter(unit=course).count()])
    return {"found": found}


@race
def starting() -> Result:
    anna = cast.learner(agency())
    sent = [(client, url("quiz", module()), {"action": "start"}) for client in browsers(anna)]
    return {
        "statuses": post(sent),
        "attempts": Attempt.objects.filter(user=anna).count(),
        "enrolments": Enrolment.objects.filter(user=anna).count(),
    }


@race
def answering() -> Result:
    """Each question in turn, the same answer from eight tabs; the last one hands it in."""
    anna = cast.learner(agency())
    cast.read_all(anna, module())
    attempt = cast.start(anna, module())
    clients, statuses = browsers(anna), []
    for question in cast.asked(attempt):
        sent = {
            **cast.right(question), "action": "answer", "attempt": str(attempt.key),
            "question": question.id,
        }  # fmt: skip
        statuses += post([(client, url("quiz", module()), sent) for client in clients])
    attempt.refresh_from_db()
    return {
        "statuses": sorted(set(statuses), key=str),
        "answers": Answer.objects.filter(attempt=attempt).count(),
        "asked": len(cast.asked(attempt)),
        "attitudes": Attitude.objects.get(agency=attempt.agency).number,
        "passed": attempt.passed,
        "completions": Completion.objects.filter(user=anna).count(),
    }


@race
def handing_in() -> Result:
    """Twice, and at the same time the answer that would have handed it in."""
    found = []
    for _ in range(4):
        anna = cast.learner(agency())
        cast.read_all(anna, module())
        attempt = cast.start(anna, module())
        *questions, last = cast.asked(attempt)
        for question in questions:
            cast.answer(anna, attempt, question, cast.right(question))
        key, address = {"attempt": str(attempt.key)}, url("quiz", module())
        answer = {**cast.right(last), **key, "question": last.id, "action": "answer"}
        one, two, three = browsers(anna, 3)
        submit = {**key, "action": "submit"}
        statuses = post([(one, address, submit), (two, address, submit), (three, address, answer)])
        attempt.refresh_from_db()
        found.append([statuses, attempt.passed, Completion.objects.filter(user=anna).count()])
    return {"found": found}


@race
def enrolling() -> Result:
    anna, course = cast.learner(agency()), cast.unit(cast.course_page(LAW))
    return {
        "statuses": post([(one, url("course_start", course), {}) for one in browsers(anna)]),
        "enrolments": Enrolment.objects.filter(user=anna).count(),
        "started": sum(Tally.objects.filter(unit=course).values_list("number", flat=True)),
    }


@race
def fifty_first_completions() -> Result:
    at, lessons = agency(), cast.lessons_of(module())
    people = [cast.learner(at) for _ in range(50)]
    for user in people:
        cast.take_quiz(user, module())
        for lesson in lessons[:-1]:
            cast.read(user, lesson)
    clients = [browsers(user, 1)[0] for user in people]
    gate = threading.Barrier(2 * THREADS)

    def run(some: list[Client]) -> list[int]:
        gate.wait()
        statuses = [one.post(url("lesson_done", lessons[-1])).status_code for one in some]
        connections.close_all()
        return statuses

    with ThreadPoolExecutor(2 * THREADS) as pool:
        parts = [clients[start :: 2 * THREADS] for start in range(2 * THREADS)]
        statuses = [status for part in pool.map(run, parts) for status in part]
    tallies = Tally.objects.filter(agency=at, unit=module(), measure="completed")
    return {
        "statuses": sorted(set(statuses)),
        "completions": Completion.objects.filter(unit=module(), agency=at).count(),
        "tallied": tallies.aggregate(all=Sum("number"))["all"],
    }


@race
def one_cell() -> Result:
    """Forty of the same kind, of which the first makes the row."""
    at, quiz = agency(), cast.quiz_of(module())

    def count() -> None:
        for _ in range(5):
            count_attitude(quiz, "question", at.pk, 3)

    faults = [fault for fault in at_once([count] * THREADS) if fault]
    return {"faults": faults, "number": Attitude.objects.get(agency=at).number}


@race
def certifying() -> Result:
    anna, course = cast.learner(agency()), cast.unit(cast.course_page(TRAINER))
    cast.complete_all(anna, course)
    end, scores = url("course_completed", course), dict.fromkeys(("useful", "clear"), "4")
    naming = [(one, end, {"certify": "1", "name": f"Anna {number}"})
              for number, one in enumerate(browsers(anna, 4))]  # fmt: skip
    scoring = [(one, end, {"evaluate": "1", "recommend": "3", **scores})
               for one in browsers(anna, 4)]  # fmt: skip
    mine = {"completion__user": anna}
    return {
        "statuses": sorted(set(post([*naming, *scoring])), key=str),
        "certificates": Certificate.objects.filter(**mine).exclude(file=None).count(),
        "evaluations": Evaluation.objects.filter(**mine).count(),
    }


@race
def renewing() -> Result:
    anna, course = cast.learner(agency()), cast.unit(cast.course_page(LAW))
    cast.complete_all(anna, course, NOW - 1000 * cast.DAY)
    sent = [(one, url("course_start", course), {"renew": "1"}) for one in browsers(anna)]
    return {
        "statuses": post(sent),
        "cycles": sorted(Enrolment.objects.filter(user=anna).values_list("cycle", flat=True)),
    }


@race
def noting() -> Result:
    anna, page = cast.learner(), cast.lesson_pages(cast.module_page(SHARED))[0]
    prompt = next(str(one.id) for one in page.body if one.block_type == "reflection")
    to = url("lesson_note", page)
    sent = [(one, to, {"prompt": prompt, "text": "Min"}) for one in browsers(anna)]
    return {"statuses": post(sent), "notes": Reflection.objects.filter(user=anna).count()}


def run_of(one: Unit) -> Guest:
    taking = GuestQuiz(Guest(), cast.quiz_of(one), "sv")
    taking.start(NOW)
    for question in taking.latest().asked:
        taking.answer(taking.latest().key, question.id, cast.right(question), NOW)
    return taking.guest


@race
def keeping() -> Result:
    """A class of one agency keeps at the same time what each has done in an order of their own."""
    at, statuses = agency(), []
    modules = cast.modules_of(cast.unit(cast.course_page(TRAINER)))
    lessons = frozenset(str(one.key) for unit in modules for one in cast.lessons_of(unit))
    people = []
    for _ in range(3):
        sent = []
        for number in range(THREADS):
            order = modules[number % 3 :] + modules[: number % 3]
            order = order[::-1] if number % 2 else order
            guest = Guest(lessons, tuple(run for one in order for run in run_of(one).runs))
            people.append(cast.learner(at))
            fields = {"progress": to_token(guest), "course": permanent_id(_course().key)}
            sent.append((browsers(people[-1], 1)[0], url("keep_progress"), fields))
        statuses += post(sent)
    return {
        "statuses": sorted(set(statuses), key=str),
        "completions": [Completion.objects.filter(user=user).count() for user in people],
    }


def _course() -> Unit:
    return cast.unit(cast.course_page(TRAINER))


@race
def keeping_the_same() -> Result:
    """One address, handed on to eight people, who keep it at the same time."""
    progress = to_token(run_of(module()))
    people = [cast.learner() for _ in range(THREADS)]
    sent = [(browsers(user, 1)[0], url("keep_progress"), {"progress": progress}) for user in people]
    return {
        "statuses": sorted(set(post(sent)), key=str),
        "attempts": Attempt.objects.filter(user__in=people).count(),
    }


@race
def tallies() -> Result:
    """The last of all: what the others left behind."""
    return {"differences": [str(one) for one in differences().items()]}


def main() -> None:
    results = {}
    for name, run in RACES.items():
        try:
            results[name] = run()
        except Exception as fault:
            results[name] = {"fault": f"{type(fault).__name__}: {fault}"}
    sys.stdout.write(json.dumps(results))


# -- in the suite --------------------------------------------------------------------------------


@contextmanager
def copied(folder: Path) -> Iterator[dict[str, str]]:
    """A copy of the suite's database; the environment in which the settings use it."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(folder / "snackan.sqlite3")) as copy:
            connection.connection.backup(copy)
        yield {"DATA_DIR": str(folder), "TEST_DATABASE_URL": ""}
        return
    name = f"{connection.settings_dict['NAME']}_races_{os.getpid()}"
    template = connection.settings_dict["NAME"]
    given = {
        key: connection.settings_dict[key.upper()] for key in ("host", "port", "user", "password")
    }
    # PostgreSQL copies what nobody is connected to.
    connection.close()
    with psycopg.connect(dbname="postgres", autocommit=True, **given) as server:
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        try:
            who = f"{given['user']}:{given['password']}".rstrip(":")
            yield {"TEST_DATABASE_URL": f"postgres://{who}@{given['host']}:{given['port']}/{name}"}
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="module")
def results(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Result]:
    command = "import django; django.setup(); from tests.courses import test_races as t; t.main()"
    with django_db_blocker.unblock(), copied(tmp_path_factory.mktemp("races")) as environment:
        done = subprocess.run(  # noqa: S603  our own words
            [sys.executable, "-c", command],
            cwd=settings.BASE_DIR,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.test_settings", **environment},
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    found: dict[str, Result] = json.loads(done.stdout)
    return found


GONE_ON = [302] * THREADS


def test_two_last_lessons_at_once_complete_the_module_and_the_course_once(
    results: dict[str, Result],
) -> None:
    assert results["two_last_lessons"] == {"found": [[[302, 302], 1, 1]] * 4}


def test_two_last_modules_at_once_complete_the_course_once(results: dict[str, Result]) -> None:
    assert results["two_last_modules"] == {"found": [[[302, 302], 4, 1]] * 4}


def test_eight_beginnings_of_a_quiz_are_one_attempt(results: dict[str, Result]) -> None:
    assert results["starting"] == {"statuses": GONE_ON, "attempts": 1, "enrolments": 1}


def test_an_answer_from_eight_tabs_is_one_answer(results: dict[str, Result]) -> None:
    found = results["answering"]
    assert found.pop("answers") == found.pop("asked")
    assert found == {"statuses": [302], "attitudes": 1, "passed": True, "completions": 1}


def test_an_attempt_is_handed_in_once_whatever_comes_first(results: dict[str, Result]) -> None:
    """The last question may come too late to count; one mistake in nine is a pass all the same."""
    for statuses, passed, completions in results["handing_in"]["found"]:
        assert (statuses, passed, completions) == ([302, 302, 302], True, 1)


def test_eight_beginnings_of_a_course_are_one(results: dict[str, Result]) -> None:
    assert results["enrolling"] == {"statuses": GONE_ON, "enrolments": 1, "started": 1}


def test_fifty_completions_at_once_are_counted_fifty_times(results: dict[str, Result]) -> None:
    found = results["fifty_first_completions"]
    assert found == {"statuses": [302], "completions": 50, "tallied": 50}


def test_a_cell_that_many_add_to_at_once_misses_nobody(results: dict[str, Result]) -> None:
    assert results["one_cell"] == {"faults": [], "number": 5 * THREADS}


def test_there_is_one_certificate_and_one_evaluation(results: dict[str, Result]) -> None:
    found = results["certifying"]
    assert found == {"statuses": [302], "certificates": 1, "evaluations": 1}


def test_a_course_is_renewed_once(results: dict[str, Result]) -> None:
    units = 5
    assert results["renewing"] == {"statuses": GONE_ON, "cycles": [1] * units + [2] * units}


def test_a_note_that_is_saved_eight_times_is_one_note(results: dict[str, Result]) -> None:
    assert results["noting"] == {"statuses": GONE_ON, "notes": 1}


def test_a_class_that_keeps_its_progress_at_once_waits_in_no_circle(
    results: dict[str, Result],
) -> None:
    assert results["keeping"] == {"statuses": [302], "completions": [4] * 3 * THREADS}


def test_an_attempt_that_eight_people_keep_at_once_belongs_to_one(
    results: dict[str, Result],
) -> None:
    assert results["keeping_the_same"] == {"statuses": [302], "attempts": 1}


def test_after_all_races_every_tally_is_exact(results: dict[str, Result]) -> None:
    assert results["tallies"] == {"differences": []}
