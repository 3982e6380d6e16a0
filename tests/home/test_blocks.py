"""What the blocks of a body refuse, and what they show: tables, films, images, links."""

from collections.abc import Callable
from typing import Any

import pytest
import wagtail_factories
from django.core.exceptions import ValidationError
from django.test import Client
from lxml.html import HtmlElement
from wagtail.blocks import Block, StructBlockValidationError
from wagtail.documents.models import Document
from wagtail.images import get_image_model
from wagtail.models import Collection, Locale

from home.blocks import BodyBlock
from home.models import StandardPage
from tests.walk import links_in, parse, words_of

pytestmark = [
    pytest.mark.django_db,
    # Wagtail does not close the file in which it makes an image's sizes.
    pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning"),
]
Upload = Callable[[str], Document]


@pytest.fixture
def upload() -> Upload:
    def make(filename: str) -> Document:
        return wagtail_factories.DocumentFactory(
            title=filename, file__filename=filename, file__data=b"x",
            collection=Collection.get_first_root_node(),
        )  # fmt: skip

    return make


@pytest.fixture
def image() -> Any:
    return wagtail_factories.ImageFactory(
        title="DSC_0042", file__width=1200, file__height=800,
        collection=Collection.get_first_root_node(),
    )  # fmt: skip


def block(name: str) -> Block:
    return BodyBlock().child_blocks[name]


def cleaned(name: str, stored: Any) -> Any:
    """What an editor's form makes of a stored value; raises where the block refuses it."""
    found = block(name)
    return found.clean(found.to_python(stored))


def published(name: str, stored: Any) -> StandardPage:
    """A page that holds the block alone."""
    page = StandardPage.objects.live().filter(locale__language_code="sv").first()
    page.body = StandardPage.body.field.stream_block.to_python([{"type": name, "value": stored}])
    page.save_revision().publish()
    return page


def shown(client: Client, name: str, stored: Any) -> HtmlElement:
    [article] = parse(client.get(published(name, stored).url)).iter("article")
    return article


# -- tables --------------------------------------------------------------------------------


def table(caption: str, headings: list[str]) -> dict[str, Any]:
    return {
        "caption": caption,
        "columns": [{"type": "text", "heading": heading} for heading in headings],
        "rows": [{"values": [f"<p>Cell {n}</p>" for n, _ in enumerate(headings)]}],
    }


def test_a_table_with_caption_and_headings_is_taken_and_shown(client: Client) -> None:
    stored = table("Vem gör vad", ["Roll", "Gör"])
    assert cleaned("table", stored).caption == "Vem gör vad"
    article = shown(client, "table", stored)
    assert [words_of(e) for e in article.iter("caption")] == ["Vem gör vad"]
    headings = [(words_of(e), e.get("scope")) for e in article.iter("th")]
    assert headings == [("Roll", "col"), ("Gör", "col")]
    assert [words_of(e) for e in article.iter("td")] == ["Cell 0", "Cell 1"]


@pytest.mark.parametrize(
    ("caption", "headings"),
    [("", ["Roll", "Gör"]), ("  ", ["Roll"]), ("Vem", ["Roll", ""]), ("Vem", ["", ""]), ("V", [])],
)
def test_a_table_that_listeners_cannot_follow_is_refused(caption: str, headings: list[str]) -> None:
    with pytest.raises(StructBlockValidationError) as error:
        cleaned("table", table(caption, headings))
    assert error.value.as_json_data()["messages"]


# -- films ---------------------------------------------------------------------------------


def film(file: Document, captions: Document, transcript: str = "<p>Allt som sägs.</p>") -> dict:
    return {
        "title": "Så går det till", "file": file.pk, "captions": captions.pk,
        "transcript": transcript,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("filename", "mime_type"),
    [("a.mp4", "video/mp4"), ("a.MP4", "video/mp4"), ("a.webm", "video/webm")],
)
def test_a_film_is_shown_with_captions_and_transcript(
    client: Client, upload: Upload, filename: str, mime_type: str
) -> None:
    file, captions = upload(filename), upload("text.vtt")
    assert cleaned("video", film(file, captions))["file"] == file
    article = shown(client, "video", film(file, captions))
    [source], [track] = article.iter("source"), article.iter("track")
    assert (source.get("src"), source.get("type")) == (file.url, mime_type)
    assert (track.get("src"), track.get("kind"), track.get("srclang")) == (
        captions.url,
        "captions",
        "sv",
    )
    [transcript] = article.iter("details")
    assert "Allt som sägs." in words_of(transcript)


@pytest.mark.parametrize(
    ("file", "captions", "faulty"),
    [
        ("a.mov", "text.vtt", {"file"}),
        ("a.pdf", "text.vtt", {"file"}),
        ("mp4", "text.vtt", {"file"}),
        ("a.mp4", "text.srt", {"captions"}),
        ("a.mp4", "a.mp4", {"captions"}),
        ("a.avi", "text.txt", {"file", "captions"}),
    ],
)
def test_files_of_another_kind_are_refused_at_their_own_field(
    upload: Upload, file: str, captions: str, faulty: set[str]
) -> None:
    with pytest.raises(StructBlockValidationError) as error:
        cleaned("video", film(upload(file), upload(captions)))
    assert set(error.value.block_errors) == faulty


@pytest.mark.parametrize("missing", ["title", "file", "captions", "transcript"])
def test_a_film_without_one_of_its_parts_is_refused(upload: Upload, missing: str) -> None:
    stored = film(upload("a.mp4"), upload("text.vtt")) | {missing: None}
    with pytest.raises(ValidationError) as error:
        cleaned("video", stored)
    assert set(error.value.block_errors) == {missing}


# -- images --------------------------------------------------------------------------------


def figure(image: Any, alt: str, decorative: bool) -> dict[str, Any]:
    picture = {"image": image.pk, "alt_text": alt, "decorative": decorative}
    return {"image": picture, "caption": "En bild"}


def test_an_image_without_alternative_text_is_refused_unless_it_is_decorative(image: Any) -> None:
    with pytest.raises(ValidationError):
        cleaned("image", figure(image, alt="", decorative=False))
    assert cleaned("image", figure(image, alt="", decorative=True))
    assert cleaned("image", figure(image, alt="Två som talar", decorative=False))


@pytest.mark.parametrize(
    ("alt", "decorative", "expected"), [("Två som talar", False, "Två som talar"), ("", True, "")]
)
def test_an_image_is_shown_with_its_own_text_never_with_its_file_name(
    client: Client, image: Any, alt: str, decorative: bool, expected: str
) -> None:
    article = shown(client, "image", figure(image, alt, decorative))
    [picture] = article.iter("img")
    assert picture.get("alt") == expected
    assert picture.get("srcset").count(".webp") == 2
    assert picture.get("style") is None
    assert (picture.get("width"), picture.get("height")) != (None, None)


def test_sizes_of_an_image_are_made_at_publication_and_not_at_the_first_visit(
    client: Client, image: Any
) -> None:
    page = published("image", figure(image, "Två", False))
    renditions = get_image_model().get_rendition_model().objects.filter(image=image)
    made = {rendition.url for rendition in renditions}
    sizes = parse(client.get(page.url)).find(".//article//img").get("srcset").split(",")
    assert {size.split()[0] for size in sizes} == made
    assert renditions.count() == len(made)


# -- documents and links ---------------------------------------------------------------------


def test_a_document_is_shown_with_its_kind_and_size(client: Client, upload: Upload) -> None:
    document = upload("mall.docx")
    article = shown(client, "document", {"document": document.pk, "text": "En mall att fylla i"})
    [place] = article.find_class("document")
    assert links_in(place) == [document.url]
    assert all(word in words_of(place) for word in ("mall.docx", "DOCX", "En mall att fylla i"))


def test_a_link_to_a_page_shows_that_pages_title(client: Client, sv: Locale) -> None:
    target = StandardPage.objects.live().filter(locale=sv).last()
    article = shown(client, "page_link", {"page": target.pk, "text": "Läs mer där."})
    [place] = article.find_class("onward")
    assert links_in(place) == [target.url]
    assert words_of(place).startswith(target.title)


def test_a_link_to_a_page_that_is_gone_leaves_nothing_empty(client: Client, sv: Locale) -> None:
    target = StandardPage.objects.live().filter(locale=sv).last()
    target.unpublish()
    article = shown(client, "page_link", {"page": target.pk, "text": ""})
    assert [words_of(place) for place in article.find_class("onward")] == []
