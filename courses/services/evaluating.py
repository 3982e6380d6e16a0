import datetime

from django.db import IntegrityError, transaction

from courses.models import Completion, Evaluation
from courses.services.tallies import count_evaluation


def evaluate(
    *, completion: Completion, scores: dict[str, int], words: str, now: datetime.datetime
) -> Evaluation:
    """Saves what the learner thought, once; sent again, the first one stands.

    `scores` are from 1 to 5, by the names of Evaluation's fields.
    """
    try:
        with transaction.atomic():
            evaluation = Evaluation.objects.create(
                completion=completion, words=words, at=now, **scores
            )
            count_evaluation(evaluation)
    except IntegrityError:
        return Evaluation.objects.get(completion=completion)
    return evaluation
