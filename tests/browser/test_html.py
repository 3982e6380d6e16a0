"""The Nu HTML checker has nothing to say about any page of the site, in either language.

Needs Java and what `npm ci` in this folder brings; no browser.
"""

import json
import subprocess
from pathlib import Path

from django.http import HttpRequest
from django.test import Client
from wagtail.models import Page

from home.views import server_error
from tests.browser.spots import LANGUAGES, SPOTS


def _verdict(checker: list[str], documents: dict[str, bytes], folder: Path) -> list[str]:
    """What the checker says of each address, errors and warnings alike."""
    addresses = {}
    for number, (address, content) in enumerate(documents.items()):
        file = folder / f"{number}.html"
        file.write_bytes(content)
        addresses[file.name] = address
    run = subprocess.run([*checker, *map(str, folder.iterdir())], capture_output=True, check=False)  # noqa: S603
    return [
        f"{addresses[Path(said['url']).name]} line {said.get('lastLine')}: {said['message']}"
        f" {said.get('extract', '')!r}"
        for said in json.loads(run.stderr)["messages"]
    ]


def test_every_page_is_valid_html(
    client: Client, db: None, checker: list[str], tmp_path: Path
) -> None:
    addresses = [page.url for page in Page.objects.live().filter(depth__gt=1)]
    addresses += [find(language) for find in SPOTS.values() for language in LANGUAGES]
    documents = {address: client.get(address).content for address in addresses}
    documents["500"] = server_error(HttpRequest()).content
    said = _verdict(checker, documents, tmp_path)
    assert not said, "\n".join(said)


def test_the_checker_sees_a_fault(checker: list[str], tmp_path: Path) -> None:
    said = _verdict(checker, {"/": b"<!doctype html><p id=a><p id=a>"}, tmp_path)
    assert any("Duplicate ID" in line for line in said)
