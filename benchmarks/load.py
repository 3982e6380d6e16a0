"""Many learners at once against gunicorn: everything is sent twice, some of it at the same time.

Each does the last lessons of a course, then its quiz again and again until the time is over. All
that the server has acknowledged must be in the tables afterwards, once. Only on 127.0.0.1.
"""

import random
import re
import statistics
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils import timezone, translation

from agencies.models import Agency
from benchmarks.lasting import Said, losses
from benchmarks.material import Material, quiz_spec
from benchmarks.prepare import counts_fit, nearly_finished, prepare
from benchmarks.responses import some_response
from benchmarks.serving import THREADS, WORKERS, Answered, Browser, cookie_of, served, signed_in
from benchmarks.size import Size
from courses.domain.answers import as_fields
from home.permanent import permanent_id

SIZE = Size(agencies=20, learners=200, completions=2_000, attempts=100)
AT_ONCE, HANDS_IN_EARLY, SKILL = 0.2, 0.2, 0.9
MOST_ROUNDS, MOST_QUESTIONS = 1_000, 60
Pairs = list[tuple[str, str]]


def main(learners: int, seconds: int, content: str) -> None:
    material = prepare(content, SIZE, timezone.now())
    users = nearly_finished("crowd", learners, material, Agency.objects.latest("pk"))
    cookies = [cookie_of(signed_in(user)) for user in users]
    with served() as server:
        crowd = [
            Learner(server.port, cookie, material, seconds, seed)
            for seed, cookie in enumerate(cookies)
        ]
        before, started = server.cpu_seconds(), time.perf_counter()
        for one in crowd:
            one.start()
        for one in crowd:
            one.join()
        cpu, took = server.cpu_seconds() - before, time.perf_counter() - started
        log = server.errors()
    _print(crowd, took, cpu, log)
    said = {user.pk: one.said for user, one in zip(users, crowd, strict=True)}
    for name, number in losses(material, said).items():
        print(f"  {name:<52}{number:>8}")
    print(f"  tallies fit the records (verify_counts): {counts_fit()}", flush=True)


class Learner(threading.Thread):
    """Begins no quiz when the seconds are over, and ends the one that is begun, unless that takes
    as long again."""

    def __init__(
        self, port: int, cookie: str, material: Material, seconds: float, seed: int
    ) -> None:
        super().__init__(daemon=True)
        self.port, self.cookie = port, cookie
        self.until = time.monotonic() + seconds
        self.latest = self.until + seconds
        self.chance = random.Random(seed)  # noqa: S311  no secrets
        self.questions = {question.id: question for question in quiz_spec().questions}
        with translation.override("sv"):
            self.quiz = reverse("quiz", args=[permanent_id(material.quizzed.unit.key)])
            self.begin = reverse("course_start", args=[permanent_id(material.courses[0].unit.key)])
            self.lessons = {
                lesson.pk: reverse("lesson_done", args=[permanent_id(lesson.key)])
                for lesson in material.quizzed.lessons
            }
        self.said = Said()
        self.errors: list[str] = []
        self.posts = self.at_once = 0
        self.times: list[float] = []

    def run(self) -> None:
        self._send(self.begin, [])
        for pk, url in self.lessons.items():
            if self._send(url, []):
                self.said.lessons.add(pk)
        for _round in range(MOST_ROUNDS):
            self._take_quiz()
            if time.monotonic() > self.until:
                return

    def _take_quiz(self) -> None:
        self.said.begun += self._send(self.quiz, [("action", "start")])
        attempt = ""
        for _question in range(MOST_QUESTIONS):
            page = self._get(self.quiz)
            found = dict(_HIDDEN.findall(page.body)) if page else {}
            if "question" not in found or time.monotonic() > self.latest:
                break
            attempt, question = found["attempt"], found["question"]
            if self.chance.random() < HANDS_IN_EARLY / len(self.questions):
                break
            response = some_response(self.questions[question], self.chance, SKILL)
            fields = as_fields(self.questions[question], response)
            pairs = [(name, value) for name, values in fields.items() for value in values]
            if self._send(self.quiz, [("action", "answer"), *_named(attempt, question), *pairs]):
                self.said.answers.add((attempt, question))
        if attempt and self._send(self.quiz, [("action", "submit"), *_named(attempt)]):
            self.said.submitted.add(attempt)

    def _send(self, url: str, fields: Pairs) -> bool:
        """Twice, now and then at the same time, and follows; whether the server took it."""
        self.posts += 2
        if self.chance.random() < AT_ONCE:
            self.at_once += 1
            with ThreadPoolExecutor(2) as pool:
                answers = list(pool.map(lambda _copy: self._ask(url, fields), range(2)))
        else:
            answers = [self._ask(url, fields) for _copy in range(2)]
        where = urlsplit(next((one.location for one in answers if one and one.location), ""))
        if where.path:
            self._get(where._replace(scheme="", netloc="").geturl())
        return any(answers)

    def _get(self, url: str) -> Answered | None:
        return self._ask(url, None)

    def _ask(self, url: str, fields: Pairs | None) -> Answered | None:
        """None for an answer that tells of an error, which is noted."""
        browser = Browser(self.port, self.cookie)
        try:
            answer = browser.get(url) if fields is None else browser.post(url, fields)
        except (OSError, HTTPException) as error:
            self.errors.append(f"{type(error).__name__}: {error}")
            return None
        finally:
            self.times += browser.sent
        if answer.status >= 400:
            self.errors.append(f"{answer.status} {url}")
            return None
        return answer


# Fields that hold a value, the way the quiz writes them.
_HIDDEN = re.compile(r'<input type="hidden" name="(attempt|question)" value="([^"]+)">')


def _named(attempt: str, question: str = "") -> Iterator[tuple[str, str]]:
    yield "attempt", attempt
    if question:
        yield "question", question


def _print(crowd: list[Learner], seconds: float, cpu: float, log: str) -> None:
    times = sorted(value for one in crowd for value in one.times)
    errors = [error for one in crowd for error in one.errors]
    print(
        f"\n{len(crowd)} learners at once for {seconds:.0f} s, gunicorn with "
        f"{WORKERS} workers of {THREADS} threads\n"
        f"  {len(times)} requests, {len(times) / seconds:.0f} a second, "
        f"{cpu / max(1, len(times)) * 1000:.1f} ms of CPU each; on the clock "
        f"{statistics.median(times) * 1000:.0f} ms at the median, "
        f"{times[len(times) * 95 // 100] * 1000:.0f} at 95 of 100, {times[-1] * 1000:.0f} at most\n"
        f"  {sum(one.posts for one in crowd)} posts, "
        f"{sum(one.at_once for one in crowd)} pairs of them at the same time\n"
        f"  {'HTTP errors':<52}{len(errors):>8}"
    )
    for error in sorted(set(errors))[:10]:
        print(f"    {error}")
    if log.strip():
        print(f"  The server's log ends with:\n{log}")
