"""What a learner sees of their own: courses, notes, the end of a course, certificates."""

import datetime

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect

from agencies.models import User
from courses.domain.completion import valid_until
from courses.domain.spec import UnitKind
from courses.journey import Journey, journey_of
from courses.learner_forms import CertificateForm, EvaluationForm
from courses.models import Certificate, Completion
from courses.selectors.mine import completion_of, my_learning, my_notes
from courses.services.certifying import (
    make_certificate,
    restore_certificate,
    withdraw_certificate,
)
from courses.services.evaluating import evaluate
from courses.versions import compiled_course
from courses.views.safety import unit_or_404
from home.models import SiteSettings


@never_cache
@login_required
def my_courses(request: HttpRequest) -> HttpResponse:
    journey, user = _whose(request)
    mine = my_learning(journey, user)
    return render(request, "learning/my_courses.html", {"mine": mine, "learning_menu": True})


@never_cache
@login_required
def notes(request: HttpRequest) -> HttpResponse:
    journey, user = _whose(request)
    return render(request, "learning/notes.html", {"lessons": my_notes(journey, user)})


@never_cache
@csrf_protect
@login_required
def completed(request: HttpRequest, code: str) -> HttpResponse:
    """The end of a course: three questions, and the certificate."""
    journey, user = _whose(request)
    completion = _completion(user, code)
    evaluation = EvaluationForm(request.POST if "evaluate" in request.POST else None)
    naming = CertificateForm(
        request.POST if "certify" in request.POST else None,
        initial={"name": user.get_full_name()},
    )
    if evaluation.is_valid():
        evaluate(
            completion=completion,
            scores=evaluation.scores,
            words=evaluation.cleaned_data["words"],
            now=timezone.now(),
        )
        return redirect(reverse("course_completed", args=[code]))
    if naming.is_valid():
        _certify(request, completion, naming.cleaned_data["name"], journey)
        return redirect(reverse("course_completed", args=[code]))
    invalid = evaluation.is_bound or naming.is_bound
    context = {
        "completion": completion,
        "certificate": getattr(completion, "certificate", None),
        "evaluated": hasattr(completion, "evaluation"),
        "evaluation": evaluation,
        "naming": naming,
        "completed_on": timezone.localdate(completion.at),
        "valid_until": _valid_until(completion),
        "code": code,
    }
    return render(request, "learning/completed.html", context, status=422 if invalid else 200)


@never_cache
@login_required
def certificate_file(request: HttpRequest, code: str) -> HttpResponse:
    certificate = _own(request, code)
    response = HttpResponse(bytes(certificate.file.pdf), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{certificate.code}.pdf"'
    return response


@csrf_protect
@login_required
def certificate_page(request: HttpRequest, code: str) -> HttpResponse:
    """Closes or opens the page on which others can check the certificate."""
    certificate = _own(request, code)
    if "withdraw" in request.POST:
        withdraw_certificate(certificate=certificate, now=timezone.now())
    elif "restore" in request.POST:
        restore_certificate(certificate=certificate)
    return redirect(reverse("my_courses"))


def _whose(request: HttpRequest) -> tuple[Journey, User]:
    journey = journey_of(request)
    if journey.user is None:
        raise Http404
    return journey, journey.user


def _completion(user: User, code: str) -> Completion:
    completion = completion_of(user, unit_or_404(code, UnitKind.COURSE))
    if completion is None:
        raise Http404
    return completion


def _certify(
    request: HttpRequest, completion: Completion, name: str, journey: Journey
) -> Certificate:
    settings = SiteSettings.objects.filter(locale__language_code=journey.language).first()
    check = request.build_absolute_uri(reverse("certificate_check", args=["CODE"]))
    return make_certificate(
        completion=completion,
        name=name,
        language=journey.language,
        site_name=settings.name if settings else "Snäckan",
        address=check.replace("CODE", "{code}"),
        now=timezone.now(),
    )


def _valid_until(completion: Completion) -> datetime.date | None:
    spec = compiled_course(completion.version).structure
    return valid_until(timezone.localdate(completion.at), spec.validity_months)


def _own(request: HttpRequest, code: str) -> Certificate:
    return get_object_or_404(Certificate, code=code, completion__user=request.user)
