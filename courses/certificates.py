"""A certificate as PDF/UA-1: a page to print, to have read out, and for anyone to check.

Nothing here knows the database. What a certificate says goes to typst as data, never as source.
"""

import datetime
import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import segno
import typst
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override, pgettext

from home.spiral import mark_path, shell_arms

SOURCE = Path(__file__).with_name("certificate.typ")
ACCENT, FAINT, INK = "#0b5563", "#a9c0c1", "#19252b"
# The joiners that some scripts need; all else that cannot be seen is left out.
JOINERS = "\u200c\u200d"
NO_GLYPH = "□"


@dataclass(frozen=True)
class CertificateText:
    """`address` is that of the page where the certificate is checked, in full."""

    name: str
    course: str
    modules: tuple[str, ...]
    minutes: int
    version: str
    date: datetime.date
    valid_until: datetime.date | None
    code: str
    address: str
    language: str
    site_name: str


def certificate_pdf(text: CertificateText, fonts: Path | None = None) -> bytes:
    """The same text makes the same bytes.

    Letters that no font has become □ on the page, not in the document's title. `fonts` is a folder
    with fonts for scripts that typst's own fonts do not have.
    """
    shown = _each_word(text, _printable)
    title = _title(shown)
    while True:
        try:
            return _compiled(_data(shown, title), shown.date, fonts)
        except typst.TypstError as error:
            mended = _each_word(shown, _without(_no_glyph(error)))
            if mended == shown:
                raise
            shown = mended


def _each_word(text: CertificateText, change: Callable[[str], str]) -> CertificateText:
    """`text` with what people have written changed."""
    return replace(
        text,
        name=change(text.name),
        course=change(text.course),
        modules=tuple(change(module) for module in text.modules),
        version=change(text.version),
        site_name=change(text.site_name),
    )


def _printable(words: str) -> str:
    """On one line, without what cannot be seen, and with at most three marks on a letter."""
    seen = "".join(
        " " if letter.isspace() else letter
        for letter in unicodedata.normalize("NFC", words)
        if letter.isspace() or letter in JOINERS or unicodedata.category(letter)[0] != "C"
    )
    return " ".join(re.sub(r"([\u0300-\u036f]{3})[\u0300-\u036f]+", r"\1", seen).split())


def _no_glyph(error: typst.TypstError) -> list[str]:
    """The texts that no font can show, long ones first. typst names them all in one error."""
    quoted = re.findall(r'the text `"(.+?)"` could not be displayed', error.diagnostic)
    found = {re.sub(r"\\u\{(\w+)\}", lambda m: chr(int(m[1], 16)), text) for text in quoted}
    return sorted(found, key=len, reverse=True)


def _without(texts: list[str]) -> Callable[[str], str]:
    """Leaves symbols, such as emoji, out; of letters it shows that they are not there."""

    def mend(found: re.Match[str]) -> str:
        return NO_GLYPH if any(letter.isalnum() for letter in found[0]) else ""

    pattern = re.compile("|".join(map(re.escape, texts)))
    return lambda words: " ".join(pattern.sub(mend, words).split())


@cache
def _fonts(folder: Path | None) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[folder] if folder else [])


def _compiled(data: dict[str, Any], date: datetime.date, fonts: Path | None) -> bytes:
    return typst.compile(
        SOURCE,
        font_paths=_fonts(fonts),
        sys_inputs={"data": json.dumps(data)},
        pdf_standards="ua-1",
        timestamp=datetime.datetime.combine(date, datetime.time(), datetime.UTC),
    )


def _data(text: CertificateText, title: str) -> dict[str, Any]:
    with override(text.language):
        return {
            "language": text.language,
            "title": title,
            "site": text.site_name,
            "heading": _("Certificate"),
            "name": text.name,
            "completed": _("has completed the course"),
            "course": text.course,
            "facts": list(_facts(text)),
            "modules_label": _("Modules"),
            "modules": text.modules,
            "check": _("Check that this certificate is genuine:"),
            "address": text.address,
            "code": text.code,
            "qr": _qr(text.address),
            "qr_alt": _("QR code with the address %(address)s") % {"address": text.address},
            "mark": _mark(),
            "shell": _shell(),
        }


def _title(text: CertificateText) -> str:
    with override(text.language):
        return _("Certificate: %(name)s, %(course)s") % {"name": text.name, "course": text.course}


def _facts(text: CertificateText) -> Iterator[dict[str, str]]:
    def fact(label: str, value: str) -> dict[str, str]:
        return {"label": label, "value": value}

    yield fact(pgettext("of a course", "Length"), _length(text.minutes))
    yield fact(_("Version"), text.version)
    yield fact(_("Date"), date_format(text.date))
    if text.valid_until:
        yield fact(_("Valid until"), date_format(text.valid_until))


def _length(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    parts = []
    if hours:
        parts.append(ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours})
    if rest or not hours:
        parts.append(ngettext("%(count)d minute", "%(count)d minutes", rest) % {"count": rest})
    return " ".join(parts)


# -- drawings ----------------------------------------------------------------------------------


def _qr(address: str) -> str:
    code = segno.make(address, error="m", micro=False)
    return code.svg_inline(border=0, dark=INK, omitsize=True)


def _svg(box: str, *paths: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" fill="none"'
        f' stroke="{ACCENT}" stroke-linecap="round">{"".join(paths)}</svg>'
    )


@cache
def _mark() -> str:
    return _svg("0 0 48 48", f'<path d="{mark_path()}" stroke-width="3.4"/>')


@cache
def _shell() -> str:
    """The whole shell, cut by the right edge of the page; its line grows as the shell does."""
    arms = shell_arms(count=36, walls=1)
    walls = (f'<path d="{arm.walls}" stroke="{FAINT}" stroke-width="0.5"/>' for arm in arms)
    whorls = (
        f'<path d="{arm.whorl}" stroke-width="{0.8 + 0.05 * index:.2f}"/>'
        for index, arm in enumerate(arms)
    )
    return _svg("52 22 196 375", *walls, *whorls)
