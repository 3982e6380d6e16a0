"""Who is learning, on the way through which course: read from a request, handed on in links."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.utils.translation import get_language

from agencies.models import User
from courses.guest import Guest, from_token, to_token
from home.permanent import PATTERN

COURSE, PROGRESS = "course", "progress"


@dataclass(frozen=True)
class Journey:
    """`course` is the permanent id of the course that the learner came from, or empty.

    Who is signed in has a guest's progress only where they brought it in the address: it is not
    handed on, but they are asked whether to keep it.
    """

    user: User | None
    guest: Guest
    course: str
    language: str

    @property
    def query(self) -> str:
        """What links append: `?course=…&progress=…`, or nothing."""
        return self.query_with(self.guest)

    def query_with(self, guest: Guest, **more: str) -> str:
        progress = "" if self.user else to_token(guest)
        values = {COURSE: self.course, PROGRESS: progress, **more}
        given = {name: value for name, value in values.items() if value}
        return f"?{urlencode(given)}" if given else ""

    @property
    def token(self) -> str:
        return to_token(self.guest)


def journey_of(request: HttpRequest, data: QueryDict | None = None) -> Journey:
    """From the address, or from the fields of a form. What is not understood is left out."""
    given: Any = request.GET if data is None else data
    course = given.get(COURSE, "")
    user = request.user
    return Journey(
        user=user if isinstance(user, User) else None,
        guest=from_token(given.get(PROGRESS, "")),
        course=course if PATTERN.fullmatch(course) else "",
        language=get_language() or "sv",
    )
