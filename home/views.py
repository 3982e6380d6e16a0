from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from wagtail.url_routing import RouteResult
from wagtail.views import serve as wagtail_serve

from home.permanent import pages_with
from home.routing import live_page_at


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Wagtail's own view, told the page beforehand where it can be found quickly.

    A page that is not there is answered here, so that it looks the same in development.
    """
    if page := live_page_at(path, get_language() or settings.LANGUAGE_CODE):
        request._wagtail_route_for_request = RouteResult(page)  # type: ignore[attr-defined]
    try:
        return wagtail_serve(request, path)
    except Http404 as error:
        return page_not_found(request, error)


def to_default_language(request: HttpRequest) -> HttpResponse:
    return redirect(f"/{settings.LANGUAGE_CODE}/")


def healthz(request: HttpRequest) -> HttpResponse:
    """200 where the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"database": "ok"})


def permanent_address(request: HttpRequest, code: str) -> HttpResponse:
    """To the page in the site's main language, or else in a language that it has."""
    try:
        pages = list(pages_with(code).live().public().select_related("locale"))
    except ValueError as error:
        raise Http404 from error
    if not pages:
        raise Http404
    pages.sort(key=lambda page: page.locale.language_code != settings.LANGUAGE_CODE)
    return redirect(pages[0].get_url(request))


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """No cookie, or that of another sign-in: the form was open since before."""
    return render(request, "403_csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Needs neither database nor session, since either may be what failed."""
    return render(request, "500.html", status=500)
