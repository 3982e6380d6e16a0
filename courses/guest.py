"""What somebody without an account has done so far: in the address, and nowhere else.

Nothing is stored about guests, on the server or on their device. Each link and form hands a signed
token on; who signs in hands it in, and courses.services.keeping makes records of it. It cannot be
forged or changed, only thrown away, and its attempts can be handed in once.
"""

import uuid
from dataclasses import dataclass, field, replace
from typing import Any

from django.core import signing

from courses.domain.packing import Packed

SALT = "courses.guest"
# After this many seconds a token is not believed any more.
MAX_AGE = 60 * 60 * 24 * 30
# gunicorn takes no request line above 4,094 characters, and the rest of the address is in it too.
MAX_LENGTH = 3600
MAX_LESSONS = 100


@dataclass(frozen=True)
class Run:
    """A guest's attempt: `version` is the primary key of the quiz's version, `at` Unix seconds."""

    key: str
    quiz: str
    version: int
    seed: str
    at: int
    answers: Packed = field(default_factory=dict)
    submitted: bool = False
    passed: bool = False


@dataclass(frozen=True)
class Guest:
    """`lessons` are keys of lessons that are done, `runs` the newest attempt of each quiz.

    Where that one is not passed and an earlier one is, the earlier one stays before it.
    """

    lessons: frozenset[str] = frozenset()
    runs: tuple[Run, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.lessons or self.runs)

    def with_lesson(self, key: str) -> "Guest":
        if len(self.lessons) >= MAX_LESSONS:
            return self
        return replace(self, lessons=self.lessons | {key})

    def with_run(self, run: Run) -> "Guest":
        """`run` takes the place of others at its quiz; who practises keeps what was passed."""
        others = tuple(
            one
            for one in self.runs
            if one.quiz != run.quiz or (one.passed and not run.passed and one.key != run.key)
        )
        return replace(self, runs=(*others, run))

    def run_of(self, quiz: str) -> Run | None:
        """The newest attempt."""
        return next((run for run in reversed(self.runs) if run.quiz == quiz), None)

    @property
    def done(self) -> set[str]:
        """Keys of lessons that are done and of quizzes that are passed."""
        return {*self.lessons, *(run.quiz for run in self.runs if run.passed)}


def to_token(guest: Guest) -> str:
    """Empty where nothing has been done. What does not fit into an address is left out: first the
    attempts that are oldest, but never the newest, then lessons."""
    token = _signed(guest) if guest else ""
    while len(token) > MAX_LENGTH and (len(guest.runs) > 1 or guest.lessons):
        guest = _without_one(guest)
        token = _signed(guest)
    return token


def _without_one(guest: Guest) -> Guest:
    if len(guest.runs) > 1:
        return replace(guest, runs=guest.runs[1:])
    return replace(guest, lessons=frozenset(sorted(guest.lessons)[1:]))


def _signed(guest: Guest) -> str:
    value = [
        sorted(uuid.UUID(key).hex for key in guest.lessons),
        [
            [
                uuid.UUID(run.key).hex, uuid.UUID(run.quiz).hex, run.version, run.seed, run.at,
                run.answers, int(run.submitted), int(run.passed),
            ]
            for run in guest.runs
        ],
    ]  # fmt: skip
    return signing.dumps(value, salt=SALT, compress=True)


def from_token(token: str) -> Guest:
    """An empty Guest for what is no token of ours, or too old."""
    if not token or len(token) > MAX_LENGTH:
        return Guest()
    try:
        return _guest(*signing.loads(token, salt=SALT, max_age=MAX_AGE))
    except (signing.BadSignature, AttributeError, TypeError, ValueError):
        # The last three: what an older release signed has another form.
        return Guest()


def _guest(lessons: Any, runs: Any) -> Guest:
    return Guest(
        frozenset(str(uuid.UUID(key)) for key in lessons),
        tuple(
            Run(
                str(uuid.UUID(key)), str(uuid.UUID(quiz)), version, seed, at, answers,
                bool(submitted), bool(passed),
            )
            for key, quiz, version, seed, at, answers, submitted, passed in runs
        ),
    )  # fmt: skip
