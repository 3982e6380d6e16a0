"""A page that holds every block of a body, with what the starter content lacks: media."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image as Drawing
from wagtail.documents.models import Document
from wagtail.images.models import Image

from home.blocks import BodyBlock
from home.models import HomePage, StandardPage

FILES = Path(__file__).parent / "files"
CAPTIONS = b"WEBVTT\n\n00:00.000 --> 00:01.000\nEn stillbild.\n"


def page_with_every_block(language: str) -> StandardPage:
    """Published below the home page, in this language alone."""
    home = HomePage.objects.get(locale__language_code=language)
    blocks = _blocks(home)
    assert set(blocks) == set(BodyBlock().child_blocks), "a kind of block is not shown"
    page = StandardPage(
        title="Alla block",
        slug="alla-block",
        search_description="En sida med alla block.",
        locale=home.locale,
        body=json.dumps([{"type": kind, "value": value} for kind, value in blocks.items()]),
    )
    home.add_child(instance=page)
    page.save_revision().publish()
    return page


def _blocks(home: HomePage) -> dict[str, Any]:
    text = "<p>Ett stycke med <b>fet</b> text.</p><ul><li>En punkt</li></ul>"
    return {
        "text": f"<h2>Rubrik</h2>{text}<h3>Underrubrik</h3>{text}",
        "callout": {"kind": "important", "title": "Att se upp med", "text": text},
        "steps": {"title": "Gör så", "steps": [{"title": "Börja", "text": text}]},
        "checklist": {"title": "Klart när", "items": ["<p>Ett</p>", "<p>Två</p>"]},
        "table": {
            "columns": [
                {"type": "text", "heading": "Roll"},
                {"type": "text", "heading": "Gör"},
            ],
            "rows": [{"values": ["<p>Chef</p>", "<p>Beslutar</p>"]}],
            "caption": "Vem gör vad",
        },
        "quotation": {"text": "<p>Det gick bra.</p>", "source": "En rapport"},
        "image": {"image": {"image": _image(), "alt_text": "En yta"}, "caption": "En bildtext"},
        "video": {
            "title": "En film",
            "file": _document("film.webm", (FILES / "film.webm").read_bytes()),
            "captions": _document("film.vtt", CAPTIONS),
            "transcript": text,
        },
        "document": {"document": _document("mall.txt", b"En mall."), "text": "En mall"},
        "page_link": {"page": home.pk, "text": "Dit för att börja om"},
    }


def _document(name: str, content: bytes) -> int:
    return Document.objects.create(title=name, file=ContentFile(content, name=name)).pk


def _image() -> int:
    drawn = BytesIO()
    Drawing.new("RGB", (1200, 800), "#0b5563").save(drawn, "PNG")
    file = ContentFile(drawn.getvalue(), name="bild.png")
    return Image.objects.create(title="Bild", file=file).pk
