"""Reports, in the language of their address. A file's name has a dot, which no agency's key has."""

from django.urls import path
from django.utils.translation import pgettext_lazy

from courses import report_views as views

urlpatterns = [
    path(pgettext_lazy("URL", "my-agency/"), views.my_agency, name="my_agency"),
    path(pgettext_lazy("URL", "reports/"), views.reports, name="reports"),
    path(pgettext_lazy("URL", "reports/table.csv"), views.reports_csv, name="reports_csv"),
    path(pgettext_lazy("URL", "reports/table.xlsx"), views.reports_xlsx, name="reports_xlsx"),
    path(
        pgettext_lazy("URL", "reports/everything.csv"),
        views.reports_everything,
        name="reports_everything",
    ),
    path(
        pgettext_lazy("URL", "reports/completions.csv"),
        views.reports_completions,
        name="reports_completions",
    ),
    path(pgettext_lazy("URL", "reports/unit/<code>/"), views.report_unit, name="report_unit"),
    path(pgettext_lazy("URL", "reports/<key>/"), views.report_agency, name="report_agency"),
]
