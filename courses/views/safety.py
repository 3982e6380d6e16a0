"""What every view of learning needs: who may post, and what becomes of a post that comes late."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from courses.domain.spec import UnitKind
from courses.journey import PROGRESS
from courses.models import Unit
from courses.selectors.units import unit_with

View = Callable[..., HttpResponse]


def learning(view: View) -> View:
    """Never cached, and protected against forged posts.

    A guest's post changes nothing on the server, so it needs no token, and so no cookie. But a page
    elsewhere must not leave anything in a session that is carried out when somebody signs in; and
    a post from there comes without cookies, so that everybody looks like a guest.
    """

    @csrf_exempt
    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        is_forged = _is_forged if request.user.is_authenticated else _is_from_elsewhere
        if is_forged(request):
            return _send_again(request)
        return view(request, *args, **kwargs)

    return guarded


def _is_forged(request: HttpRequest) -> bool:
    """Django's own check, without its answer."""
    checker = _Checker(lambda request: HttpResponse())
    checker.process_request(request)
    return checker.process_view(request, _nothing, (), {}) is not None


def _is_from_elsewhere(request: HttpRequest) -> bool:
    """Whether the browser says that a form stood on a page of another site."""
    here = f"{request.scheme}://{request.get_host()}"
    told = request.headers.get("Origin", here) if request.method == "POST" else here
    return told not in (here, *settings.CSRF_TRUSTED_ORIGINS)


class _Checker(CsrfViewMiddleware):
    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return HttpResponse(status=403)


def _nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def _send_again(request: HttpRequest) -> HttpResponse:
    """Shows what was sent, to be sent again by a person.

    The form was older than the sign-in, or the browser does not tell where it was.
    """
    left_out = ("csrfmiddlewaretoken",)
    fields = [
        (name, value)
        for name in request.POST
        if name not in left_out
        for value in request.POST.getlist(name)
    ]
    return render(request, "learning/send_again.html", {"fields": fields}, status=403)


def unit_or_404(code: str, kind: UnitKind) -> Unit:
    unit = unit_with(code, kind)
    if unit is None:
        raise Http404
    return unit


def safe_next(wanted: str, otherwise: str) -> str:
    """`wanted` where it is an address of this site, without a guest's progress in it."""
    # A path, and not a word that is a name of a view, or of none.
    is_path = wanted.startswith("/") and not wanted.startswith("//")
    if not is_path or not url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return otherwise
    parts = urlsplit(wanted)
    kept = [(name, value) for name, value in parse_qsl(parts.query) if name != PROGRESS]
    return parts._replace(query=urlencode(kept)).geturl()


def to_sign_in(next_url: str) -> HttpResponse:
    return redirect(f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': next_url})}")
