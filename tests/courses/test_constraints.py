"""The rules of learning hold in the database itself: what goes past services is refused too."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.db.models import ProtectedError

from agencies.models import Agency, User
from courses.models import (
    Answer,
    Attempt,
    Attitude,
    Certificate,
    Completion,
    CurrentVersion,
    Enrolment,
    Evaluation,
    LessonDone,
    Measure,
    QuizChange,
    Regrading,
    Tally,
    Unit,
    UnitVersion,
)
from tests.courses import cast
from tests.courses.cast import DAY, NOW, SHARED

pytestmark = pytest.mark.django_db


def refused(change: Callable[[], object], rule: str, columns: str = "") -> bool:
    """Whether the database refuses `change` because of `rule`, and goes on working after it.

    Of a broken unique constraint SQLite names the columns, not the constraint.
    """
    told = columns if columns and connection.vendor == "sqlite" else rule
    with pytest.raises(IntegrityError, match=told), transaction.atomic():
        change()
    return True


@pytest.fixture
def agency() -> Agency:
    return cast.agency()


@pytest.fixture
def anna(agency: Agency) -> User:
    return cast.learner(agency)


@pytest.fixture
def module() -> Unit:
    return cast.unit(cast.module_page(SHARED))


@pytest.fixture
def version(module: Unit) -> UnitVersion:
    return module.versions.latest("number")


@pytest.fixture
def completion(anna: User, module: Unit, version: UnitVersion) -> Completion:
    return Completion.objects.create(
        user=anna, unit=module, version=version, started_at=NOW, at=NOW
    )


def again(row: models.Model, **fields: Any) -> Callable[[], object]:
    """Writes the row once more, past its model, with other fields."""
    copy = type(row).objects.get(pk=row.pk)
    copy.pk = None
    for name, value in fields.items():
        setattr(copy, name, value)
    return lambda: type(row).objects.bulk_create([copy])


# -- beginning and doing -------------------------------------------------------------------------


def test_a_learner_begins_each_cycle_once(anna: User, module: Unit) -> None:
    row = cast.begin(anna, module)
    assert refused(again(row), "enrolment_once", "enrolment.user_id.*unit_id.*cycle")
    assert refused(again(row, cycle=0), "cycle")
    again(row, cycle=2)()
    again(row, user=cast.learner())()


def test_a_lesson_is_done_once_in_each_cycle(anna: User, module: Unit) -> None:
    cast.read(anna, cast.lessons_of(module)[0])
    row = LessonDone.objects.get()
    assert refused(again(row), "lesson_done_once", "lessondone.user_id.*lesson_id.*cycle")
    again(row, cycle=2)()


def test_a_learner_has_one_open_attempt_at_a_quiz(anna: User, module: Unit) -> None:
    row = cast.start(anna, module)
    assert refused(again(row, key=uuid.uuid4()), "attempt_open_once", "attempt.user_id.*quiz_id")
    again(row, key=uuid.uuid4(), user=cast.learner())()
    again(row, key=uuid.uuid4(), submitted_at=NOW, points=0, most=9)()


def test_each_attempt_has_a_key_of_its_own(anna: User, module: Unit) -> None:
    row = cast.start(anna, module)
    assert refused(again(row, user=cast.learner()), "key", "attempt.key")


@pytest.mark.parametrize(
    "fields",
    [
        {"points": 1, "most": 1},
        {"passed": True},
        {"submitted_at": NOW, "points": 2, "most": 1},
    ],
)
def test_points_come_with_handing_in_and_are_never_above_the_most(
    anna: User, module: Unit, fields: dict[str, object]
) -> None:
    cast.start(anna, module)
    assert refused(lambda: Attempt.objects.update(**fields), "attempt_points_when_submitted")


def test_a_question_is_answered_once(anna: User, module: Unit) -> None:
    cast.take_quiz(anna, module, questions=1)
    row = Answer.objects.get()
    assert refused(again(row), "answer_once", "answer.attempt_id.*question")


def test_something_is_completed_once_in_each_cycle(completion: Completion) -> None:
    assert refused(again(completion), "completion_once", "completion.user_id.*unit_id.*cycle")
    again(completion, cycle=2)()


def test_nothing_is_completed_before_it_was_begun(completion: Completion) -> None:
    assert refused(again(completion, cycle=2, at=NOW - DAY), "completion_after_start")


def test_a_learner_has_one_note_at_a_prompt(anna: User, module: Unit) -> None:
    row = cast.note(anna, cast.lessons_of(module)[0], "Min")
    assert refused(again(row), "reflection_once", "reflection.user_id.*prompt")


def test_rows_without_a_person_may_look_alike(
    anna: User, module: Unit, completion: Completion
) -> None:
    """They are what deleted accounts leave behind."""
    rows = [cast.begin(anna, module), cast.start(anna, module), completion]
    for row in rows:
        type(row).objects.filter(pk=row.pk).update(user=None)
        again(row, **({"key": uuid.uuid4()} if isinstance(row, Attempt) else {}))()
        assert type(row).objects.filter(user=None).count() == 2


# -- certificates and evaluations ----------------------------------------------------------------


def test_a_completion_has_one_certificate_and_a_code_one_holder(completion: Completion) -> None:
    row = Certificate.objects.create(
        completion=completion, code="abc", name="Anna", course="Kurs", version=1,
        date=NOW.date(), language="sv", made_at=NOW,
    )  # fmt: skip
    assert refused(again(row, code="def"), "completion_id", "certificate.completion_id")
    again(completion, cycle=2)()
    other = Completion.objects.get(cycle=2)
    assert refused(again(row, completion=other), "code", "certificate.code")


@pytest.mark.parametrize("name", ["useful", "clear", "recommend"])
@pytest.mark.parametrize("score", [0, 6])
def test_scores_are_from_one_to_five(completion: Completion, name: str, score: int) -> None:
    scores = {"useful": 3, "clear": 3, "recommend": 3} | {name: score}
    row = Evaluation(completion=completion, at=NOW, **scores)
    assert refused(lambda: Evaluation.objects.bulk_create([row]), "evaluation_from_1_to_5")


def test_a_completion_has_one_evaluation(completion: Completion) -> None:
    row = Evaluation.objects.create(completion=completion, useful=3, clear=3, recommend=3, at=NOW)
    assert refused(again(row), "completion_id", "evaluation.completion_id")


# -- tallies -------------------------------------------------------------------------------------


@pytest.mark.parametrize("somewhere", [True, False])
def test_each_thing_is_counted_in_one_place(module: Unit, agency: Agency, somewhere: bool) -> None:
    row = Tally.objects.create(
        unit=module, agency=agency if somewhere else None, quarter=8104,
        measure=Measure.STARTED, number=1,
    )  # fmt: skip
    assert refused(again(row), "tally_once|tally_without_agency_once", "tally.unit_id.*measure")
    for fields in ({"quarter": 8105}, {"value": 1}, {"measure": Measure.RENEWED}):
        again(row, **fields)()
    assert refused(again(row, measure="xyzzyx"), "tally_measure_known")


@pytest.mark.parametrize("somewhere", [True, False])
def test_each_attitude_is_counted_in_one_place(
    module: Unit, agency: Agency, somewhere: bool
) -> None:
    row = Attitude.objects.create(
        quiz=cast.quiz_of(module), question="q", agency=agency if somewhere else None,
        step=1, number=1,
    )  # fmt: skip
    assert refused(
        again(row), "attitude_once|attitude_without_agency_once", "attitude.quiz_id.*question"
    )
    for step in (0, 6):
        assert refused(again(row, step=step), "attitude_from_1_to_5")
    again(row, step=5)()


# -- units and versions --------------------------------------------------------------------------


def test_a_unit_is_of_a_kind_that_is_known_and_has_a_key_of_its_own(module: Unit) -> None:
    assert refused(again(module, key=uuid.uuid4(), kind="xyzzyx"), "unit_kind_known")
    assert refused(again(module), "key", "unit.key")


def test_a_version_has_a_number_of_its_own_and_a_language_one_version(
    module: Unit, version: UnitVersion
) -> None:
    assert refused(again(version), "unit_version_number_once", "unitversion.unit_id.*number")
    current = CurrentVersion.objects.get(unit=module, language="sv")
    assert refused(again(current), "current_version_once", "currentversion.unit_id.*language")


@pytest.mark.parametrize(
    "fields", [{"spec": {}}, {"languages": []}, {"number": 99}, {"published_at": NOW}]
)
def test_a_version_is_never_changed(version: UnitVersion, fields: dict[str, object]) -> None:
    rows = UnitVersion.objects.filter(pk=version.pk)
    assert refused(lambda: rows.update(**fields), "courses_unitversion_stays")


@pytest.mark.parametrize("fields", [{"response": "x"}, {"question": "x"}, {"at": NOW}])
def test_an_answer_is_never_changed(anna: User, module: Unit, fields: dict[str, object]) -> None:
    cast.take_quiz(anna, module, questions=1)
    assert refused(lambda: Answer.objects.update(**fields), "courses_answer_stays")


def test_a_change_of_a_quiz_is_of_a_known_kind_and_regrades_an_attempt_once(
    anna: User, module: Unit
) -> None:
    version = cast.quiz_of(module).versions.latest("number")
    row = QuizChange.objects.create(version=version, kind="keep", decided_at=NOW)
    assert refused(lambda: QuizChange.objects.update(kind="xyzzyx"), "quiz_change_kind_known")
    regrading = Regrading.objects.create(
        attempt=cast.start(anna, module), change=row, points_before=1, passed_before=False
    )
    assert refused(again(regrading), "regraded_once", "regrading.attempt_id.*change_id")


# -- what is not deleted -------------------------------------------------------------------------


def test_what_records_are_about_is_not_deleted(
    anna: User, agency: Agency, module: Unit, version: UnitVersion, completion: Completion
) -> None:
    cast.begin(anna, module)
    for row in (module, version, agency):
        with pytest.raises(ProtectedError):
            row.delete()


def test_a_certificate_keeps_its_completion(completion: Completion) -> None:
    Certificate.objects.create(
        completion=completion, code="abc", name="Anna", course="Kurs", version=1,
        date=NOW.date(), language="sv", made_at=NOW,
    )  # fmt: skip
    with pytest.raises(ProtectedError):
        completion.delete()


def test_the_page_of_a_module_can_be_deleted_and_its_records_stay(anna: User, module: Unit) -> None:
    cast.complete(anna, module)
    for language in ("sv", "en"):
        cast.module_page(SHARED, language).delete()
    assert Completion.objects.get(user=anna).unit == module
    assert Enrolment.objects.get(user=anna).version.unit == module
    module.refresh_from_db()
    assert module.title_in("sv") == "Lagen i korthet"
