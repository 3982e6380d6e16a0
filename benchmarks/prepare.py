"""A fresh installation with content, as a production site has it."""

import os
import platform
import time
from datetime import datetime
from io import StringIO

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone

from agencies.models import Agency, Role, User
from benchmarks.generate import generate
from benchmarks.material import Material
from benchmarks.people import join, make_users
from benchmarks.size import Size
from courses.models import Tally
from courses.services.enrolling import enrol
from courses.services.lessons import finish_lesson


def prepare(content: str, size: Size, now: datetime) -> Material:
    """`content` is the folder of a pack; the starter content where it is empty."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("load_content", *([content] if content else []), stdout=StringIO())
    started = time.process_time()
    material = generate(size, now)
    seconds = time.process_time() - started
    print(
        f"\n{database_name()}, {platform.machine()}, Python {platform.python_version()}, "
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n"
        f"{size.agencies} agencies, {size.learners} learners, {size.completions} completions, "
        f"{size.attempts} attempts, {Tally.objects.count()} tallies, "
        f"made with {seconds:.0f} s of CPU",
        flush=True,
    )
    # Without them, as production is, even where these settings say development.
    settings.DEBUG = False
    return material


def nearly_finished(name: str, number: int, material: Material, agency: Agency) -> list[User]:
    """New learners who have nothing left of the first course but its first module."""
    users, now, course = make_users(name, number), timezone.now(), material.courses[0]
    join(users, agency, Role.LEARNER, timezone.localdate(now))
    lessons = [lesson for module in course.modules[1:] for lesson in module.lessons]
    for user in users:
        enrol(user=user, unit=course.unit, language=settings.LANGUAGE_CODE, now=now)
        for lesson in lessons:
            finish_lesson(user=user, lesson=lesson, language=settings.LANGUAGE_CODE, now=now)
    return users


def database_name() -> str:
    return {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[connection.vendor]


def counts_fit() -> str:
    """What `manage.py verify_counts` says: yes, or no and where."""
    said = StringIO()
    try:
        call_command("verify_counts", stdout=said)
    except CommandError as error:
        return f"NO, {error}\n{said.getvalue()}"
    return "yes"
