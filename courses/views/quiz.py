"""The quiz of a module: beginning, one question at a time, the result."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from agencies.models import User
from courses.domain.errors import AnswerError, AttemptRefusedError, Fault
from courses.domain.spec import UnitKind
from courses.journey import Journey, journey_of
from courses.models import Unit
from courses.pending import comes_late, register_action, remember
from courses.quizzing import AccountQuiz, GuestQuiz, quiz_of_module
from courses.selectors.quiz import quiz_page
from courses.services.attempts import UnknownAttemptError
from courses.versions import NothingToLearnError
from courses.views.safety import learning, to_sign_in, unit_or_404

ACTION, ATTEMPT, QUESTION, RESULT = "action", "attempt", "question", "result"
ANSWER, SUBMIT = "answer", "submit"

TEMPLATES = {
    "start": "learning/quiz_start.html",
    "question": "learning/quiz_question.html",
    "result": "learning/quiz_result.html",
    "gone": "learning/quiz_gone.html",
}


@learning
def quiz(request: HttpRequest, code: str) -> HttpResponse:
    module = unit_or_404(code, UnitKind.MODULE)
    journey = journey_of(request, request.POST if request.method == "POST" else None)
    if comes_late(request):
        remember(request, "quiz", code, journey.language)
        return to_sign_in(_address(code, journey))
    taking = quiz_of_module(module, journey)
    if request.method == "POST":
        return _change(request, module, taking, journey)
    return _show(request, module, taking, journey)


def _change(
    request: HttpRequest, module: Unit, taking: AccountQuiz | GuestQuiz, journey: Journey
) -> HttpResponse:
    code = request.resolver_match.kwargs["code"] if request.resolver_match else ""
    question = request.POST.get(QUESTION, "")
    try:
        take(taking, request.POST)
    except AnswerError as error:
        return _show(request, module, taking, journey, question, error.faults)
    except (AttemptRefusedError, NothingToLearnError, UnknownAttemptError):
        # The page itself says why, as it does for who opens it.
        return redirect(_address(code, journey))
    if isinstance(taking, GuestQuiz):
        journey = Journey(None, taking.guest, journey.course, journey.language)
    action = request.POST.get(ACTION)
    more = {QUESTION: question} if action == ANSWER else {RESULT: "1"} if action == SUBMIT else {}
    return redirect(_address(code, journey, **more))


def take(taking: AccountQuiz | GuestQuiz, fields: QueryDict) -> None:
    """Does what the form asks: starting, answering or handing in. Anything else does nothing."""
    now = timezone.now()
    match fields.get(ACTION):
        case "start":
            taking.start(now)
        case "answer":
            given = {name: fields.getlist(name) for name in fields}
            taking.answer(fields.get(ATTEMPT, ""), fields.get(QUESTION, ""), given, now)
        case "submit":
            taking.submit(fields.get(ATTEMPT, ""), now)


def _show(
    request: HttpRequest,
    module: Unit,
    taking: AccountQuiz | GuestQuiz,
    journey: Journey,
    question: str = "",
    faults: Mapping[str, Fault] | None = None,
) -> HttpResponse:
    given = {name: "\n".join(request.POST.getlist(name)) for name in request.POST}
    page = quiz_page(
        module=module,
        taking=taking,
        journey=journey,
        question=question or request.GET.get(QUESTION, ""),
        result=RESULT in request.GET,
        given=given,
        faults=faults or {},
    )
    context: dict[str, Any] = {"quiz": page, "journey": journey}
    status = 422 if faults else 200
    return render(request, TEMPLATES[page.step], context, status=status)


def _address(code: str, journey: Journey, **more: str) -> str:
    return reverse("quiz", args=[code]) + journey.query_with(journey.guest, **more)


def _late(user: User, code: str, fields: QueryDict, language: str) -> None:
    module = unit_or_404(code, UnitKind.MODULE)
    taking = AccountQuiz(user, get_object_or_404(module.parts, kind=UnitKind.QUIZ), language)
    try:
        take(taking, fields)
    except (AnswerError, AttemptRefusedError, NothingToLearnError, UnknownAttemptError):
        return


register_action("quiz", _late)
