"""Whatever a pack's Markdown holds: refused with a line, or whole and as the editor writes it."""

import re
from collections.abc import Iterator
from contextlib import suppress
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from home.packs.errors import PackError
from home.packs.markdown import Block, Markdown
from home.packs.refs import PageRef

FILE = "sv/test.md"
KINDS = ["note", "important", "proposal", "checklist", "steps", "table", "quote", "page"]
WORDS = ["ett ", "två ", "tre ", "fyra "]
INLINE = [
    "**", "*", "_", "`", "[a](page:x)", "[b](https://se.example)", "[", "](", ")", "| ", "<b>", "<",
    "&amp;", "&", '"', "!", "\\", "\t", "\u2028", "\x0c", "\x00", "  ",
]  # fmt: skip
STARTS = ["", "", "- ", "1. ", "  - ", "   ", "    ", "\n", "| ", "# ", "## ", "> ", "---\n", ":::"]
STARTS_IN = {
    "checklist": ["- ", "- ", "- ", "  - ", "\n  ", "  "],
    "steps": ["1. **x.** ", "1. **x.** ", "   - ", "\n   ", "   "],
    "table": ["| a | b |\n|---|---|\n| ", "| ", "\n"],
}


@st.composite
def lines(draw: st.DrawFn, starts: list[str]) -> str:
    inline = st.sampled_from(WORDS * 6 + INLINE)
    return "".join([draw(st.sampled_from(starts)), *draw(st.lists(inline, max_size=4)), "\n"])


@st.composite
def blocks(draw: st.DrawFn) -> str:
    kind = draw(st.sampled_from(KINDS))
    inside = draw(st.lists(lines(STARTS_IN.get(kind, STARTS)), max_size=4))
    return "".join([f"::: {kind} titel\n", *inside, draw(st.sampled_from([":::\n"] * 9 + [""]))])


written = st.lists(lines(STARTS) | blocks(), max_size=3).map("".join)
many = settings(max_examples=60, deadline=None)


class RichText(HTMLParser):
    """Fails for what Wagtail's editor could not have written, such as a list in a paragraph."""

    TAGS = frozenset({"p", "b", "i", "a", "ul", "ol", "li", "br", "h2", "h3"})
    BLOCKS = frozenset({"p", "ul", "ol", "li", "h2", "h3"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.feed(html)
        self.close()
        assert not self.open, html

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in self.TAGS, tag
        assert not (tag in self.BLOCKS and {"p", "h2", "h3"} & set(self.open)), self.rawdata
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag != "br":
            assert self.open.pop() == tag, self.rawdata


def rich_texts(block: Block) -> list[str]:
    """The rich texts in a block's value."""
    value = block["value"]
    match block["type"]:
        case "text":
            return [value]
        case "callout" | "quotation":
            return [value["text"]]
        case "checklist":
            return list(value["items"])
        case "steps":
            return [step["text"] for step in value["steps"]]
        case "table":
            return [cell for row in value["rows"] for cell in row["values"]]
    return []


def texts(value: Any) -> Iterator[str]:
    """All texts in a block's value, plain and rich."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from texts(item)
    else:
        yield value.path if isinstance(value, PageRef) else value


@many
@given(st.text() | written)
def test_any_text_becomes_blocks_or_is_refused_with_a_line(text: str) -> None:
    lines = range(5, 5 + len(text.splitlines()) + 1)
    for read in (Markdown(FILE).body, Markdown(FILE).rich_text):
        try:
            read(text, 5)
        except PackError as refused:
            problem = refused.problems[0]
        else:
            continue
        assert problem.file == FILE
        assert problem.line in lines


@pytest.mark.parametrize(
    "text",
    [
        "- a\n  - b\n",
        "- a\n\n  b\n",
        "::: note T\n- a\n  - b\n:::",
        "::: checklist T\n- a\n  - b\n:::",
        "::: checklist T\n- a\n\n  b\n:::",
        "::: steps\n1. **T.** a\n   - b\n   - c\n:::",
        "::: steps\n1. **T.** a\n\n   b\n:::",
        "::: steps\n1. **T.**\n   - b\n:::",
    ],
)
def test_lists_and_paragraphs_do_not_nest_wrongly(text: str) -> None:
    with suppress(PackError):
        for block in Markdown(FILE).body(text, 1):
            for html in rich_texts(block):
                RichText(html)


@many
@given(written)
def test_rich_text_is_always_what_the_editor_could_have_written(text: str) -> None:
    with suppress(PackError):
        for block in Markdown(FILE).body(text, 1):
            for html in rich_texts(block):
                RichText(html)


@pytest.mark.parametrize("text", ["- ett\n\n  två\n", "::: steps\n1. **a.** ett\n\n   två\n:::"])
def test_paragraphs_of_one_item_stay_apart(text: str) -> None:
    with suppress(PackError):
        [block] = Markdown(FILE).body(text, 1)
        assert "etttvå" not in re.sub(r"<[^>]+>", "", "".join(rich_texts(block)))


@many
@given(written)
def test_no_word_is_lost(text: str) -> None:
    with suppress(PackError):
        found = " ".join(texts([block["value"] for block in Markdown(FILE).body(text, 1)]))
        for word in WORDS:
            assert found.count(word.strip()) >= text.count(word.strip())
