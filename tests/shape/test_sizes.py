"""Files that a person can read at one sitting, and migrations that stay small."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import migrations
from django.db.migrations.loader import MigrationLoader
from wagtail.fields import StreamField

from home.fields import BodyField

MAX_PYTHON, MAX_TEMPLATE = 400, 120
MAX_MIGRATIONS = 300_000
ROOT = Path(settings.BASE_DIR)
OWN_APPS = [app for app in apps.get_app_configs() if Path(app.path).parent == ROOT]
FOLDERS = [*(Path(app.path) for app in OWN_APPS), ROOT / "config", ROOT / "tests"]


def long(files: Iterable[Path], most: int) -> list[str]:
    return [str(file) for file in files if len(file.read_text().splitlines()) > most]


def test_python_files_are_short() -> None:
    """Migrations are written by Django and have a budget of their own below."""
    files = [file for folder in FOLDERS for file in folder.rglob("*.py")]
    written = [file for file in files if file.parent.name != "migrations"]
    assert len(written) > len(OWN_APPS)
    assert long(written, MAX_PYTHON) == []


def test_templates_are_short() -> None:
    templates = list((ROOT / "templates").rglob("*.html"))
    assert templates
    assert long(templates, MAX_TEMPLATE) == []


def test_migrations_are_small_together() -> None:
    files = [file for app in OWN_APPS for file in (Path(app.path) / "migrations").glob("*.py")]
    assert 0 < sum(file.stat().st_size for file in files) < MAX_MIGRATIONS


def stream_fields(operation: migrations.operations.base.Operation) -> list[StreamField]:
    fields = [field for _name, field in getattr(operation, "fields", ())]
    fields += [operation.field] if hasattr(operation, "field") else []
    return [field for field in fields if isinstance(field, StreamField)]


@pytest.mark.django_db
def test_migrations_know_no_blocks() -> None:
    loader = MigrationLoader(connection=None)
    own = {app.label for app in OWN_APPS}
    found = [
        field
        for (label, _name), migration in loader.disk_migrations.items()
        if label in own
        for operation in migration.operations
        for field in stream_fields(operation)
    ]
    assert found
    assert [field for field in found if field.stream_block.child_blocks] == []


def test_every_stream_of_our_own_keeps_its_blocks_out_of_migrations() -> None:
    streams = [
        field
        for app in OWN_APPS
        for model in app.get_models()
        for field in model._meta.local_fields
        if isinstance(field, StreamField)
    ]
    assert streams
    assert [field for field in streams if not isinstance(field, BodyField)] == []
