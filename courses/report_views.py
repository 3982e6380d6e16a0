"""Reports: what is asked for, one function, the answer."""

import io
from collections.abc import Callable, Iterator
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from agencies.models import Agency, User
from agencies.visibility import can_see_totals, rights_of
from courses.domain.spec import UnitKind
from courses.reports.agency import agency_report, own_agency
from courses.reports.everything import completions, everything
from courses.reports.exports import csv_lines, note, report_csv, write_xlsx
from courses.reports.lines import lines, lines_of, unit_lines
from courses.reports.report import asked_of, report_for
from courses.reports.sources import Sources, sources_for
from courses.reports.table import Value
from courses.reports.unit import unit_report
from courses.selectors.units import unit_with

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
View = Callable[..., HttpResponseBase]


def for_roles(view: Callable[..., HttpResponseBase]) -> View:
    """Hands the view its sources; whoever may see nothing is told who can."""

    @wraps(view)
    def checked(request: HttpRequest, *args: str) -> HttpResponseBase:
        sources = sources_for(request.user, timezone.localdate())
        if not sources.scope:
            return render(request, "reports/nothing.html", status=403)
        return view(request, sources, *args)

    return never_cache(require_safe(login_required(checked)))


@for_roles
def reports(request: HttpRequest, sources: Sources) -> HttpResponse:
    report = report_for(request.GET, sources)
    context = {
        "report": report,
        "lines": lines_of(report, sources),
        "note": note(report.about, sources, report.table.exact),
        "several": len(sources.units(report.asked)) > 1,
        "all_exactly": sources.scope.all and sources.scope.exact,
        "own": own_agency(_person(request), sources.today)[0],
        "unit": report.asked.unit if sources.scope.all else "",
    }
    return render(request, "reports/overview.html", context)


@for_roles
def reports_csv(request: HttpRequest, sources: Sources) -> HttpResponseBase:
    report = report_for(request.GET, sources)
    return _stream(report_csv(report, sources), _("report"))


@for_roles
def reports_xlsx(request: HttpRequest, sources: Sources) -> HttpResponseBase:
    file = io.BytesIO()
    write_xlsx(file, report_for(request.GET, sources), sources)
    response = HttpResponse(file.getvalue(), content_type=XLSX)
    return _named(response, _("report"), "xlsx")


@for_roles
def reports_everything(request: HttpRequest, sources: Sources) -> HttpResponseBase:
    rows = everything(sources, asked_of(request.GET, sources).now)
    return _stream(csv_lines(rows), _("all-figures"))


@for_roles
def reports_completions(request: HttpRequest, sources: Sources) -> HttpResponseBase:
    if not (sources.scope.all and sources.scope.exact):
        raise Http404
    rows: Iterator[list[Value]] = completions(sources)
    return _stream(csv_lines(rows), _("completions"))


@never_cache
@require_safe
@login_required
def report_agency(request: HttpRequest, key: str) -> HttpResponse:
    agency = get_object_or_404(Agency, key=key)
    if not can_see_totals(request.user, agency, timezone.localdate()):
        raise Http404
    return _of_agency(request, agency, [])


@never_cache
@require_safe
@login_required
def my_agency(request: HttpRequest) -> HttpResponse:
    agency, others = own_agency(_person(request), timezone.localdate())
    if agency is None:
        return render(request, "reports/nothing.html")
    return _of_agency(request, agency, others)


@never_cache
@require_safe
@login_required
def report_unit(request: HttpRequest, code: str) -> HttpResponse:
    today = timezone.localdate()
    unit = unit_with(code, UnitKind.COURSE) or unit_with(code, UnitKind.MODULE)
    if unit is None or not rights_of(request.user, today).all:
        raise Http404
    report = unit_report(unit, sources_for(request.user, today))
    context = {"report": report, "lines": lines(report.table, lambda key: "")}
    return render(request, "reports/unit.html", context)


def _of_agency(request: HttpRequest, agency: Agency, others: list[Agency]) -> HttpResponse:
    sources = sources_for(request.user, timezone.localdate())
    report = agency_report(request.GET, sources, agency)
    tables = [(title, unit_lines(table, sources)) for title, table in report.tables]
    context = {"report": report, "tables": tables, "others": others}
    return render(request, "reports/agency.html", context)


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101  login_required has seen to it
    return request.user


def _stream(lines: Iterator[str], name: str) -> HttpResponseBase:
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    return _named(response, name, "csv")


def _named(response: HttpResponseBase, name: str, ending: str) -> HttpResponseBase:
    """A file to be saved, under a name with the day."""
    file_name = f"{name}-{timezone.localdate()}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{file_name}"'
    response["X-Robots-Tag"] = "noindex"
    return response
