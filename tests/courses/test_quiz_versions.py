"""Versions of quizzes: when there is a new one, in which languages, and what stays."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from courses.models import (
    CurrentVersion,
    Enrolment,
    ModulePage,
    QuizChange,
    Unit,
    UnitVersion,
)
from courses.selectors.quiz_change import pending_change
from courses.services.enrolling import decline_newest, enrol
from courses.services.publishing import publish
from courses.versions import NothingToLearnError, compiled_quiz, current_version
from tests.courses.attempting import (
    OTHER_KEY,
    OTHER_WORDS,
    QUIZ,
    answer,
    begin,
    change,
    points,
    take,
)
from tests.factories.courses import (
    case,
    learner,
    match,
    module_with,
    one,
    published,
    quiz_unit,
    translated,
    truth,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def module_page(sv: Locale) -> ModulePage:
    return module_with(QUIZ, sv)


# -- versions ----------------------------------------------------------------------------------


def test_publishing_makes_a_version_and_publishing_the_same_makes_none(
    module_page: ModulePage,
) -> None:
    quiz = quiz_unit(module_page)
    assert quiz.versions.get().languages == ["sv"]
    published(ModulePage.objects.get(pk=module_page.pk))
    assert quiz.versions.count() == 1


def test_a_version_that_somebody_has_begun_stays_when_the_next_comes(
    module_page: ModulePage,
) -> None:
    attempt = take(module_page, learner(), q1="a", q2="a")
    change(module_page, OTHER_KEY)
    attempt.refresh_from_db()
    assert [version.number for version in quiz_unit(module_page).versions.all()] == [1, 2]
    assert compiled_quiz(attempt.version).structure.questions[0].right == {"q1-a"}


def test_a_version_that_nobody_has_met_is_replaced(module_page: ModulePage) -> None:
    change(module_page, OTHER_KEY)
    change(module_page, OTHER_WORDS)
    assert quiz_unit(module_page).versions.count() == 1


def test_a_version_is_never_changed_whoever_tries(module_page: ModulePage) -> None:
    version = quiz_unit(module_page).versions.get()
    version.spec = {}
    with pytest.raises(DatabaseError), transaction.atomic():
        version.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        UnitVersion.objects.filter(pk=version.pk).update(languages=[])


def test_who_has_begun_a_module_or_an_attempt_stays_on_the_version(module_page: ModulePage) -> None:
    anna = learner()
    enrolment = enrol(
        user=anna,
        unit=Unit.objects.get(key=module_page.translation_key),
        language="sv",
        now=timezone.now(),
    )
    attempt = begin(module_page, anna)
    change(module_page, [*OTHER_KEY, one("q3")], "regrade")
    assert Enrolment.objects.get(pk=enrolment.pk).version == enrolment.version
    assert begin(module_page, anna).version == attempt.version
    assert points(take(module_page, anna, q1="a", q2="a")) == (2, True)
    assert begin(module_page, anna).version != attempt.version


def test_changes_one_after_another_that_nobody_has_begun_do_not_stand_in_each_others_way(
    module_page: ModulePage,
) -> None:
    take(module_page, learner(), q1="a", q2="a")
    for quiz in (OTHER_KEY, QUIZ, OTHER_WORDS, OTHER_KEY):
        change(module_page, quiz, "regrade")
    assert QuizChange.objects.count() == 4
    assert CurrentVersion.objects.get(unit=quiz_unit(module_page)).version.number == 5


def test_a_newer_version_that_a_learner_has_declined_does_not_stand_in_the_way(
    module_page: ModulePage,
) -> None:
    anna, module = learner(), Unit.objects.get(key=module_page.translation_key)
    enrol(user=anna, unit=module, language="sv", now=timezone.now())
    change(module_page, [*QUIZ, one("q3")])
    decline_newest(user=anna, unit=module, language="sv", now=timezone.now())
    change(module_page, [*QUIZ, one("q3"), one("q4")])
    assert module.versions.count() == 3


# -- languages ---------------------------------------------------------------------------------


def test_languages_with_the_same_structure_share_a_version(
    module_page: ModulePage, en: Locale
) -> None:
    translated(module_page, en, QUIZ)
    assert quiz_unit(module_page).versions.latest("number").languages == ["en", "sv"]
    assert current_version(quiz_unit(module_page), "en") == current_version(
        quiz_unit(module_page), "sv"
    )


def test_a_language_whose_structure_differs_keeps_its_version(
    module_page: ModulePage, en: Locale
) -> None:
    translated(module_page, en, QUIZ)
    both = current_version(quiz_unit(module_page), "en")
    change(module_page, [*QUIZ, one("q3")])
    assert current_version(quiz_unit(module_page), "en") == both
    assert current_version(quiz_unit(module_page), "sv").languages == ["sv"]


def test_publishing_what_has_not_changed_makes_no_version_where_languages_differ(
    module_page: ModulePage, en: Locale
) -> None:
    english = translated(module_page, en, [one("q1")])
    numbers = set(quiz_unit(module_page).versions.values_list("number", flat=True))
    for one_page in (module_page, english, module_page):
        published(ModulePage.objects.get(pk=one_page.pk))
    assert set(quiz_unit(module_page).versions.values_list("number", flat=True)) == numbers


def test_what_one_language_has_decided_is_not_decided_again_by_the_other(
    module_page: ModulePage, en: Locale
) -> None:
    english = translated(module_page, en, QUIZ)
    attempt = take(module_page, learner(), language="en", q1="b", q2="a")
    change(module_page, OTHER_KEY, "points")
    assert points(attempt) == (2, True)
    english.quiz = OTHER_KEY
    assert not pending_change(english).asks
    change(english, OTHER_KEY, "regrade")
    assert points(attempt) == (2, True)
    assert QuizChange.objects.count() == 1
    assert current_version(quiz_unit(module_page), "en").languages == ["en", "sv"]


def test_a_change_in_one_language_alone_is_asked_about_there(
    module_page: ModulePage, en: Locale
) -> None:
    english = translated(module_page, en, [one("q1", right="c"), one("q2")])
    take(module_page, learner(), language="en", q1="c", q2="a")
    english.quiz = OTHER_KEY
    assert pending_change(english).difference.key == {"q1"}
    module_page.quiz = OTHER_WORDS
    assert pending_change(module_page).difference.wording == {"q1"}


def test_a_translation_by_wagtail_localize_shares_the_structure(
    sv: Locale, en: Locale, django_capture_on_commit_callbacks: Any
) -> None:
    quiz = [one("q1"), case("q2", [one("p1"), truth("p2")]), match("q3")]
    module_page = module_with(quiz, sv)
    source, _ = TranslationSource.update_or_create_from_instance(module_page)
    translation = Translation.objects.create(source=source, target_locale=en)
    translation.save_target(publish=False)
    for segment in source.stringsegment_set.all():
        path, number = segment.context.path, segment.order
        StringTranslation.objects.get_or_create(
            translation_of=segment.string, locale=en, context=segment.context,
            defaults={"data": "text" if path == "slug" else f"Text {number}"},
        )  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)
    version = quiz_unit(module_page).versions.get()
    assert version.languages == ["en", "sv"]
    assert set(version.spec["texts"]["en"]) == set(version.spec["texts"]["sv"])


# -- a quiz that is taken away -----------------------------------------------------------------


def test_a_quiz_that_is_taken_away_keeps_its_attempts_and_nobody_begins_it(
    module_page: ModulePage,
) -> None:
    quiz, anna = quiz_unit(module_page), learner("anna")
    attempt = take(module_page, anna, q1="a", q2="a")
    still_open = begin(module_page, learner("bo"))
    change(module_page, [])
    module = Unit.objects.get(key=module_page.translation_key)
    assert current_version(module, "sv").spec["structure"]["quiz"] is None
    assert points(attempt) == (2, True)
    assert quiz.versions.count() == 1
    with pytest.raises(NothingToLearnError):
        current_version(quiz, "sv")
    answer(still_open, "q1", "a")
    answer(still_open, "q2", "a")
    assert points(still_open) == (2, True)


def test_a_quiz_that_comes_back_is_asked_about_as_any_other(module_page: ModulePage) -> None:
    attempt = take(module_page, learner(), q1="b", q2="a")
    change(module_page, [])
    change(module_page, OTHER_KEY, "regrade")
    assert points(attempt) == (2, True)
    change(module_page, [])
    change(module_page, OTHER_KEY, "keep")
    assert current_version(quiz_unit(module_page), "sv").number == 3
    assert QuizChange.objects.count() == 1


def test_a_quiz_that_one_language_takes_away_stays_in_the_other(
    module_page: ModulePage, en: Locale
) -> None:
    translated(module_page, en, QUIZ)
    change(module_page, [])
    languages = CurrentVersion.objects.filter(unit=quiz_unit(module_page)).values_list("language")
    assert list(languages) == [("en",)]


def test_a_module_without_a_quiz_has_no_unit_for_one(sv: Locale) -> None:
    module_page = module_with([], sv)
    assert not Unit.objects.filter(part_of__key=module_page.translation_key, kind="quiz").exists()


# -- two at the same time ----------------------------------------------------------------------


def test_a_version_is_made_of_what_is_live_and_not_of_what_is_in_hand(
    module_page: ModulePage,
) -> None:
    """Two editors publish: the first one's page was saved first, and comes to its version last."""
    first = ModulePage.objects.get(pk=module_page.pk)
    first.quiz = OTHER_WORDS
    first.save()
    change(module_page, OTHER_KEY)
    publish(first, timezone.now())
    newest = current_version(quiz_unit(module_page), "sv")
    assert compiled_quiz(newest).structure.questions[0].right == {"q1-b"}
