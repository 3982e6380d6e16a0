"""The command, and the starter content that it loads when it is told nothing else."""

import os
import subprocess
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from wagtail.fields import StreamField
from wagtail.models import Page

from home.models import PackItem
from home.packs.load import load_pack
from home.packs.report import Outcome
from tests.home.packs.conftest import PackFolder


def run(*arguments: object, **options: object) -> list[str]:
    """The lines that load_content writes."""
    out = StringIO()
    call_command("load_content", *map(str, arguments), stdout=out, **options)
    return out.getvalue().splitlines()


@pytest.mark.django_db
def test_a_load_tells_how_much_it_did(pack: PackFolder) -> None:
    first = run(pack.path)
    assert first[-1].startswith("Loaded pack: 6 created, 0 updated, 0 unchanged")
    pack.page("one", "Ny text.\n", languages=("sv",))
    assert run(pack.path)[-1].startswith("Loaded pack: 0 created, 1 updated, 5 unchanged")


@pytest.mark.django_db
def test_a_load_names_what_it_left_alone(pack: PackFolder) -> None:
    pack.load()
    page = pack.on_site("one")
    page.save_revision().publish()
    pack.remove("sv/two.md")
    pack.on_site("two", "en").delete()
    pack.page("one", "Ny text.\n")
    assert set(run(pack.path)[:-1]) == {
        f"  sv/one: {Outcome.EDITED}",
        f"  sv/two: {Outcome.GONE}",
        f"  en/two: {Outcome.DELETED}",
    }


@pytest.mark.django_db
def test_a_dry_run_names_what_it_would_do_and_does_nothing(pack: PackFolder) -> None:
    *pages, total = run(pack.path, dry_run=True)
    assert set(pages) == {
        f"  {language}/{path}: {Outcome.CREATED}"
        for language in ("sv", "en")
        for path in ("", "one", "two")
    }
    assert total.startswith("Would load pack: 6 created")
    assert not Page.objects.filter(slug="test-sv").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("dry_run", [False, True])
def test_a_mistake_is_told_and_that_nothing_has_changed(pack: PackFolder, dry_run: bool) -> None:
    pack.page("one", "Text.\n\nTill [ingen](page:nowhere).\n", languages=("sv",))
    with pytest.raises(CommandError) as refused:
        run(pack.path, dry_run=dry_run)
    line = pack.line("sv/one.md", "nowhere")
    assert str(refused.value).splitlines() == [
        f"sv/one.md:{line}: there is no page 'nowhere' in sv",
        "Nothing has been changed.",
    ]


@pytest.mark.parametrize("mistake", ["page", "folder"])
def test_the_command_ends_with_an_error_code(
    pack: PackFolder, tmp_path: Path, mistake: str
) -> None:
    """As a script sees it: a code, a message and no traceback."""
    pack.page("one", title="", languages=("sv",))
    done = subprocess.run(  # noqa: S603
        [sys.executable, settings.BASE_DIR / "manage.py", "load_content",
         pack.path if mistake == "page" else tmp_path / "nowhere"],
        env=os.environ | {"DATA_DIR": str(tmp_path / "var")},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode != 0
    assert "Nothing has been changed." in done.stderr
    assert ("sv/one.md:3: title: " if mistake == "page" else "no pack.yaml here") in done.stderr
    assert "Traceback" not in done.stderr


# -- the starter content, which tests/conftest.py has loaded -----------------------------------


@pytest.mark.django_db
def test_the_starter_content_has_nothing_to_do_the_second_time(
    written: Callable[[], list[str]],
) -> None:
    report = load_pack(settings.CONTENT_DIR)
    assert set(report.outcomes.values()) == {Outcome.UNCHANGED}
    assert set(report.outcomes) == set(PackItem.objects.values_list("key", flat=True))
    assert written() == []


@pytest.mark.django_db
def test_the_starter_content_is_in_both_languages() -> None:
    report = load_pack(settings.CONTENT_DIR)
    pages = {
        language: {key[3:] for key in report.outcomes if key.startswith(f"{language}/")}
        for language in ("sv", "en")
    }
    assert pages["sv"] == pages["en"]
    assert "" in pages["sv"]


@pytest.mark.django_db
def test_an_editor_could_save_every_page_of_the_starter_content() -> None:
    """What the pack let through, the editors' forms must let through too."""
    for page in Page.objects.filter(depth__gt=1).specific():
        page.full_clean()
        for field in page._meta.get_fields():
            if isinstance(field, StreamField):
                field.stream_block.clean(getattr(page, field.name))
