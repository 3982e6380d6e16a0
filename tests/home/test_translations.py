"""An editor's translation goes live when it is complete, and keeps what the page belongs to."""

from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from home.models import StandardPage
from home.selectors import focus_areas_of
from home.translations import is_half_translated
from kb.models import MethodIndexPage, MethodPage
from kb.selectors import linked_pages
from tests.factories.kb import MethodPageFactory
from tests.people import browser_of

pytestmark = pytest.mark.django_db


def send_for_translation(page: MethodPage, to: Locale) -> Translation:
    source, _ = TranslationSource.update_or_create_from_instance(page)
    translation = Translation.objects.create(source=source, target_locale=to)
    translation.save_target(publish=False)
    return translation


@pytest.fixture
def translation(sv: Locale, en: Locale) -> Translation:
    index = MethodIndexPage.objects.get(locale=sv)
    page = MethodPageFactory(parent=index, areas=["process", "rekrytering"])
    return send_for_translation(page, en)


def translate_all(translation: Translation) -> None:
    for segment in translation.source.stringsegment_set.all():
        StringTranslation.objects.get_or_create(
            translation_of=segment.string,
            locale=translation.target_locale,
            context=segment.context,
            defaults={"data": "text" if segment.context.path == "slug" else "Text"},
        )


def edit_address(page: MethodPage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def publish(translation: Translation) -> MethodPage:
    page = translation.get_target_instance()
    browser_of("editor").post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), {"action": "publish"}
    )
    return MethodPage.objects.get(pk=page.pk)


def test_a_half_translated_page_is_not_published(
    translation: Translation, django_capture_on_commit_callbacks: Any
) -> None:
    assert is_half_translated(translation.get_target_instance())
    with django_capture_on_commit_callbacks(execute=True):
        page = publish(translation)
    page.refresh_from_db()
    assert not page.live


def test_a_whole_translation_is_published(
    translation: Translation, django_capture_on_commit_callbacks: Any
) -> None:
    translate_all(translation)
    assert not is_half_translated(translation.get_target_instance())
    with django_capture_on_commit_callbacks(execute=True):
        page = publish(translation)
    page.refresh_from_db()
    assert page.live


def test_a_page_that_is_no_translation_is_never_half(sv: Locale) -> None:
    assert not is_half_translated(StandardPage.objects.filter(locale=sv).first())


def test_a_translation_keeps_its_focus_areas_and_shows_them_in_its_language(
    translation: Translation,
) -> None:
    page = translation.get_target_instance()
    assert [area.name for area in focus_areas_of(page)] == ["Process", "Recruitment"]


def test_the_form_of_a_translation_offers_its_own_language_with_the_same_choice(
    translation: Translation,
) -> None:
    page = translation.get_target_instance()
    translation.delete()
    form = browser_of("editor").get(edit_address(page)).context["form"]
    field = form.fields["focus_areas"]
    assert {area.locale_id for area in field.queryset} == {page.locale_id}
    chosen = {area.key for area in field.queryset if area.pk in form.initial["focus_areas"]}
    assert chosen == {"process", "rekrytering"}


def test_a_link_to_the_original_leads_to_the_translation(sv: Locale, en: Locale) -> None:
    swedish = MethodPage.objects.live().filter(locale=sv).first()
    found = linked_pages({swedish.pk}, en.pk)
    assert found[swedish.pk] == swedish.get_translation(en).page_ptr
