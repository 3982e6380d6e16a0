"""What happens at the same moment happens once, and is counted once, on either database.

Another process does it, with the settings of the suite and a copy of its database, so that nothing
is left behind: each request there has a thread and a connection of its own.
"""

import json
import os
import secrets
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.db.models import Sum
from django.test import Client

from agencies.models import Agency, User
from courses.domain.spec import Choice, gradable
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
from courses.services.tallies import count_attitude
from home.permanent import permanent_id
from tests.courses import cast
from tests.courses.cast import LAW, NOW, SHARED, TRAINER, at_once, copied, post, url

pytestmark = pytest.mark.django_db

Result = dict[str, Any]
RACES: dict[str, Callable[[], Result]] = {}
THREADS = 8


def race(run: Callable[[], Result]) -> Callable[[], Result]:
    RACES[run.__name__] = run
    return run


# -- in the other process: each race tells what came out of it -----------------------------------


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
        "unanswered": len(cast.asked(attempt)) - attempt.answers.count(),
        "attitudes": Attitude.objects.get(agency=attempt.agency).number,
        "passed": attempt.passed,
        "completions": Completion.objects.filter(user=anna).count(),
    }


@race
def choosing() -> Result:
    """Each tab has chosen another option."""
    anna = cast.learner()
    attempt = cast.start(anna, module())
    question = next(one for one in cast.asked(attempt) if isinstance(one, Choice))
    fields = {"action": "answer", "attempt": str(attempt.key), "question": question.id}
    options = [option.id for option in question.options] * THREADS
    sent = [(client, url("quiz", module()), {**fields, question.id: option})
            for client, option in zip(browsers(anna), options, strict=False)]  # fmt: skip
    return {"statuses": post(sent), "answers": attempt.answers.count()}


@race
def handing_in() -> Result:
    """Twice, and at the same time the answer that would have handed it in, or that comes late."""
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
        answered = Answer.objects.filter(attempt=attempt, question=last.id).exists()
        lost = 0 if answered else len(list(gradable((last,))))
        completions = Completion.objects.filter(user=anna).count()
        fits = attempt.points == attempt.most - lost
        found.append([statuses, fits, completions == attempt.passed])
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


@race
def keeping() -> Result:
    """A class of one agency keeps at the same time what each has done in an order of their own."""
    at, statuses, course = agency(), [], cast.unit(cast.course_page(TRAINER))
    modules, people, code = cast.modules_of(course), [], permanent_id(course.key)
    lessons = frozenset(str(one.key) for unit in modules for one in cast.lessons_of(unit))
    for done in (lessons, frozenset(), frozenset()):
        sent = []
        for number in range(THREADS):
            order = modules[number % 3 :] + modules[: number % 3]
            order = order[::-1] if number % 2 else order
            guest = Guest(done, tuple(cast.run_at(one) for one in order))
            people.append(cast.learner(at))
            fields = {"progress": to_token(guest), "course": code if done else ""}
            sent.append((browsers(people[-1], 1)[0], url("keep_progress"), fields))
        statuses += post(sent)
    return {
        "statuses": sorted(set(statuses), key=str),
        "attempts": [Attempt.objects.filter(user=user).count() for user in people],
        "completions": [Completion.objects.filter(user=user).count() for user in people],
    }


@race
def keeping_the_same() -> Result:
    """One address, handed on to eight people, who keep it at the same time."""
    progress = to_token(Guest().with_run(cast.run_at(module())))
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
# What is left of each race, in the order in which they are run.
LEFT: dict[str, Result] = {
    "two_last_lessons": {"found": [[[302, 302], 1, 1]] * 4},
    "two_last_modules": {"found": [[[302, 302], 4, 1]] * 4},
    "starting": {"statuses": GONE_ON, "attempts": 1, "enrolments": 1},
    "answering": {
        "statuses": [302], "unanswered": 0, "attitudes": 1, "passed": True, "completions": 1,
    },
    "choosing": {"statuses": GONE_ON, "answers": 1},
    "handing_in": {"found": [[[302] * 3, True, True]] * 4},
    "enrolling": {"statuses": GONE_ON, "enrolments": 1, "started": 1},
    "fifty_first_completions": {"statuses": [302], "completions": 50, "tallied": 50},
    "one_cell": {"faults": [], "number": 5 * THREADS},
    "certifying": {"statuses": [302], "certificates": 1, "evaluations": 1},
    "renewing": {"statuses": GONE_ON, "cycles": [1] * 5 + [2] * 5},
    "noting": {"statuses": GONE_ON, "notes": 1},
    "keeping": {
        "statuses": [302], "attempts": [3] * 3 * THREADS,
        "completions": [4] * THREADS + [0] * 2 * THREADS,
    },
    "keeping_the_same": {"statuses": [302], "attempts": 1},
    "tallies": {"differences": []},
}  # fmt: skip


@pytest.mark.parametrize("name", RACES)
def test_nothing_is_lost_doubled_or_refused(results: dict[str, Result], name: str) -> None:
    assert results[name] == LEFT[name]
