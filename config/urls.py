from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.urls import serve_pattern

from agencies import urls as account_urls
from courses import report_urls
from courses import urls as course_urls
from home import views
from search import urls as search_urls

handler404 = "home.views.page_not_found"
handler500 = "home.views.server_error"

urlpatterns = [
    path("", views.to_default_language, name="root"),
    path("favicon.ico", RedirectView.as_view(url=f"{settings.STATIC_URL}home/img/mark.svg")),
    path("healthz", views.healthz, name="healthz"),
    path("p/<str:code>", views.permanent_address, name="permanent_address"),
    *course_urls.certificate_urls,
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    *(static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT) if settings.DEBUG else ()),
    *i18n_patterns(
        path("konto/", include(account_urls)),
        path("", include(course_urls)),
        path("", include(report_urls)),
        path("", include(search_urls)),
        re_path(serve_pattern, views.serve),
        path("", include(wagtail_urls)),
        re_path("", views.page_not_found),
        prefix_default_language=True,
    ),
]
