"""Counts what happens, in the transaction in which it happens."""

import datetime
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils import timezone

from courses.domain.duration import duration_class
from courses.models import Attitude, Completion, Enrolment, Evaluation, Measure, Tally, Unit

SCORES = {"useful": Measure.USEFUL, "clear": Measure.CLEAR, "recommend": Measure.RECOMMEND}


def quarter_of(moment: datetime.datetime) -> int:
    """The quarter in the site's time zone, as year × 4 + 0 to 3."""
    day = timezone.localdate(moment)
    return day.year * 4 + (day.month - 1) // 3


def count_start(enrolment: Enrolment) -> None:
    if enrolment.cycle == 1:
        _count(enrolment.unit_id, enrolment.agency_id, Measure.STARTED, enrolment.started_at)


def count_completion(completion: Completion) -> None:
    measure = Measure.COMPLETED if completion.cycle == 1 else Measure.RENEWED
    taken = duration_class(completion.at - completion.started_at)
    _count(completion.unit_id, completion.agency_id, measure, completion.at, taken)


def count_evaluation(evaluation: Evaluation) -> None:
    completion = evaluation.completion
    for name, measure in SCORES.items():
        score = getattr(evaluation, name)
        _count(completion.unit_id, completion.agency_id, measure, evaluation.at, score)


def count_attitude(quiz: Unit, question: str, agency_id: int | None, step: int) -> None:
    _add_one(Attitude, quiz=quiz, question=question, agency_id=agency_id, step=step)


def _count(
    unit_id: int,
    agency_id: int | None,
    measure: Measure,
    moment: datetime.datetime,
    value: int = 0,
) -> None:
    _add_one(
        Tally,
        unit_id=unit_id,
        agency_id=agency_id,
        quarter=quarter_of(moment),
        measure=measure,
        value=value,
    )


def _add_one(model: type[models.Model], **cell: Any) -> None:
    """Adds to the row of a cell, or makes it; two at the same time are both counted."""
    rows = model._default_manager.filter(**cell)
    if rows.update(number=F("number") + 1):
        return
    try:
        with transaction.atomic():
            model._default_manager.create(**cell, number=1)
    except IntegrityError:
        rows.update(number=F("number") + 1)
