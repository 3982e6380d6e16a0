"""What a learner sent when the session had run out: kept until they have signed in again.

A form of somebody who is signed in says whose it is in its field `account`. Where the request that
brings it is not signed in, its fields wait in a new session, and are carried out when that person
signs in there; what is somebody else's is left out.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.http import Http404, HttpRequest, QueryDict

from agencies.models import User

SESSION_KEY = "pending"
ACCOUNT = "account"
# A longer form than any of ours is not kept. A note can have 5,000 characters, and of each of them
# twelve can be made on the way here.
MAX_LENGTH = 70_000

Action = Callable[[User, str, QueryDict, str], None]
_actions: dict[str, Action] = {}


def register_action(name: str, act: Action) -> Action:
    """`act(user, code, fields, language)` carries out what a view of this name does."""
    _actions[name] = act
    return act


def comes_late(request: HttpRequest) -> bool:
    return not request.user.is_authenticated and bool(request.POST.get(ACCOUNT))


def remember(request: HttpRequest, name: str, code: str, language: str) -> None:
    fields = request.POST.urlencode()
    if len(fields) <= MAX_LENGTH:
        waiting = request.session.get(SESSION_KEY, [])
        request.session[SESSION_KEY] = [*waiting[-4:], [name, code, fields, language]]


def carry_out(request: HttpRequest, user: User) -> None:
    """Carries out what waits in the session, each once.

    What is about something that is gone is left out, and so is what somebody else has written.
    """
    waiting: list[list[Any]] = request.session.pop(SESSION_KEY, [])
    for name, code, query, language in waiting:
        fields = QueryDict(query)
        if fields.get(ACCOUNT) == str(user.pk):
            with suppress(Http404):
                _actions[name](user, code, fields, language)
