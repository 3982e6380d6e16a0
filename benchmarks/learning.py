"""What learning costs: saving, pages, reports and grading again, on a generated installation.

Counts and CPU time, not only seconds on the clock: machines are noisy. CPU time is that of this
process; what PostgreSQL itself needs is only in the time on the clock.
"""

import random
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from agencies.models import Agency, User
from benchmarks.material import Material, turned_quiz
from benchmarks.measuring import RUNS, Measured, heading, measure, measure_again, row
from benchmarks.prepare import counts_fit, nearly_finished, prepare
from benchmarks.reports import measure_reports
from benchmarks.responses import some_response
from benchmarks.serving import WORKERS, Browser, cookie_of, post, served, signed_in
from benchmarks.size import Size
from courses.domain.answers import as_fields
from courses.domain.changes import ChangeKind
from courses.domain.drawing import drawn
from courses.domain.spec import Scale
from courses.models import Attempt, CoursePage, LessonPage, ModulePage, Unit
from courses.services.enrolling import enrol
from courses.services.regrading import dry_run
from courses.versions import compiled_quiz
from home.permanent import permanent_id

LANGUAGE = "sv"
Fields = dict[str, Any]
SAVING_LIMIT, PAGE_LIMIT = "13 ms", "12 queries"
HAMMERING_SECONDS = 10


@dataclass(frozen=True)
class Saver:
    user: User
    client: Client


def main(size: Size, content: str) -> None:
    material = prepare(content, size, timezone.now())
    print(f"Tallies fit the records (verify_counts): {counts_fit()}")
    with translation.override(LANGUAGE):
        savers = _savers(material)
        _saving(material, savers)
        _pages(material, savers[0])
        measure_reports()
        _regrading(material)
        _serving(savers[0])
    print(f"\nTallies fit the records afterwards: {counts_fit()}", flush=True)


def _savers(material: Material) -> list[Saver]:
    users = nearly_finished("saver", RUNS + 2, material, Agency.objects.earliest("pk"))
    return [Saver(user, signed_in(user)) for user in users]


def _saving(material: Material, savers: list[Saver]) -> None:
    heading("saving, at the median of a request")
    quiz = _quiz_url(material)
    one, other = (
        reverse("lesson_done", args=[permanent_id(lesson.key)])
        for lesson in material.quizzed.lessons
    )
    nothing: list[Fields] = [{}] * len(savers)
    start: list[Fields] = [{"action": "start"}] * len(savers)
    row("lesson done, and the module begun", _posted(savers, one, nothing), SAVING_LIMIT)
    row("lesson done", _posted(savers, other, nothing), SAVING_LIMIT)
    row("lesson done, sent again", _posted(savers, other, nothing), SAVING_LIMIT)
    row("quiz begun", _posted(savers, quiz, start))
    answers = [list(_answers(saver.user)) for saver in savers]
    row("answer saved", _posted(savers, quiz, [own[0] for own in answers]), SAVING_LIMIT)
    row("attitude saved", _posted(savers, quiz, [own[1] for own in answers]), SAVING_LIMIT)
    for saver, own in zip(savers, answers, strict=True):
        for fields in own[2:-1]:
            post(saver.client, quiz, fields)
    last = [own[-1] for own in answers]
    row("last answer: module and course done", _posted(savers, quiz, last), SAVING_LIMIT)


def _posted(savers: list[Saver], url: str, fields: list[Fields]) -> Measured:
    """Of each saver once."""
    return measure(
        [partial(post, saver.client, url, own) for saver, own in zip(savers, fields, strict=True)]
    )


def _answers(user: User) -> Iterator[Fields]:
    """The right ones to all questions of the attempt that is open, as fields of forms; the
    attitude, which costs more, is the second."""
    attempt = Attempt.objects.select_related("version").get(user=user, submitted_at=None)
    spec = compiled_quiz(attempt.version).structure
    asked = drawn(spec, attempt.seed)
    graded = [one for one in asked if not isinstance(one, Scale)]
    attitudes = [one for one in asked if isinstance(one, Scale)]
    for question in (graded[0], *attitudes, *graded[1:]):
        response = some_response(question, random.Random(1), skill=1)  # noqa: S311  no secrets
        yield {
            "action": "answer",
            "attempt": str(attempt.key),
            "question": question.id,
            **as_fields(question, response),
        }


def _quiz_url(material: Material) -> str:
    return reverse("quiz", args=[permanent_id(material.quizzed.unit.key)])


def _pages(material: Material, saver: Saver) -> None:
    """Of the content, whatever it is: the first page of each kind."""
    heading("pages for who is signed in")
    now, client = timezone.now(), saver.client
    for kind in (CoursePage, ModulePage, LessonPage):
        page = _first(kind)
        if kind is not LessonPage:
            unit = Unit.objects.get(key=page.translation_key)
            enrol(user=saver.user, unit=unit, language=LANGUAGE, now=now)
        url = page.get_url_parts()[2]
        row(kind.__name__, measure_again(lambda url=url: client.get(url)), PAGE_LIMIT)
    url = _quiz_url(material)
    row("result of a quiz", measure_again(lambda: client.get(f"{url}?result=1")), PAGE_LIMIT)
    post(client, url, {"action": "start"})
    row("question of a quiz", measure_again(lambda: client.get(url)), PAGE_LIMIT)
    mine = reverse("my_courses")
    row("my courses", measure_again(lambda: client.get(mine)), PAGE_LIMIT)


def _first(kind: type[CoursePage | ModulePage | LessonPage]) -> CoursePage:
    return kind.objects.live().filter(locale__language_code=LANGUAGE).order_by("path")[0]


def _regrading(material: Material) -> None:
    heading("grading again, tried without writing")
    new, kinds = turned_quiz(), (ChangeKind.REGRADE,)
    effect = dry_run(material.quiz, new, kinds)[ChangeKind.REGRADE]
    attempts = Attempt.objects.filter(quiz=material.quiz).exclude(submitted_at=None).count()
    row(
        f"{attempts} attempts, of which {effect.changed} change",
        measure_again(lambda: dry_run(material.quiz, new, kinds), runs=5),
        "2000 ms",
    )


def _serving(saver: Saver) -> None:
    """A course's page, signed in, as often as gunicorn gives it."""
    url = _first(CoursePage).get_url_parts()[2]
    cookie = cookie_of(saver.client)
    with served() as server:
        before, started = server.cpu_seconds(), time.perf_counter()
        statuses: list[int] = []

        def ask() -> None:
            browser = Browser(server.port, cookie)
            while time.perf_counter() - started < HAMMERING_SECONDS:
                statuses.append(browser.get(url).status)

        threads = [threading.Thread(target=ask) for _thread in range(WORKERS * 2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds, cpu = time.perf_counter() - started, server.cpu_seconds() - before
    wrong = sum(status != 200 for status in statuses)
    print(
        f"\nCourse page over gunicorn, {WORKERS} workers, signed in: "
        f"{len(statuses) / seconds:.0f} requests/s (limit 50), {wrong} errors, "
        f"{cpu / len(statuses) * 1000:.1f} ms of CPU each: "
        f"{WORKERS * len(statuses) / cpu:.0f} a second from {WORKERS} cores of their own",
        flush=True,
    )
