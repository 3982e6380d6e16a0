"""What courses add to Wagtail's admin."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page

from courses.admin_views import QuizChangeView
from courses.editing import refusals
from courses.models import ModulePage


@hooks.register("register_admin_urls")
def course_urls() -> list[URLPattern]:
    return [path("courses/quiz-change/<int:pk>/", QuizChangeView.as_view(), name="quiz_change")]


@hooks.register("before_bulk_action")
def refuse_bulk_publishing(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """Lists of pages publish without the form that says what is wrong, and where."""
    if action_type != "publish" or not objects or not isinstance(objects[0], Page):
        return None
    below = bool(action.cleaned_form.cleaned_data.get("include_descendants"))
    refused = [page for page in _modules(objects, below) if refusals(page)]
    if not refused:
        return None
    for page in refused:
        message = _("%(title)s cannot be published from here. Open it, and publish it there.")
        messages.error(request, message % {"title": page.get_admin_display_title()})
    return redirect(action.next_url)


def _modules(pages: list[Page], below: bool) -> Iterator[ModulePage]:
    """Latest drafts of the modules among the pages, and of unpublished ones below them."""
    for page in pages:
        found = ModulePage.objects.filter(pk=page.pk)
        if below:
            found |= ModulePage.objects.descendant_of(page).filter(live=False)
        for module in found:
            yield module.get_latest_revision_as_object()
