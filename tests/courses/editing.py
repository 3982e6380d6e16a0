"""What an editor's browser sends: the form of a module, with its quiz."""

from typing import Any

from django.forms.utils import ErrorList
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text

from courses.models import LessonPage, ModulePage
from home.models import FocusArea
from tests.factories.courses import Block

JSON = {"HTTP_ACCEPT": "application/json"}


def module_form(quiz: list[Block], **fields: Any) -> dict[str, str]:
    """All fields of a new module. A field given as None is left out."""
    data: dict[str, Any] = {
        "title": "En modul", "slug": "en-modul", "search_description": "En sammanfattning.",
        "focus_areas": [area.pk for area in FocusArea.objects.filter(locale__language_code="sv")],
        "objectives": [{"type": "objective", "id": "mal", "value": "Du kan pröva."}],
        "body": [], "pass_mark": "80", "quiz_shuffle": "on", "quiz": quiz,
        "quiz_passed": "Bra.", "quiz_failed": "Försök igen.", "quiz_change": "",
        "guide_plan": [], "guide_exercises": [], "guide_discussion": [], "guide_material": [],
        "guide_adapt": rich_text(""),
    } | fields  # fmt: skip
    streams = ("objectives", "body", "quiz", "guide_plan", "guide_exercises", "guide_discussion",
               "guide_material")  # fmt: skip
    chosen = data.pop("focus_areas")
    given = {
        name: _stream(value) if name in streams else value
        for name, value in data.items()
        if value is not None
    }
    return nested_form_data(given) | {"focus_areas": chosen}


def form_of(page: ModulePage, **changes: Any) -> dict[str, str]:
    """The form of a page as it is, with changes."""
    fields = {
        "title": page.title, "slug": page.slug, "search_description": page.search_description,
        "quiz": page.quiz.get_prep_value(), "quiz_draw": page.quiz_draw or "",
        "pass_mark": page.pass_mark, "focus_areas": [area.pk for area in page.focus_areas.all()],
    }  # fmt: skip
    return module_form(**fields | changes)


def lesson_form(lesson: LessonPage, **changes: Any) -> dict[str, str]:
    body = changes.pop("body", lesson.body.get_prep_value())
    return nested_form_data({
        "title": lesson.title, "slug": lesson.slug, "search_description": lesson.summary,
        "minutes": lesson.minutes, "body": _stream(body),
    } | changes)  # fmt: skip


def _stream(blocks: list[Block]) -> dict[str, Any]:
    found: dict[str, Any] = {"count": str(len(blocks))}
    for index, block in enumerate(blocks):
        found[str(index)] = {
            "type": block["type"], "id": block.get("id") or "", "order": str(index), "deleted": "",
            "value": _value(block["value"]),
        }  # fmt: skip
    return found


def _value(value: Any) -> Any:
    if isinstance(value, dict):
        shown = {name: _value(one) for name, one in value.items()}
        return {name: one for name, one in shown.items() if one is not False}
    if isinstance(value, list):
        return _stream(value)
    return "on" if value is True else "" if value is None else value


def add_address(parent: Page) -> str:
    return reverse("wagtailadmin_pages:add", args=["courses", "modulepage", parent.pk])


def edit_address(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def send(client: Client, address: str, form: dict[str, str], action: str = "") -> HttpResponse:
    """`action` is the button: publish or submit; none saves a draft."""
    return client.post(address, form | ({f"action-{action}": "1"} if action else {}))


def faults_shown(response: HttpResponse, field: str) -> Any:
    """What the form says at a field: text, or for a stream what its editor is handed."""
    form = response.context["form"]
    errors: ErrorList = form.errors.get(field, ErrorList())
    data = errors.as_data()
    if data and hasattr(data[0], "as_json_data"):
        return data[0].as_json_data()
    return [str(message) for message in errors]
