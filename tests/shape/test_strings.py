"""Every word that a reader sees goes through gettext, and the Swedish catalogue is complete."""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.template.base import Lexer, TokenType
from django.utils.translation.template import templatize
from lxml.html import HtmlElement

from tests.walk import LANGUAGES, each_kind, each_language, visits

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted(
    file for kind in ("html", "txt") for file in (ROOT / "templates").rglob(f"*.{kind}")
)
CATALOGUE = ROOT / "locale" / "sv" / "LC_MESSAGES" / "django.po"
# Templates with words of their own, and why.
OWN_WORDS = {
    "500.html": "shown when gettext itself may be what failed; says it in both languages",
}
READ_OUT = ("alt", "aria-label", "aria-description", "label", "placeholder", "title")
PYTHON_FUNCTIONS = {
    "_": 1, "gettext": 1, "gettext_lazy": 1, "ngettext": 2, "ngettext_lazy": 2,
}  # fmt: skip
CONTEXT_FUNCTIONS = {"pgettext", "pgettext_lazy"}


def name(template: Path) -> str:
    return str(template.relative_to(ROOT / "templates"))


class Words(HTMLParser):
    """Collects what stands outside tags, and in the attributes that are read out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in READ_OUT and value]


def literal_words(template: Path) -> list[str]:
    """The words of a template that no tag or variable makes."""
    html, hidden = [], False
    for token in Lexer(template.read_text()).tokenize():
        if token.token_type == TokenType.BLOCK:
            tag = token.contents.split()[0]
            hidden = tag in ("blocktranslate", "comment", "plural") or (
                hidden and not tag.startswith("end")
            )
        elif token.token_type == TokenType.TEXT and not hidden:
            html.append(token.contents)
    words = Words()
    words.feed("".join(html))
    words.close()
    stripped = (text.strip() for text in words.found)
    return [text for text in stripped if re.search(r"[^\W\d_]", text) and not is_address(text)]


def is_address(text: str) -> bool:
    return re.fullmatch(r"/\S*", text) is not None


@pytest.mark.parametrize("template", TEMPLATES, ids=name)
def test_a_template_has_no_words_of_its_own(template: Path) -> None:
    words = literal_words(template)
    if name(template) in OWN_WORDS:
        assert words, "take the exception away"
    else:
        assert words == []


# -- the catalogue ---------------------------------------------------------------------------


def catalogue() -> list[polib.POEntry]:
    return [entry for entry in polib.pofile(str(CATALOGUE)) if not entry.obsolete]


def texts(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_every_message_has_its_swedish_and_none_is_a_guess() -> None:
    entries = catalogue()
    assert entries
    assert [entry.msgid for entry in entries if not all(texts(entry))] == []
    assert [entry.msgid for entry in entries if entry.fuzzy] == []


def test_messages_keep_their_placeholders() -> None:
    def placeholders(text: str) -> set[str]:
        return set(re.findall(r"%\(\w+\)[sd]|\{\w*\}", text))

    for entry in catalogue():
        wanted = placeholders(entry.msgid_plural or entry.msgid)
        assert [placeholders(text) for text in texts(entry)] == [wanted] * len(texts(entry))


def test_the_compiled_catalogue_is_in_step() -> None:
    def as_dict(entries: list[polib.POEntry]) -> dict[tuple[str, str], list[str]]:
        return {(entry.msgctxt or "", entry.msgid): texts(entry) for entry in entries}

    compiled = polib.mofile(str(CATALOGUE.with_suffix(".mo")))
    assert as_dict(list(compiled)) == as_dict(catalogue())


def messages_in_templates() -> Iterator[tuple[str, str]]:
    """Context and message of all that templates translate."""
    text = r"""(u?'(?:[^'\\]|\\.)*'|u?"(?:[^"\\]|\\.)*")"""
    for template in TEMPLATES:
        source = templatize(template.read_text())
        for found in re.finditer(rf"\b(_|gettext|ngettext)\({text}", source):
            yield "", ast.literal_eval(found[2])
        for found in re.finditer(rf"\bn?pgettext\({text},\s*{text}", source):
            yield ast.literal_eval(found[1]), ast.literal_eval(found[2])


def messages_in_python() -> Iterator[tuple[str, str]]:
    for app in ("config", "agencies", "home", "kb", "courses", "search"):
        for file in (ROOT / app).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text())):
                if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                    continue
                given = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
                if node.func.id in PYTHON_FUNCTIONS and given:
                    yield "", given[0]
                elif node.func.id in CONTEXT_FUNCTIONS:
                    yield given[0], given[1]


def test_the_catalogue_holds_what_the_code_says_and_nothing_else() -> None:
    said = {*messages_in_templates(), *messages_in_python()}
    known = {(entry.msgctxt or "", entry.msgid) for entry in catalogue()}
    assert said - known == set(), "run make messages"
    assert known - said == set(), "run make messages"


# -- what pages show -------------------------------------------------------------------------


def foreign(language: str) -> re.Pattern[str]:
    """The messages that are only in the other language, with anything for their placeholders."""
    patterns = set()
    for entry in catalogue():
        english = {entry.msgid, entry.msgid_plural} - {""}
        swedish = set(texts(entry))
        for text in english - swedish if language == "sv" else swedish - english:
            if text.casefold() in {other.casefold() for other in english & swedish}:
                continue
            parts = re.split(r"%\(\w+\)[sd]", " ".join(text.split()))
            patterns.add(".+".join(re.escape(part) for part in parts))
    return re.compile("|".join(sorted(patterns)), re.IGNORECASE)


def words_shown(root: HtmlElement, language: str) -> Iterator[str]:
    """Texts and read-out attributes of a page, without what is marked as another language."""
    for element in root.iter():
        if not isinstance(element.tag, str) or element.tag in ("script", "style"):
            continue
        if element.xpath("ancestor-or-self::*[@lang][1][@lang != $here]", here=language):
            continue
        own = [element.text, *(child.tail for child in element)]
        for text in [*own, *(element.get(name) for name in READ_OUT)]:
            if text and text.strip():
                yield " ".join(text.split())


@pytest.mark.django_db
@each_language
@each_kind
def test_a_page_speaks_one_language(kind: str, language: str) -> None:
    [other] = set(LANGUAGES) - {language}
    right, wrong = foreign(other), foreign(language)
    for visit in visits(kind, language):
        shown = set(words_shown(visit.root, language))
        assert any(right.fullmatch(text) for text in shown), visit.url
        assert {text for text in shown if wrong.fullmatch(text)} == set(), visit.url
