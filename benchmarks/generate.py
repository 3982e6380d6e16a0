"""Learning data of any size, the same for the same seed, written straight into the tables.

What an installation holds after some years: agencies of unequal size, people of whom some have
moved, records spread over the quarters, and tallies that fit them.
"""

import random
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from itertools import cycle

from django.db import connection, transaction
from django.utils import timezone

from benchmarks.material import COURSES, MODULES_IN_COURSE, Material, make_material
from benchmarks.people import Learner, make_agencies, make_learners
from benchmarks.records import Counts, Plan, Rows, Writer
from benchmarks.size import Size
from courses.services.tallies import quarter_of

LEARNERS_AT_ONCE = 500
STEPS_IN_COURSE = MODULES_IN_COURSE + 1


def generate(size: Size, now: datetime) -> Material:
    chance = random.Random(size.seed)  # noqa: S311  no secrets
    start = _first_moment(now, size.quarters)
    with transaction.atomic():
        material = make_material(start)
        agencies = make_agencies(size.agencies, chance)
        learners = make_learners(size.learners, agencies, start, now, chance)
    _write_records(learners, _plans(size, material, chance), Writer(material, chance, start, now))
    if connection.vendor == "postgresql":
        # What autovacuum does within a minute.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return material


def _first_moment(now: datetime, quarters: int) -> datetime:
    year, quarter = divmod(quarter_of(now) - quarters + 1, 4)
    morning = timezone.make_aware(datetime.combine(date(year, quarter * 3 + 1, 1), time(8)))
    # In UTC all days have 24 hours.
    return morning.astimezone(UTC)


def _write_records(learners: Sequence[Learner], plans: Sequence[Plan], writer: Writer) -> None:
    counts = Counts()
    for first in range(0, len(learners), LEARNERS_AT_ONCE):
        rows = Rows()
        here = slice(first, first + LEARNERS_AT_ONCE)
        for learner, plan in zip(learners[here], plans[here], strict=True):
            writer.learn(rows, counts, learner, plan)
        with transaction.atomic():
            rows.write()
    counts.write(writer.material.quiz.pk)


def _plans(size: Size, material: Material, chance: random.Random) -> list[Plan]:
    """One for each learner; together they have as many completions and attempts as asked for."""
    most = COURSES * STEPS_IN_COURSE
    slots = range(size.learners * most)
    if size.completions > len(slots):
        raise SystemExit(f"{size.learners} learners complete at most {len(slots)}.")
    steps = Counter(slot // most for slot in chance.sample(slots, size.completions))
    # Who has all modules of a course has the course: one step less, or one more, in turn.
    correction = cycle((1, -1))
    plans = []
    for place in range(size.learners):
        number = steps[place]
        if number % STEPS_IN_COURSE == MODULES_IN_COURSE:
            number += next(correction)
        plans.append(Plan(chance.sample(material.courses, COURSES), number))
    takers = [plan for plan in plans if _completes_quiz(plan, material)]
    for plan in chance.choices(takers, k=size.attempts) if takers else ():
        plan.tries += 1
    return plans


def _completes_quiz(plan: Plan, material: Material) -> bool:
    return plan.steps > plan.courses.index(material.courses[0]) * STEPS_IN_COURSE
