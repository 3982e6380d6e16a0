"""What anybody may see: a whole module on one page, and whether a certificate is genuine."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import never_cache

from courses.domain.spec import UnitKind
from courses.models import Certificate
from courses.selectors.whole import whole_module
from courses.views.safety import unit_or_404


def whole(request: HttpRequest, code: str) -> HttpResponse:
    """A module on one page, to read or print; with `?guide=1` with the facilitator's guide."""
    module = unit_or_404(code, UnitKind.MODULE)
    page = whole_module(module, translation.get_language() or "sv")
    if page is None:
        raise Http404
    context = {"whole": page, "page": page.page, "with_guide": "guide" in request.GET}
    return render(request, "learning/whole_module.html", context)


@never_cache
def certificate_check(request: HttpRequest, code: str) -> HttpResponse:
    """Says of a certificate that it is genuine, and nothing but what stands on it."""
    certificate = Certificate.objects.filter(code=code.lower()).first()
    language = request.GET.get("language", "")
    if language in dict(settings.LANGUAGES):
        translation.activate(language)
        request.LANGUAGE_CODE = language
    # Not 404: below no language, Django would look for the page below one.
    status = 200 if certificate and not certificate.withdrawn_at else 410
    context = {"certificate": certificate, "code": code}
    return render(request, "learning/certificate_check.html", context, status=status)
