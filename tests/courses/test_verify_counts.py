"""The tallies are held against the records, and put right where they are wrong."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F

from agencies.models import Agency
from courses.models import Answer, Attempt, Attitude, Tally
from tests.factories.learning import (
    AgencyFactory,
    UnitFactory,
    completed,
    moment,
    person,
    started,
    version_of,
)

pytestmark = pytest.mark.django_db

AGREE = "All tallies agree with the records."


@pytest.fixture
def agency() -> Agency:
    """One with records of every kind, and some around the turns of quarters and of years."""
    found, course, module = AgencyFactory(), UnitFactory(), UnitFactory(kind="module")
    started(course, found, moment(2025), 2)
    for took in (0.1, 5, 23.9, 24, 49, 24 * 399, 24 * 500):
        completed(course, found, moment(2025, 2), took=datetime.timedelta(hours=took))
    completed(course, found, moment(2025, 3), 2, scores=(1, 3, 5))
    completed(module, found, moment(2025, 4), cycle=2)
    completed(module, None, moment(2025, 4))
    # Half past midnight in Stockholm, when it is still the year before in Greenwich.
    completed(course, found, datetime.datetime(2025, 12, 31, 23, 30, tzinfo=datetime.UTC))
    # Over the night when the clocks are set forward.
    spring = datetime.datetime(2026, 3, 29, 12, tzinfo=datetime.UTC)
    completed(course, found, spring, took=datetime.timedelta(hours=23, minutes=30))
    return found


def verify(capsys: pytest.CaptureFixture[str], **options: bool) -> list[str]:
    call_command("verify_counts", **options)
    return capsys.readouterr().out.splitlines()


def refused(capsys: pytest.CaptureFixture[str], **options: bool) -> list[str]:
    with pytest.raises(CommandError) as error:
        call_command("verify_counts", **options)
    assert error.value.returncode == 1
    return capsys.readouterr().out.splitlines()


def test_what_the_services_count_agrees_with_the_records(
    agency: Agency, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify(capsys) == [AGREE]


def test_each_difference_is_told_and_put_right(
    agency: Agency, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(Tally.objects.filter(number__gt=0).values_list("unit", "measure", "number"))
    tally = Tally.objects.filter(agency=agency, measure="started", quarter=2025 * 4).get()
    Tally.objects.filter(pk=tally.pk).update(number=F("number") + 7)
    Tally.objects.filter(agency=agency, measure="useful").delete()
    Tally.objects.filter(agency=None, measure="completed").delete()
    Tally.objects.create(
        unit=tally.unit, agency=None, quarter=8100, measure="renewed", value=3, number=1
    )
    told = refused(capsys)
    assert len(told) == 4
    [line] = [line for line in told if "started" in line]
    assert str(tally.unit.key) in line
    assert f"{agency.key}, 2025 quarter 1, started 0" in line
    assert f"tallied {tally.number + 7}, recorded {tally.number}" in line
    assert sum("no agency" in line for line in told) == 2
    assert verify(capsys, fix=True)[-1] == AGREE
    assert verify(capsys) == [AGREE]
    after = sorted(Tally.objects.filter(number__gt=0).values_list("unit", "measure", "number"))
    assert after == before


def test_what_is_only_looked_at_is_not_changed(
    agency: Agency, capsys: pytest.CaptureFixture[str]
) -> None:
    Tally.objects.update(number=F("number") + 1)
    refused(capsys)
    assert refused(capsys)


def test_a_tally_of_nobody_is_no_difference(
    agency: Agency, capsys: pytest.CaptureFixture[str]
) -> None:
    unit = UnitFactory()
    Tally.objects.create(unit=unit, agency=agency, quarter=8100, measure="started", number=0)
    assert verify(capsys) == [AGREE]


def test_no_more_attitudes_than_answers(agency: Agency, capsys: pytest.CaptureFixture[str]) -> None:
    quiz = UnitFactory(kind="quiz")
    version, at = version_of(quiz), moment(2025)
    for _ in range(2):
        attempt = Attempt.objects.create(
            user=person(), quiz=quiz, version=version, agency=agency, seed="x", started_at=at
        )
        Answer.objects.create(attempt=attempt, question="scale", response=None, at=at)
    attitude = Attitude.objects.create(quiz=quiz, question="scale", agency=agency, step=4, number=2)
    assert verify(capsys) == [AGREE]
    Attitude.objects.filter(pk=attitude.pk).update(number=3)
    [line] = refused(capsys)
    assert "scale: counted 3, but only 2 have answered" in line
    # Nothing tells which of them is one too many: it cannot be put right.
    refused(capsys, fix=True)
