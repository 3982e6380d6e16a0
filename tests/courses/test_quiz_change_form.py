"""What the editor is asked of a change, and the dry run that helps to answer."""

import datetime

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale

from courses.domain.changes import ChangeKind
from courses.models import (
    Attempt,
    ModulePage,
    QuizChange,
)
from courses.selectors.quiz_change import What, dry_run_of
from tests.courses.attempting import (
    OTHER_KEY,
    OTHER_WORDS,
    QUIZ,
    begin,
    change,
    points,
    take,
)
from tests.courses.editing import edit_address, faults_shown, form_of, send
from tests.factories.courses import (
    Block,
    learner,
    module_with,
    one,
)
from tests.people import browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def module_page(sv: Locale) -> ModulePage:
    return module_with(QUIZ, sv)


# -- the form ----------------------------------------------------------------------------------


@pytest.fixture
def editor() -> Client:
    return browser_of("editor")


def test_a_change_that_touches_results_asks_what_it_is(
    editor: Client, module_page: ModulePage
) -> None:
    take(module_page, learner(), q1="a", q2="a")
    for action in ("publish", "submit"):
        refused = send(
            editor, edit_address(module_page), form_of(module_page, quiz=OTHER_KEY), action
        )
        assert faults_shown(refused, "quiz_change")
        assert set(refused.context["form"].errors) == {"quiz_change"}
    assert QuizChange.objects.count() == 0
    saved = send(editor, edit_address(module_page), form_of(module_page, quiz=OTHER_KEY))
    assert saved.status_code == 302


@pytest.mark.parametrize("said", [kind.value for kind in ChangeKind])
def test_wording_is_refused_where_right_answers_differ(
    editor: Client, module_page: ModulePage, said: str
) -> None:
    take(module_page, learner(), q1="a", q2="a")
    form = form_of(module_page, quiz=OTHER_KEY, quiz_change=said)
    response = send(editor, edit_address(module_page), form, "publish")
    if said == "wording":
        [shown] = faults_shown(response, "quiz_change")
        assert "1" in shown
    else:
        assert response.status_code == 302
        done = QuizChange.objects.get()
        assert (done.kind, done.decided_by.email) == (said, "redaktor@example.org")


def test_wording_is_taken_where_only_words_differ(editor: Client, module_page: ModulePage) -> None:
    take(module_page, learner(), q1="a", q2="a")
    refused = send(
        editor, edit_address(module_page), form_of(module_page, quiz=OTHER_WORDS), "publish"
    )
    assert faults_shown(refused, "quiz_change")
    form = form_of(module_page, quiz=OTHER_WORDS, quiz_change="wording")
    assert send(editor, edit_address(module_page), form, "publish").status_code == 302


@pytest.mark.parametrize("submitted", [False, True])
def test_nothing_is_asked_where_no_result_is_touched(
    editor: Client, module_page: ModulePage, submitted: bool
) -> None:
    take(module_page, learner(), q1="a", **({"q2": "a"} if submitted else {}))
    quiz = [*QUIZ, one("q3")] if submitted else OTHER_KEY
    response = send(editor, edit_address(module_page), form_of(module_page, quiz=quiz), "publish")
    assert response.status_code == 302
    assert not QuizChange.objects.exists()


def test_the_field_is_empty_again_for_the_next_change(
    editor: Client, module_page: ModulePage
) -> None:
    take(module_page, learner(), q1="a", q2="a")

    def chosen() -> str:
        form = editor.get(edit_address(module_page)).context["form"]
        return form["quiz_change"].value()

    form = form_of(module_page, quiz=OTHER_KEY, quiz_change="keep")
    send(editor, edit_address(module_page), form)
    assert chosen() == "keep"
    send(editor, edit_address(module_page), form, "publish")
    assert chosen() == ""


def test_what_was_said_when_it_was_scheduled_holds_when_it_is_published(
    module_page: ModulePage,
) -> None:
    attempt = take(module_page, learner(), q1="b", q2="a")
    module_page.quiz, module_page.quiz_change = OTHER_KEY, "regrade"
    module_page.go_live_at = datetime.datetime(2999, 1, 1, tzinfo=datetime.UTC)
    revision = module_page.save_revision()
    revision.publish()
    assert points(attempt) == (1, False)
    revision.refresh_from_db()
    revision.content["go_live_at"] = None
    revision.publish()
    assert points(attempt) == (2, True)


# -- the dry run -------------------------------------------------------------------------------


def draft(module_page: ModulePage, quiz: list[Block]) -> ModulePage:
    fresh = ModulePage.objects.get(pk=module_page.pk)
    fresh.quiz = quiz
    fresh.save_revision()
    return fresh


def test_a_dry_run_says_what_publishing_then_does_and_does_nothing(module_page: ModulePage) -> None:
    for name, letter in (("anna", "a"), ("bo", "b"), ("cia", "c")):
        take(module_page, learner(name), q1=letter, q2="a")
    begin(module_page, learner("dan"))
    run = dry_run_of(draft(module_page, OTHER_KEY))
    assert (run.submitted, run.open, run.asks) == (3, 1, True)
    assert [question.what for question in run.questions] == [What.KEY]
    seen = {
        kind.value: (effect.changed, effect.now_passed, effect.now_failed)
        for kind, effect in run.effects.items()
    }
    assert seen == {"keep": (0, 0, 0), "points": (2, 2, 0), "regrade": (2, 1, 1)}
    assert Attempt.objects.filter(passed=True).count() == 1
    change(module_page, OTHER_KEY, "regrade")
    done = QuizChange.objects.get()
    assert (done.attempts, done.now_passed, done.now_failed) == seen["regrade"]


def test_the_page_of_a_dry_run_names_questions_and_numbers(
    editor: Client, module_page: ModulePage
) -> None:
    take(module_page, learner(), q1="b", q2="a")
    draft(module_page, [*OTHER_KEY, one("q3", text="En ny fråga?")])
    response = editor.get(reverse("quiz_change", args=[module_page.pk]))
    shown = response.content.decode()
    assert response.status_code == 200
    assert "Fråga q1?" in shown
    assert "En ny fråga?" in shown
    assert "Fråga q2?" not in shown
    link = reverse("quiz_change", args=[module_page.pk])
    assert link in editor.get(edit_address(module_page)).content.decode()


def test_the_page_of_a_dry_run_is_there_where_there_is_nothing_to_say(
    editor: Client, sv: Locale
) -> None:
    module_page = module_with([], sv)
    address = reverse("quiz_change", args=[module_page.pk])
    assert editor.get(address).status_code == 200
    draft(module_page, [{"type": "one", "value": {"text": "", "options": []}}])
    assert editor.get(address).status_code == 200
    change(module_page, QUIZ)
    assert editor.get(address).status_code == 200
    assert editor.get(reverse("quiz_change", args=[0]), follow=True).status_code == 404


def test_only_who_may_publish_sees_a_dry_run(module_page: ModulePage) -> None:
    address = reverse("quiz_change", args=[module_page.pk])
    assert Client().get(address).status_code == 302
    writer = learner("writer")
    writer.groups.set([])
    client = Client()
    client.force_login(writer)
    assert client.get(address).status_code == 302
    writer.groups.set(Group.objects.filter(name="Editors"))
    assert client.get(address).status_code == 302
    assert address not in client.get(edit_address(module_page)).content.decode()
