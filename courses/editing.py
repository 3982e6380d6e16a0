"""What keeps a module from being published, said at the fields of its form."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.compiling.quiz import quiz_of
from courses.domain.changes import ChangeKind
from courses.forms import stream_error
from courses.models import ModulePage
from courses.quiz_check import faults_of
from courses.selectors.quiz_change import pending_change


def refusals(draft: ModulePage) -> dict[str, ValidationError]:
    """By field: faults of the quiz, and an answer that is missing or cannot be true."""
    faults = faults_of(*quiz_of(draft))
    found = {
        fault.field: ValidationError(fault.message)
        for fault in faults
        if not fault.owner and fault.field != "quiz"
    }
    error = stream_error(draft.quiz, faults)
    if error:
        found["quiz"] = error
    return found | _of_change(draft)


def _of_change(draft: Any) -> dict[str, ValidationError]:
    pending = pending_change(draft)
    if pending is None or not pending.asks:
        return {}
    if not draft.quiz_change:
        message = _("Learners have answered these questions. Say what kind of change this is.")
        return {"quiz_change": ValidationError(message)}
    number = len(pending.difference.key)
    if draft.quiz_change == ChangeKind.WORDING and number:
        message = ngettext(
            "The right answers of %(number)s question differ, so this is not wording only.",
            "The right answers of %(number)s questions differ, so this is not wording only.",
            number,
        )
        return {"quiz_change": ValidationError(message % {"number": number})}
    return {}
