"""What is counted, kept private, certified, and what is left when somebody deletes the account."""

import re
from collections import Counter

import pytest
from django.db import models
from django.utils import timezone

from agencies.models import Agency, User
from courses.domain.duration import duration_class
from courses.models import (
    Answer,
    Attempt,
    Attitude,
    Certificate,
    Completion,
    Enrolment,
    Evaluation,
    LessonDone,
    Measure,
    Reflection,
    Tally,
    Unit,
)
from courses.services.certifying import (
    make_certificate,
    restore_certificate,
    withdraw_certificate,
)
from courses.services.enrolling import renew
from courses.services.evaluating import evaluate
from courses.services.reflecting import MAX_LENGTH
from tests.courses import cast
from tests.courses.cast import DAY, LAW, NOW, SHARED, TRAINER

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Agency:
    return cast.agency()


@pytest.fixture
def anna(agency: Agency) -> User:
    return cast.learner(agency, first_name="Anna", last_name="Holm")


@pytest.fixture
def trainer() -> Unit:
    return cast.unit(cast.course_page(TRAINER))


@pytest.fixture
def lesson() -> Unit:
    return cast.lessons_of(cast.unit(cast.module_page(SHARED)))[0]


def certify(completion: Completion, name: str = "Anna Holm") -> Certificate:
    return make_certificate(
        completion=completion, name=name, language="sv", site_name="Snäckan",
        address="https://example.org/intyg/{code}", now=NOW,
    )  # fmt: skip


def scored(completion: Completion, useful: int = 4) -> Evaluation:
    scores = {"useful": useful, "clear": 3, "recommend": 5}
    return evaluate(completion=completion, scores=scores, words="Bra exempel.", now=NOW)


# -- counting ------------------------------------------------------------------------------------


def counted_slowly() -> Counter[tuple[object, ...]]:
    """The tallies as they should be, row by row from the records."""
    found: Counter[tuple[object, ...]] = Counter()

    def add(row: models.Model, about: models.Model, measure: str, value: int, at: object) -> None:
        day = timezone.localdate(at)
        quarter = day.year * 4 + {1: 0, 2: 0, 3: 0, 4: 1, 5: 1, 6: 1, 7: 2, 8: 2, 9: 2}.get(
            day.month, 3
        )
        found[about.unit_id, about.agency_id, quarter, measure, value] += 1

    for row in Enrolment.objects.filter(cycle=1):
        add(row, row, Measure.STARTED, 0, row.started_at)
    for row in Completion.objects.all():
        measure = Measure.COMPLETED if row.cycle == 1 else Measure.RENEWED
        add(row, row, measure, duration_class(row.at - row.started_at), row.at)
    for row in Evaluation.objects.all():
        add(row, row.completion, Measure.USEFUL, row.useful, row.at)
        add(row, row.completion, Measure.CLEAR, row.clear, row.at)
        add(row, row.completion, Measure.RECOMMEND, row.recommend, row.at)
    return found


def tallied() -> Counter[tuple[object, ...]]:
    rows = Tally.objects.values_list("unit", "agency", "quarter", "measure", "value", "number")
    return Counter({tuple(cell): number for *cell, number in rows})


def test_tallies_follow_every_record(anna: User, agency: Agency, trainer: Unit) -> None:
    others = [cast.learner(agency), cast.learner(cast.agency("Annan")), cast.learner()]
    for days, user in enumerate([anna, *others]):
        cast.begin(user, trainer, NOW)
        cast.complete_all(user, trainer, NOW + days * 40 * DAY)
        assert tallied() == counted_slowly()
    for user in (anna, others[1], others[2]):
        completion = Completion.objects.get(user=user, unit=trainer)
        scored(completion, useful=2 if user == anna else 4)
        scored(completion, useful=1)
    assert tallied() == counted_slowly()
    assert Tally.objects.get(unit=trainer, agency=agency, measure=Measure.USEFUL).value == 2


def test_tallies_follow_renewals(anna: User) -> None:
    law = cast.unit(cast.course_page(LAW))
    cast.complete_all(anna, law, NOW)
    renew(user=anna, course=law, language="sv", now=NOW + 700 * DAY)
    cast.complete_all(anna, law, NOW + 701 * DAY)
    assert Completion.objects.filter(unit=law).count() == 2
    assert tallied() == counted_slowly()


def test_quarters_end_at_midnight_where_the_site_is(anna: User, trainer: Unit) -> None:
    """In Sweden it is April already."""
    cast.begin(anna, trainer, NOW.replace(month=3, day=31, hour=22, minute=30))
    assert Tally.objects.get().quarter == 2026 * 4 + 1


# -- notes ---------------------------------------------------------------------------------------


def test_a_note_is_changed_and_taken_away_by_its_writer(anna: User, lesson: Unit) -> None:
    cast.note(anna, lesson, "Först")
    assert cast.note(anna, lesson, " Sedan\n").text == "Sedan"
    with pytest.raises(Reflection.DoesNotExist):
        cast.note(anna, lesson, "  ")


def test_two_learners_note_at_the_same_prompt(anna: User, lesson: Unit) -> None:
    cast.note(anna, lesson, "Annas")
    eva = cast.learner()
    cast.note(eva, lesson, "Evas")
    assert Reflection.objects.get(user=anna).text == "Annas"


def test_a_note_as_long_as_the_field_takes_is_kept_whole(anna: User, lesson: Unit) -> None:
    """A browser counts a line break as one character, and sends two."""
    text = "\r\n".join("å" * 99 for _line in range(MAX_LENGTH // 100))
    assert cast.note(anna, lesson, text).text == text.replace("\r\n", "\n")


@pytest.mark.parametrize(
    "text",
    [
        "a\0b",
        "\0",
        "x" * 100_000,
        "\u202e\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
        "<b>&amp;</b>",
    ],
)
def test_no_note_is_too_odd_to_be_kept(anna: User, lesson: Unit, text: str) -> None:
    kept = text.replace("\0", "")[:MAX_LENGTH]
    if kept:
        assert cast.note(anna, lesson, text).text == kept
    else:
        with pytest.raises(Reflection.DoesNotExist):
            cast.note(anna, lesson, text)


# -- certificates --------------------------------------------------------------------------------


def test_a_certificate_is_made_once(anna: User, trainer: Unit) -> None:
    completion = cast.complete_all(anna, trainer)
    first = certify(completion, "Anna Holm")
    pdf = bytes(first.file.pdf)
    again = certify(completion, "Någon Annan")
    assert (again, again.name) == (first, "Anna Holm")
    assert bytes(again.file.pdf) == pdf
    assert pdf.startswith(b"%PDF")


def test_a_certificate_says_what_was_so_on_its_day(anna: User) -> None:
    law = cast.unit(cast.course_page(LAW))
    completion = cast.complete_all(anna, law)
    certificate = certify(completion)
    cast.change(cast.course_page(LAW), title="Ett annat namn", validity_months=6)
    certificate.refresh_from_db()
    assert certificate.course == "Lagen från grunden"
    assert certificate.date == NOW.date()
    assert certificate.valid_until == NOW.replace(year=2028).date()
    assert certificate.version == completion.version.number
    assert re.fullmatch(r"[2-9a-z]{12}", certificate.code)


def test_each_completion_has_a_certificate_of_its_own(anna: User, trainer: Unit) -> None:
    law = cast.unit(cast.course_page(LAW))
    made = [certify(cast.complete_all(anna, course)) for course in (trainer, law)]
    assert made[0].code != made[1].code


def test_a_certificate_is_withdrawn_and_restored(anna: User, trainer: Unit) -> None:
    certificate = certify(cast.complete_all(anna, trainer))
    withdraw_certificate(certificate=certificate, now=NOW)
    withdraw_certificate(certificate=certificate, now=NOW + DAY)
    certificate.refresh_from_db()
    assert certificate.withdrawn_at == NOW
    restore_certificate(certificate=certificate)
    restore_certificate(certificate=certificate)
    certificate.refresh_from_db()
    assert certificate.withdrawn_at is None


def test_an_evaluation_is_given_once(anna: User, trainer: Unit) -> None:
    completion = cast.complete_all(anna, trainer)
    first = scored(completion, useful=4)
    assert scored(completion, useful=1) == first
    assert Evaluation.objects.get().useful == 4


# -- deleting the account ------------------------------------------------------------------------


def test_what_was_counted_stays_and_the_person_is_gone(anna: User, trainer: Unit) -> None:
    completion = cast.complete_all(anna, trainer)
    lesson = cast.lessons_of(cast.modules_of(trainer)[0])[0]
    cast.note(anna, lesson, "Bara min")
    scored(completion)
    cast.take_quiz(anna, cast.modules_of(trainer)[0], questions=1)
    kept = (Enrolment, LessonDone, Attempt, Answer, Completion, Evaluation, Tally, Attitude)
    before = {model: model.objects.count() for model in kept}
    numbers = tallied()
    anna.delete()
    assert {model: model.objects.count() for model in kept} == before
    assert tallied() == numbers == counted_slowly()
    assert not Reflection.objects.exists()
    for model in (Enrolment, LessonDone, Attempt, Completion):
        assert not model.objects.exclude(user=None).exists()


def test_accounts_are_deleted_one_after_another(trainer: Unit) -> None:
    """Their rows, without a person, look alike."""
    for user in (cast.learner(), cast.learner()):
        cast.complete_all(user, trainer)
        cast.take_quiz(user, cast.modules_of(trainer)[0], questions=1)
        user.delete()
    assert Completion.objects.filter(unit=trainer, user=None).count() == 2
    assert Attempt.objects.filter(submitted_at=None, user=None).count() == 2
