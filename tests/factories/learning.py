"""Units without pages, and what people did with them, each with its tallies.

Nobody is named: the rows are those of people who have deleted their accounts, unless a user is
given.
"""

import datetime
import uuid
from collections.abc import Iterable
from typing import Any

import factory
from factory.django import DjangoModelFactory

from agencies.models import Agency, AgencyKind, Membership, Role, User
from courses.models import Completion, Enrolment, Evaluation, Unit, UnitVersion
from courses.services.tallies import count_completion, count_evaluation, count_start

STRUCTURES: dict[str, dict[str, Any]] = {
    "course": {"modules": []},
    "module": {"lessons": []},
    "quiz": {"questions": []},
}


class UnitFactory(DjangoModelFactory):
    key = factory.LazyFunction(uuid.uuid4)
    kind = "course"
    titles = factory.Sequence(lambda number: {"sv": f"Kurs {number}", "en": f"Course {number}"})

    class Meta:
        model = Unit


class UnitVersionFactory(DjangoModelFactory):
    number = 1
    digest = factory.Sequence(str)
    structure = ""
    languages = factory.LazyFunction(lambda: ["sv", "en"])
    published_at = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    spec = factory.LazyAttribute(
        lambda version: {"structure": STRUCTURES[version.unit.kind], "texts": {"sv": {}, "en": {}}}
    )

    class Meta:
        model = UnitVersion


class AgencyFactory(DjangoModelFactory):
    key = factory.Sequence(lambda number: f"xyzzy-{number}")
    name = factory.Sequence(lambda number: f"Myndigheten Xyzzy {number}")
    kind = AgencyKind.STATE_AGENCY

    class Meta:
        model = Agency


def person(*roles: tuple[Role, Agency], email: str = "", **fields: Any) -> User:
    """Somebody with roles since 2020."""
    user = User.objects.create_user(email or f"{uuid.uuid4().hex}@example.org", **fields)
    start = datetime.date(2020, 1, 1)
    Membership.objects.bulk_create(
        Membership(user=user, agency=agency, role=role, start=start) for role, agency in roles
    )
    return user


def version_of(unit: Unit) -> UnitVersion:
    return unit.versions.first() or UnitVersionFactory(unit=unit)


def moment(year: int, quarter: int = 1, day: int = 1) -> datetime.datetime:
    """In the morning, on a day of the first month of a quarter."""
    return datetime.datetime(year, quarter * 3 - 2, day, 9, tzinfo=datetime.UTC)


def started(unit: Unit, agency: Agency | None, at: datetime.datetime, number: int = 1) -> None:
    for _ in range(number):
        count_start(_enrolment(unit, agency, at, 1))


def completed(
    unit: Unit,
    agency: Agency | None,
    at: datetime.datetime,
    number: int = 1,
    took: datetime.timedelta = datetime.timedelta(hours=2),
    cycle: int = 1,
    scores: Iterable[int] = (),
    words: str = "",
) -> list[Completion]:
    """So many people began and completed the unit; with `scores` each of them evaluated it."""
    found = []
    for _ in range(number):
        enrolment = _enrolment(unit, agency, at - took, cycle)
        count_start(enrolment)
        completion = Completion.objects.create(
            unit=unit,
            version=enrolment.version,
            agency=agency,
            cycle=cycle,
            started_at=enrolment.started_at,
            at=at,
        )
        count_completion(completion)
        found.append(completion)
        if scores := tuple(scores):
            useful, clear, recommend = scores
            evaluation = Evaluation.objects.create(
                completion=completion, useful=useful, clear=clear, recommend=recommend,
                words=words, at=at,
            )  # fmt: skip
            count_evaluation(evaluation)
    return found


def _enrolment(unit: Unit, agency: Agency | None, at: datetime.datetime, cycle: int) -> Enrolment:
    return Enrolment.objects.create(
        unit=unit, version=version_of(unit), agency=agency, cycle=cycle, started_at=at
    )
