"""One database for each worker, with the starter content in it; each test is rolled back."""

import os
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from wagtail.models import Locale

from home.packs.load import load_pack

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# Where work is decided on, hypothesis tries the same examples each time; elsewhere new ones.
hypothesis.settings.register_profile("decided", derandomize=True)
if os.environ.get("CI"):
    hypothesis.settings.load_profile("decided")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: Any, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        load_pack(settings.CONTENT_DIR)


@pytest.fixture(autouse=True)
def _clear_cache() -> Iterator[None]:
    """Wagtail keeps root paths in the cache; a rolled back test must not leave its own there."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def sv(db: None) -> Locale:
    return Locale.objects.get(language_code="sv")


@pytest.fixture
def en(db: None) -> Locale:
    return Locale.objects.get(language_code="en")
