"""The site's own things in Wagtail's admin."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from agencies.models import Agency
from home.models import FocusArea, SiteSettings
from home.translations import is_half_translated


class FocusAreaViewSet(SnippetViewSet):
    model = FocusArea
    icon = "tag"
    list_display = ("name", "key", "tone", "pattern", "order")
    add_to_admin_menu = False


class SiteSettingsViewSet(SnippetViewSet):
    model = SiteSettings
    icon = "cog"
    menu_label = _("Site settings")
    list_display = ("name", "locale", "tagline")
    add_to_settings_menu = True


class AgencyViewSet(ModelViewSet):
    """The register. What becomes of agencies is recorded in the pack's agencies.yaml."""

    model = Agency
    icon = "home"
    menu_label = _("Agencies")
    add_to_admin_menu = True
    list_display = ("name", "kind", "county", "active_from", "active_to")
    list_filter = ("kind", "county")
    search_fields = ("name", "name_en", "key")
    form_fields = (
        "name", "name_en", "key", "kind", "county", "employees", "managers", "active_from",
        "active_to",
    )  # fmt: skip


register_snippet(FocusAreaViewSet)
register_snippet(SiteSettingsViewSet)


@hooks.register("register_admin_viewset")
def register_agencies() -> AgencyViewSet:
    return AgencyViewSet("agencies")


@hooks.register("before_edit_page", order=-1)
def refuse_half_translated(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Comes before wagtail-localize's own hook, which would publish."""
    publishes = request.method == "POST" and request.POST.get("action") == "publish"
    if not publishes or not is_half_translated(page):
        return None
    messages.error(request, _("The page cannot be published until every text is translated."))
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("insert_global_admin_css")
def admin_look() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("home/css/admin.css"))
