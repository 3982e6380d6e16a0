"""The rule that a translation goes live only when it is complete; docs/decisions/0005."""

from wagtail.models import Page
from wagtail_localize.models import Translation


def is_half_translated(page: Page) -> bool:
    """Whether the page is being translated from another language and texts are missing."""
    translation = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale_id=page.locale_id, enabled=True
    ).first()
    if translation is None:
        return False
    total, done = translation.get_progress()
    return done < total
