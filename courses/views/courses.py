"""Beginning, renewing and completing a course, and keeping what a guest has done."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from agencies.models import User
from courses.domain.spec import UnitKind
from courses.journey import Journey, journey_of
from courses.keeping import remember_guest
from courses.models import Unit
from courses.selectors.steps import first_step
from courses.selectors.units import pages_by_key, unit_with
from courses.services.completing import catch_up
from courses.services.enrolling import adopt_newest, decline_newest, enrol, renew
from courses.services.keeping import keep_guest
from courses.versions import NothingToLearnError
from courses.views.safety import learning, safe_next, to_sign_in, unit_or_404
from home.selectors import address


@learning
def start(request: HttpRequest, code: str) -> HttpResponse:
    """Enrols who is signed in, and leads everyone to the first step that is not done."""
    course = unit_or_404(code, UnitKind.COURSE)
    if request.method != "POST":
        return redirect(_page(course, journey_of(request)))
    journey = journey_of(request, request.POST)
    journey = Journey(journey.user, journey.guest, code, journey.language)
    if journey.user:
        _enrol(journey.user, course, journey.language, renewing="renew" in request.POST)
    return redirect(first_step(course, journey))


@learning
def newest(request: HttpRequest, code: str) -> HttpResponse:
    """Takes in what is new in a course or a module, or says no to it."""
    unit = unit_with(code, UnitKind.COURSE) or unit_or_404(code, UnitKind.MODULE)
    journey = journey_of(request, request.POST)
    back = _page(unit, journey)
    if request.method != "POST":
        return redirect(back)
    if journey.user is None:
        return to_sign_in(back)
    try:
        if request.POST.get("answer") == "adopt":
            adopt_newest(
                user=journey.user, unit=unit, language=journey.language, now=timezone.now()
            )
        else:
            decline_newest(
                user=journey.user, unit=unit, language=journey.language, now=timezone.now()
            )
    except NothingToLearnError:
        pass
    return redirect(back)


@learning
def keep(request: HttpRequest) -> HttpResponse:
    """Keeps what a guest has done: at once for who is signed in, else at sign-in."""
    if request.method != "POST":
        return redirect(reverse("my_courses"))
    journey = journey_of(request, request.POST)
    back = safe_next(request.POST.get("next", ""), reverse("my_courses"))
    if journey.user is None:
        remember_guest(request, journey)
        return to_sign_in(back)
    keep_guest(
        user=journey.user,
        guest=journey.guest,
        course=unit_with(journey.course, UnitKind.COURSE),
        language=journey.language,
        now=timezone.now(),
    )
    return redirect(back)


def _enrol(user: User, course: Unit, language: str, renewing: bool) -> None:
    try:
        if renewing:
            renew(user=user, course=course, language=language, now=timezone.now())
        else:
            enrol(user=user, unit=course, language=language, now=timezone.now())
            catch_up(user=user, course=course, now=timezone.now())
    except NothingToLearnError:
        return


def _page(unit: Unit, journey: Journey) -> str:
    page = pages_by_key([unit.key], journey.language).get(str(unit.key))
    return address(page) + journey.query if page else f"/{journey.language}/"
