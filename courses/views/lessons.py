"""What a learner does on the page of a lesson."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone

from agencies.models import User
from courses.domain.spec import UnitKind
from courses.journey import Journey, journey_of
from courses.pending import comes_late, register_action, remember
from courses.selectors.steps import address_of, after_lesson, prompt_of
from courses.selectors.units import unit_with
from courses.services.enrolling import enrol
from courses.services.lessons import finish_lesson
from courses.services.reflecting import save_reflection
from courses.versions import NothingToLearnError
from courses.views.safety import learning, to_sign_in, unit_or_404


@learning
def lesson_done(request: HttpRequest, code: str) -> HttpResponse:
    lesson = unit_or_404(code, UnitKind.LESSON)
    if request.method != "POST":
        return redirect(address_of(lesson, journey_of(request)))
    journey = journey_of(request, request.POST)
    if comes_late(request):
        remember(request, "lesson", code, journey.language)
        return to_sign_in(after_lesson(lesson, journey))
    if journey.user:
        _finish(journey.user, code, request.POST, journey.language)
    else:
        guest = journey.guest.with_lesson(str(lesson.key))
        journey = Journey(None, guest, journey.course, journey.language)
    return redirect(after_lesson(lesson, journey))


@learning
def note(request: HttpRequest, code: str) -> HttpResponse:
    """Saves the note at one prompt, and goes back to it."""
    lesson = unit_or_404(code, UnitKind.LESSON)
    if request.method != "POST":
        return redirect(address_of(lesson, journey_of(request)))
    journey = journey_of(request, request.POST)
    prompt = request.POST.get("prompt", "")
    back = (
        f"{address_of(lesson, journey)}#note-{prompt}"
        if prompt_of(lesson, prompt, journey.language)
        else address_of(lesson, journey)
    )
    if journey.user is None:
        remember(request, "note", code, journey.language)
        return to_sign_in(back)
    _save_note(journey.user, code, request.POST, journey.language)
    return redirect(back)


def _finish(user: User, code: str, fields: QueryDict, language: str) -> None:
    lesson = unit_or_404(code, UnitKind.LESSON)
    now = timezone.now()
    try:
        if course := unit_with(fields.get("course", ""), UnitKind.COURSE):
            enrol(user=user, unit=course, language=language, now=now)
        finish_lesson(user=user, lesson=lesson, language=language, now=now)
    except NothingToLearnError:
        return


def _save_note(user: User, code: str, fields: QueryDict, language: str) -> None:
    lesson = unit_or_404(code, UnitKind.LESSON)
    prompt = fields.get("prompt", "")
    question = prompt_of(lesson, prompt, language)
    if question:
        save_reflection(
            user=user,
            lesson=lesson,
            prompt=prompt,
            question=question,
            text=fields.get("text", ""),
            now=timezone.now(),
        )


register_action("lesson", _finish)
register_action("note", _save_note)
