"""A quiz may be half-finished while it is written; published it is complete, or says where not."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Locale, Page, Workflow

from courses.models import ModulePage, UnitVersion
from tests.courses.editing import (
    JSON,
    add_address,
    edit_address,
    faults_shown,
    form_of,
    lesson_form,
    module_form,
    send,
)
from tests.factories.courses import (
    Block,
    LessonPageFactory,
    case,
    item,
    match,
    module_index,
    module_with,
    one,
    order,
    published,
    quiz_unit,
    scale,
    truth,
)
from tests.people import browser_of

pytestmark = pytest.mark.django_db

EVERY_KIND = [
    one("q1"),
    one("q2", kind="several", right="ab"),
    truth("q3"),
    match("q4"),
    order("q5"),
    case("q6", [one("q6a"), truth("q6b", answer=False)]),
    scale("q7"),
]
# One of each kind as it is just after it has been added.
BLANK = [
    {"type": "one", "value": {"text": "", "read": None, "options": []}},
    {"type": "several", "value": {"text": "", "options": [
        {"value": {"text": "", "right": False, "feedback": ""}, "type": "item"}]}},
    {"type": "truth", "value": {"text": "", "answer": False, "if_true": "", "if_false": ""}},
    {"type": "match", "value": {"text": "", "pairs": [
        {"value": {"left": "", "right": "", "feedback": ""}, "type": "item"}]}},
    {"type": "order", "value": {"text": "", "items": []}},
    {"type": "case", "value": {"text": "", "questions": []}},
    {"type": "scale", "value": {"text": "", "low": "", "high": ""}},
]  # fmt: skip


@pytest.fixture
def editor() -> Client:
    return browser_of("editor")


@pytest.fixture
def index(sv: Locale) -> Page:
    return module_index(sv)


def made(index: Page) -> ModulePage:
    return ModulePage.objects.child_of(index).get(slug="en-modul")


def latest(page: ModulePage) -> ModulePage:
    return ModulePage.objects.get(pk=page.pk).get_latest_revision_as_object()


# -- drafts ------------------------------------------------------------------------------------


def test_a_new_half_finished_quiz_is_saved_as_a_draft(editor: Client, index: Page) -> None:
    empty = module_form(BLANK, quiz_passed="", quiz_failed="", quiz_draw="50", objectives=[])
    response = send(editor, add_address(index), empty)
    assert response.status_code == 302
    page = made(index)
    assert not page.live
    assert [block.block_type for block in latest(page).quiz] == [one["type"] for one in BLANK]
    assert not UnitVersion.objects.filter(unit__key=page.translation_key).exists()


def test_a_published_module_takes_a_half_finished_draft_and_goes_on_as_it_was(
    editor: Client, sv: Locale
) -> None:
    page = module_with([one("q1")], sv)
    response = send(editor, edit_address(page), form_of(page, quiz=BLANK))
    assert response.status_code == 302
    assert len(latest(page).quiz) == len(BLANK)
    page.refresh_from_db()
    assert page.live
    assert [block.id for block in page.quiz] == ["q1"]


def test_what_the_browser_saves_by_itself_is_never_published_and_never_refused(
    editor: Client, sv: Locale
) -> None:
    page = module_with([one("q1")], sv)
    response = editor.post(edit_address(page), form_of(page, quiz=BLANK), **JSON)
    assert response.json()["success"] is True
    again = {"overwrite_revision_id": response.json()["revision_id"]}
    response = editor.post(edit_address(page), form_of(page, quiz=[*BLANK, *BLANK]) | again, **JSON)
    assert response.json()["success"] is True
    assert len(latest(page).quiz) == 2 * len(BLANK)
    assert quiz_unit(page).versions.count() == 1


def test_a_new_page_that_the_browser_saves_by_itself_is_a_draft(
    editor: Client, index: Page
) -> None:
    response = editor.post(add_address(index), module_form(BLANK), **JSON)
    assert response.json()["success"] is True
    assert not made(index).live


def test_a_half_finished_check_in_a_lesson_is_saved_as_a_draft(editor: Client, sv: Locale) -> None:
    lesson = published(LessonPageFactory(parent=module_with([one("q1")], sv)))
    check = {"type": "check", "value": {"question": "", "options": []}}
    form = lesson_form(lesson, body=[check])
    assert send(editor, edit_address(lesson), form).status_code == 302
    refused = send(editor, edit_address(lesson), form, "publish")
    assert faults_shown(refused, "body")["blockErrors"]


# -- publishing --------------------------------------------------------------------------------


def test_a_complete_quiz_of_every_kind_is_published(editor: Client, index: Page) -> None:
    response = send(editor, add_address(index), module_form(EVERY_KIND), "publish")
    assert response.status_code == 302
    page = made(index)
    assert page.live
    assert quiz_unit(page).versions.get().languages == ["sv"]


def test_a_module_without_a_quiz_is_published_without_words_for_one(
    editor: Client, index: Page
) -> None:
    form = module_form([], quiz_passed="", quiz_failed="")
    assert send(editor, add_address(index), form, "publish").status_code == 302
    assert made(index).live


def swedish(message: str) -> str:
    with translation.override("sv"):
        return translation.gettext(message)


def changed(block: Block, **value: Any) -> Block:
    return block | {"value": block["value"] | value}


def options(*rights: bool, texts: str = "abc") -> list[Block]:
    return [
        item(f"o{number}", text=text, right=right, feedback="Jo.")
        for number, (right, text) in enumerate(zip(rights, texts, strict=False))
    ]


ONE_RIGHT = "Mark exactly one answer as right."
SOME_RIGHT = "Mark at least one answer as right."
TWICE = "This is written twice. Each must be different from the others."


def at(block: int, field: str, error: Any) -> dict[str, Any]:
    return {"blockErrors": {block: {"blockErrors": {field: error}}}}


def says(message: str) -> dict[str, Any]:
    """The message in the editor's language."""
    return {"messages": [swedish(message)]}


@pytest.mark.parametrize(
    ("quiz", "shown"),
    [
        ([one("q1"), one("q2", right="")], at(1, "options", says(ONE_RIGHT))),
        ([one("q1", right="ab")], at(0, "options", says(ONE_RIGHT))),
        ([one("q1", kind="several", right="")], at(0, "options", says(SOME_RIGHT))),
        (
            [changed(one("q1"), options=options(True, False, texts="a A"[::2]))],
            at(0, "options", at(1, "text", says(TWICE))),
        ),
        (
            [case("c", [one("c1"), one("c2", right="ab")])],
            at(0, "questions", at(1, "options", says(ONE_RIGHT))),
        ),
        (
            [changed(match("m"), pairs=[
                item("a", left="x", right="1", feedback="Jo."),
                item("b", left="y", right="1", feedback="Jo."),
            ])],
            at(0, "pairs", at(1, "right", says(TWICE))),
        ),
        ([scale("s")], says("At least one question must be graded. Attitude scales are not.")),
    ],
)  # fmt: skip
def test_a_fault_is_said_at_its_field(
    editor: Client, index: Page, quiz: list[Block], shown: dict[str, Any]
) -> None:
    for action in ("publish", "submit"):
        response = send(editor, add_address(index), module_form(quiz), action)
        assert response.status_code == 200
        assert faults_shown(response, "quiz") == shown
    assert not ModulePage.objects.child_of(index).filter(slug="en-modul").exists()


def test_what_wagtail_finds_and_what_we_find_are_shown_together(
    editor: Client, index: Page
) -> None:
    quiz = [changed(one("q1", right="ab"), text=""), one("q2", right="ab")]
    response = send(editor, add_address(index), module_form(quiz), "publish")
    shown = faults_shown(response, "quiz")["blockErrors"]
    assert set(shown[0]["blockErrors"]) == {"text", "options"}
    assert shown[1] == {"blockErrors": {"options": says(ONE_RIGHT)}}


def test_every_blank_block_says_what_it_lacks(editor: Client, index: Page) -> None:
    response = send(editor, add_address(index), module_form(BLANK), "publish")
    shown = faults_shown(response, "quiz")["blockErrors"]
    assert {place: set(error["blockErrors"]) for place, error in shown.items()} == {
        0: {"text", "options"},
        1: {"text", "options"},
        2: {"text", "if_true", "if_false"},
        3: {"text", "pairs"},
        4: {"text", "items"},
        5: {"text", "questions"},
        6: {"text", "low", "high"},
    }


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"quiz_draw": "8"}, "quiz_draw"),
        ({"quiz_draw": "1"}, "quiz_draw"),
        ({"quiz_passed": " "}, "quiz_passed"),
        ({"quiz_failed": ""}, "quiz_failed"),
    ],
)
def test_a_fault_of_the_whole_is_said_at_its_field(
    editor: Client, index: Page, fields: dict[str, str], field: str
) -> None:
    response = send(editor, add_address(index), module_form(EVERY_KIND, **fields), "publish")
    assert set(response.context["form"].errors) == {field}


def test_new_blocks_without_an_id_get_their_faults_at_their_own_place(
    editor: Client, index: Page
) -> None:
    quiz = [{**block, "id": ""} for block in (one("q1"), one("q2", right=""), one("q3"))]
    response = send(editor, add_address(index), module_form(quiz), "publish")
    assert faults_shown(response, "quiz") == at(1, "options", says(ONE_RIGHT))


# -- ways to publish that pass the form by --------------------------------------------------------


def test_a_list_of_pages_does_not_publish_a_half_finished_quiz(editor: Client, index: Page) -> None:
    send(editor, add_address(index), module_form([one("q1", right="")]))
    page = made(index)
    here = reverse("wagtailadmin_explore", args=[index.pk])
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    message = swedish("%(title)s cannot be published from here. Open it, and publish it there.")
    for chosen, below in ((page, ""), (index, "on")):
        response = editor.post(
            f"{address}?id={chosen.pk}&next={here}", {"include_descendants": below}, follow=True
        )
        assert message % {"title": "En modul"} in response.content.decode()
        page.refresh_from_db()
        assert not page.live


def test_a_list_of_pages_publishes_a_complete_quiz(editor: Client, index: Page) -> None:
    send(editor, add_address(index), module_form(EVERY_KIND))
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    editor.post(f"{address}?id={made(index).pk}")
    assert made(index).live


def test_no_other_way_publishes_a_half_finished_quiz(editor: Client, index: Page) -> None:
    send(editor, add_address(index), module_form([one("q1", right="")]))
    page = made(index)
    with translation.override("en"), pytest.raises(ValidationError, match=ONE_RIGHT):
        page.get_latest_revision().publish()
    page.refresh_from_db()
    assert not page.live


def test_what_is_to_be_published_later_has_no_version_before_that(
    editor: Client, index: Page
) -> None:
    later = timezone.localtime() + timezone.timedelta(days=2)
    form = module_form(EVERY_KIND, go_live_at=later.strftime("%Y-%m-%d %H:%M"))
    assert send(editor, add_address(index), form, "publish").status_code == 302
    page = made(index)
    assert not page.live
    assert not UnitVersion.objects.filter(unit__key=page.translation_key).exists()
    page.get_latest_revision().approved_go_live_at = None
    revision = page.get_latest_revision()
    revision.content["go_live_at"] = None
    revision.publish()
    assert quiz_unit(page).versions.count() == 1


@pytest.fixture
def moderation(index: Page) -> Workflow:
    """The workflow that new sites have, as migrations of Wagtail make it."""
    return index.get_workflow()


def test_a_half_finished_quiz_is_not_submitted_and_a_complete_one_is_approved(
    editor: Client, index: Page, moderation: Workflow
) -> None:
    assert moderation
    refused = send(editor, add_address(index), module_form([one("q1", right="")]), "submit")
    assert faults_shown(refused, "quiz")
    assert send(editor, add_address(index), module_form(EVERY_KIND), "submit").status_code == 302
    page = made(index)
    assert not page.live
    state = page.current_workflow_task_state
    approve = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    editor.post(approve, {"comment": ""})
    assert made(index).live


def test_what_a_moderator_has_broken_is_not_approved(
    editor: Client, index: Page, moderation: Workflow
) -> None:
    send(editor, add_address(index), module_form(EVERY_KIND), "submit")
    page = made(index)
    send(editor, edit_address(page), form_of(latest(page), quiz=BLANK))
    state = made(index).current_workflow_task_state
    approve = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    with pytest.raises(ValidationError):
        editor.post(approve, {"comment": ""})
    assert not made(index).live
    assert made(index).current_workflow_task_state == state


# -- previews ----------------------------------------------------------------------------------


def test_the_preview_of_a_draft_shows_the_module_and_its_quiz(
    editor: Client, index: Page, sv: Locale
) -> None:
    address = reverse("wagtailadmin_pages:preview_on_add", args=["courses", "modulepage", index.pk])
    saved = editor.post(address, module_form(EVERY_KIND))
    assert saved.json() == {"is_valid": True, "is_available": True}
    assert "En modul" in editor.get(address).content.decode()
    quiz = editor.get(f"{address}?mode=quiz").content.decode()
    for block in EVERY_KIND:
        assert block["value"]["text"] in quiz
    assert quiz.count("Därför.") == 3 + 3 + 3


def test_the_preview_of_blank_blocks_is_shown(editor: Client, sv: Locale) -> None:
    page = module_with(EVERY_KIND, sv)
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert editor.post(address, form_of(page, quiz=BLANK)).json()["is_valid"] is True
    for mode in ("", "quiz"):
        assert editor.get(f"{address}?mode={mode}").status_code == 200
    assert editor.post(address, form_of(page, quiz=[])).json()["is_valid"] is True
    assert (
        swedish("The module has no quiz yet.")
        in editor.get(f"{address}?mode=quiz").content.decode()
    )


def test_the_preview_of_a_lesson_is_shown(editor: Client, sv: Locale) -> None:
    lesson = LessonPageFactory(parent=module_with(EVERY_KIND, sv), live=False)
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[lesson.pk])
    assert editor.post(address, lesson_form(lesson)).json()["is_valid"] is True
    assert "Vad nu?" in editor.get(address).content.decode()
