"""A guest's progress in a session: begun when they ask to keep it, emptied when they sign in."""

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from agencies.models import User
from courses.domain.spec import UnitKind
from courses.guest import from_token
from courses.journey import Journey
from courses.selectors.units import unit_with
from courses.services.keeping import keep_guest

SESSION_KEY = "guest"


def remember_guest(request: HttpRequest, journey: Journey) -> None:
    request.session[SESSION_KEY] = [journey.token, journey.course, journey.language]


def keep_remembered(request: HttpRequest, user: User) -> None:
    """Moves what the session holds into the account, once."""
    token, course, language = request.session.pop(SESSION_KEY, ("", "", get_language() or ""))
    guest = from_token(token)
    if guest or course:
        keep_guest(
            user=user,
            guest=guest,
            course=unit_with(course, UnitKind.COURSE),
            language=language,
            now=timezone.now(),
        )
