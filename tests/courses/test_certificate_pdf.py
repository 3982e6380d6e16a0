"""A certificate says what it was given, to eyes and screen readers alike, whatever the name."""

import datetime
import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.utils.translation import gettext, override
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from courses.certificates import CertificateText, certificate_pdf
from tests.walk import each_language

ADDRESS = "https://example.org/intyg/K7QF-3MXW-9TRB"
TEXT = CertificateText(
    name="Åsa Öberg Lindström",
    course="Lika rättigheter i ledarskapet",
    modules=("Vad lagen kräver", "Bemötande och makt", "Följa upp"),
    minutes=185,
    version="3.2",
    date=datetime.date(2026, 11, 24),
    valid_until=datetime.date(2028, 5, 1),
    code="K7QF-3MXW-9TRB",
    address=ADDRESS,
    language="sv",
    site_name="Snäckan",
)


def read(text: CertificateText) -> PdfReader:
    return PdfReader(io.BytesIO(certificate_pdf(text)))


def words(reader: PdfReader) -> str:
    """What all pages say, in one line, without the places where a long word may be broken."""
    text = " ".join(page.extract_text() for page in reader.pages)
    return " ".join(text.replace("\u200b", "").split())


def tags(reader: PdfReader) -> list[DictionaryObject]:
    """The structure that a screen reader follows, in reading order."""

    def walk(kid: Any) -> Iterator[DictionaryObject]:
        kid = kid.get_object()
        if isinstance(kid, ArrayObject):
            for one in kid:
                yield from walk(one)
        elif isinstance(kid, DictionaryObject):
            if "/S" in kid:
                yield kid
            if "/K" in kid:
                yield from walk(kid["/K"])

    return list(walk(reader.root_object["/StructTreeRoot"]))


def kinds(reader: PdfReader) -> list[str]:
    return [tag["/S"] for tag in tags(reader)]


# -- what it says ------------------------------------------------------------------------------


@each_language
def test_a_certificate_says_all_that_it_was_given(language: str) -> None:
    said = words(read(replace(TEXT, language=language)))
    given_text = (TEXT.name, TEXT.course, *TEXT.modules, "3.2", TEXT.code, ADDRESS, "Snäckan")
    with override(language):
        own = [gettext(text) for text in ("Certificate", "has completed the course", "Valid until")]
    for text in (*given_text, *own):
        assert text in said


@pytest.mark.parametrize(
    ("language", "dates"),
    [("sv", ("24 november 2026", "1 maj 2028")), ("en", ("24 November 2026", "1 May 2028"))],
)
def test_dates_are_written_out_in_the_language(language: str, dates: tuple[str, str]) -> None:
    said = words(read(replace(TEXT, language=language)))
    assert [date for date in dates if date not in said] == []


def test_a_certificate_without_an_end_says_nothing_of_one() -> None:
    said = words(read(replace(TEXT, language="en", valid_until=None)))
    assert "24 November 2026" in said
    assert "Valid until" not in said


@pytest.mark.parametrize(
    ("minutes", "length"),
    [(1, "1 minute"), (45, "45 minutes"), (60, "1 hour"), (121, "2 hours 1 minute")],
)
def test_the_length_is_in_hours_and_minutes(minutes: int, length: str) -> None:
    said = words(read(replace(TEXT, language="en", minutes=minutes)))
    assert f"{length} 3.2" in said.replace("Length Version Date Valid until ", "")


def test_a_course_without_modules_has_no_heading_for_them() -> None:
    assert "/H2" not in kinds(read(replace(TEXT, modules=())))


def test_modules_that_have_no_room_follow_on_a_page_of_their_own() -> None:
    modules = tuple(f"Modul {number} " + "lång rubrik " * 9 for number in range(40))
    reader = read(replace(TEXT, modules=modules))
    assert len(reader.pages) > 1
    said = words(reader)
    assert [module for module in modules if " ".join(module.split()) not in said] == []
    assert TEXT.code in reader.pages[0].extract_text()


def test_a_dozen_modules_have_room_on_the_first_page() -> None:
    modules = tuple(f"Modul {number}: undersöka, analysera, åtgärda" for number in range(12))
    assert len(read(replace(TEXT, modules=modules)).pages) == 1


# -- for everyone ------------------------------------------------------------------------------


@each_language
def test_a_certificate_is_marked_as_pdf_for_universal_access(language: str) -> None:
    reader = read(replace(TEXT, language=language))
    root = reader.root_object
    assert root["/MarkInfo"]["/Marked"].value
    assert root["/Lang"] == language
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    title = reader.metadata.title
    assert TEXT.name in title
    assert TEXT.course in title


def test_a_certificate_is_read_out_in_order() -> None:
    found = kinds(read(TEXT))
    order = ["/H1", "/Table", "/TH", "/TD", "/H2", "/L", "/LI", "/Figure", "/Link"]
    assert [kind for kind in dict.fromkeys(found) if kind in order] == order
    assert found.count("/LI") == len(TEXT.modules)
    assert found.count("/TH") == found.count("/TD") == 4


def test_the_address_is_a_link_and_a_code_to_photograph() -> None:
    reader = read(TEXT)
    links = [link.get_object() for link in reader.pages[0]["/Annots"]]
    assert [link["/A"]["/URI"] for link in links] == [ADDRESS]
    assert ADDRESS in reader.pages[0].extract_text()
    assert all(link["/Contents"] for link in links)
    [figure] = [tag for tag in tags(reader) if tag["/S"] == "/Figure"]
    assert ADDRESS in figure["/Alt"]


def test_every_font_is_in_the_file() -> None:
    fonts = read(TEXT).pages[0]["/Resources"]["/Font"].values()
    assert fonts
    for font in fonts:
        [inner] = font.get_object()["/DescendantFonts"]
        descriptor = inner.get_object()["/FontDescriptor"]
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)


def test_the_same_text_makes_the_same_file() -> None:
    assert certificate_pdf(TEXT) == certificate_pdf(TEXT)
    assert certificate_pdf(TEXT) != certificate_pdf(replace(TEXT, code="K7QF-3MXW-9TRC"))


# -- any name ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "Łukasz Żółć-Çağlar",
        "Þórunn Őrsi Šarūnė Ðorđe",
        "Ελένη Παπαδοπούλου",
        "Ирина Шевченко",
        '#panic("x") #[*b*] $x^2$ \\ " <a> & @b // /* `c`',
        '#read("/etc/passwd")',
        '"}); #import "x"',
    ],
)
def test_a_name_is_shown_as_it_is_written(name: str) -> None:
    reader = read(replace(TEXT, name=name))
    assert name in words(reader)
    assert name in reader.metadata.title


@settings(deadline=None, max_examples=40)
@given(
    name=st.text(st.characters(codec=None), min_size=1, max_size=150),
    course=st.text(max_size=120),
    module=st.text(max_size=120),
)
@example(name="محمد علي בן־דוד", course="\u202eمحمد", module="न\u200dमस्ते")
@example(name="👩🏽‍🚒 Ek 🇸🇪", course="王小明", module="\U0001f469\u200d\U0001f469")
@example(name="a\u20e3 b\ufe0f\u20e3 1\ufe0f\u20e3", course="\ufffe\ud800\x00", module="\ue000")
@example(name="B" + "\u0301\u0316" * 70, course="\u0e33" * 50, module="\u200d\u200c")
@example(name="W" * 150, course="W" * 120, module="W" * 120)
@example(name="W " * 75, course="﷽" * 120, module="")
def test_no_name_breaks_a_certificate(name: str, course: str, module: str) -> None:
    reader = read(replace(TEXT, name=name, course=course, modules=(module,)))
    # The second, where name and course need all of the first, is for the module.
    assert len(reader.pages) <= 2
    assert TEXT.code in reader.pages[0].extract_text()
    assert "/Figure" in kinds(reader)


def test_letters_that_no_font_has_are_seen_to_be_missing() -> None:
    reader = read(replace(TEXT, name="Li 李 😀 Ek"))
    assert "Li □ Ek" in words(reader)
    assert "Li 李 😀 Ek" in reader.metadata.title


def test_a_word_that_no_line_can_hold_is_broken() -> None:
    lines = read(replace(TEXT, name="W" * 150)).pages[0].extract_text().splitlines()
    broken = [line.replace("\u200b", "") for line in lines if line.startswith("W")]
    assert "".join(broken) == "W" * 150
    assert max(len(line) for line in broken) < 40
