"""The Nu HTML checker has nothing to say about any page of the site, in either language.

Needs Java and what `npm ci` in this folder brings; no browser.
"""

import json
import subprocess
from itertools import product
from pathlib import Path

from django.http import HttpRequest
from django.test import Client
from wagtail.models import Page

from home.views import server_error
from tests.browser.spots import LANGUAGES, SPOTS, fetch_spot
from tests.courses import cast
from tests.walk import parse


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


def _incomplete(client: Client, kind: str) -> bytes:
    """What the server says to an answer with nothing in it."""
    found = client.get(SPOTS[f"quiz, {kind}"]("sv"))
    [form, *_] = parse(found).find_class("ask")
    response = cast.press(client, form)
    assert response.status_code == 422
    return response.content


def test_every_page_is_valid_html(
    client: Client, db: None, checker: list[str], tmp_path: Path
) -> None:
    addresses = [page.url for page in Page.objects.live().filter(depth__gt=1)]
    documents = {address: client.get(address).content for address in addresses}
    documents |= {
        f"{address} ({spot})": content
        for spot, language in product(SPOTS, LANGUAGES)
        for address, content in [fetch_spot(spot, language)]
    }
    documents |= {f"{kind} incomplete": _incomplete(client, kind) for kind in ("several", "case")}
    documents["500"] = server_error(HttpRequest()).content
    said = _verdict(checker, documents, tmp_path)
    assert not said, "\n".join(said)


def test_the_checker_sees_a_fault(checker: list[str], tmp_path: Path) -> None:
    said = _verdict(checker, {"/": b"<!doctype html><p id=a><p id=a>"}, tmp_path)
    assert any("Duplicate ID" in line for line in said)
