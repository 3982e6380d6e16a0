"""Markdown as packs write it, into Wagtail's rich text and into blocks of a page's body."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from home.packs.errors import PackError, Problem
from home.packs.refs import PageRef, html_link

_ALLOWED = {
    "paragraph", "inline", "text", "softbreak", "hardbreak", "strong", "em", "link",
    "bullet_list", "ordered_list", "list_item",
}  # fmt: skip
_TABLE = {"table", "thead", "tbody", "tr", "th", "td"}
_NAMES = {
    "heading": "a heading", "html_block": "HTML", "html_inline": "HTML", "image": "an image",
    "fence": "code", "code_block": "code (a line indented by four spaces)", "code_inline": "code",
    "hr": "a line of dashes", "blockquote": "a quotation with > (use ::: quote)",
    "table": "a table (use ::: table)",
}  # fmt: skip
_PAGE_PATH = re.compile(r"page:([a-z0-9-]+(?:/[a-z0-9-]+)*)")
_TAGS = {"strong": "b", "em": "i"}
_OPENING = re.compile(r":::\s*(\w+)\s*(.*)")
_STEP_TITLE = re.compile(r"<b>(.+?)\.?</b>\s*(.*)", re.S)

Block = dict[str, Any]


@dataclass(frozen=True)
class Segment:
    """Running text (`kind` is empty) or what stands between ::: and :::"""

    kind: str
    title: str
    text: str
    line: int


class Markdown:
    """Turns one file's Markdown into rich text and blocks.

    Every method takes the line on which its text begins, and raises PackError with the line of
    what it cannot take.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self._parser = MarkdownIt("commonmark").enable("table")

    def rich_text(self, text: str, line: int, headings: bool = False) -> str:
        """Wagtail's own rich-text HTML, with links to pages left for `refs.resolve`."""
        return self._render(self._tokens(text, line, headings=headings), line)

    def body(self, text: str, line: int) -> list[Block]:
        """Blocks of home.blocks.BodyBlock, without ids."""
        return [
            self._block(segment) for segment in self._segments(text, line) if segment.text.strip()
            or segment.kind
        ]  # fmt: skip

    # -- tokens ----------------------------------------------------------------------------

    def _tokens(
        self, text: str, line: int, headings: bool = False, table: bool = False
    ) -> list[Token]:
        tokens = self._parser.parse(text)
        allowed = _ALLOWED | (_TABLE if table else set()) | ({"heading"} if headings else set())
        for token in _all(tokens):
            name = re.sub(r"_(open|close)$", "", token.type)
            at = line + (token.map[0] if token.map else 0)
            if name not in allowed:
                self._fail(at, f"{_NAMES.get(name, name)} cannot be used here")
            if name == "heading" and token.tag not in ("h2", "h3"):
                self._fail(at, "only ## and ### headings can be used")
        _close_up_lists(tokens)
        return tokens

    def _render(self, tokens: list[Token], line: int) -> str:
        for token in tokens:
            at = line + (token.map[0] if token.map else 0)
            for child in token.children or ():
                child.tag = _TAGS.get(child.tag, child.tag)
                if child.type == "link_open":
                    self._check_link(str(child.attrs.get("href", "")), at)
                    child.meta = {"line": at}
        html = self._parser.renderer.render(tokens, self._parser.options, {})
        return self._mark_page_links(html, tokens).strip()

    def _mark_page_links(self, html: str, tokens: list[Token]) -> str:
        links = [child for token in tokens for child in token.children or ()]
        for link in links:
            href = str(link.attrs.get("href", "")) if link.type == "link_open" else ""
            if found := _PAGE_PATH.fullmatch(href):
                html = html.replace(f'href="{href}"', html_link(found[1], link.meta["line"]), 1)
        return html

    def _check_link(self, href: str, line: int) -> None:
        if href.startswith("page:"):
            if not _PAGE_PATH.fullmatch(href):
                self._fail(line, f"{href!r} is not the path of a page, such as page:methods/cafe")
        elif not href.startswith(("https://", "http://", "mailto:")):
            self._fail(line, f"the link {href!r} must begin with page:, https:// or mailto:")

    # -- segments --------------------------------------------------------------------------

    def _segments(self, text: str, first: int) -> Iterator[Segment]:
        kind, title, start, lines = "", "", first, list[str]()
        for number, row in enumerate(text.splitlines(), first):
            opening = _OPENING.fullmatch(row.rstrip())
            if kind and row.rstrip() == ":::":
                yield Segment(kind, title, "\n".join(lines), start)
                kind, title, start, lines = "", "", number + 1, []
            elif opening and not kind:
                yield Segment("", "", "\n".join(lines), start)
                kind, title, start, lines = opening[1], opening[2].strip(), number + 1, []
            elif row.startswith(":::"):
                self._fail(number, "::: inside a block that has not ended, or without a kind")
            else:
                lines.append(row)
        if kind:
            self._fail(start - 1, f"::: {kind} has no ::: at its end")
        yield Segment("", "", "\n".join(lines), start)

    def _block(self, segment: Segment) -> Block:
        if not segment.kind:
            return {"type": "text", "value": self.rich_text(segment.text, segment.line, True)}
        makers = {
            "note": self._callout, "important": self._callout, "proposal": self._callout,
            "checklist": self._checklist, "steps": self._steps, "table": self._table,
            "quote": self._quotation, "page": self._page_link,
        }  # fmt: skip
        if segment.kind not in makers:
            self._fail(segment.line - 1, f"::: {segment.kind} is not one of {', '.join(makers)}")
        return makers[segment.kind](segment)

    def _title(self, segment: Segment) -> str:
        if not segment.title:
            self._fail(segment.line - 1, f"::: {segment.kind} must be followed by a title")
        return segment.title

    def _callout(self, segment: Segment) -> Block:
        value = {
            "kind": segment.kind,
            "title": self._title(segment),
            "text": self.rich_text(segment.text, segment.line),
        }
        return {"type": "callout", "value": value}

    def _quotation(self, segment: Segment) -> Block:
        text = self.rich_text(segment.text, segment.line)
        return {"type": "quotation", "value": {"text": text, "source": self._title(segment)}}

    def _page_link(self, segment: Segment) -> Block:
        title = self._title(segment)
        if not _PAGE_PATH.fullmatch(f"page:{title}"):
            self._fail(segment.line - 1, f"{title!r} is not the path of a page")
        page = PageRef(title, at=Problem(self.file, segment.line - 1, ""))
        return {"type": "page_link", "value": {"page": page, "text": segment.text.strip()}}

    def _checklist(self, segment: Segment) -> Block:
        items = self._items(segment, "bullet_list_open")
        return {"type": "checklist", "value": {"title": self._title(segment), "items": items}}

    def _steps(self, segment: Segment) -> Block:
        steps = []
        for item in self._items(segment, "ordered_list_open"):
            parts = _STEP_TITLE.fullmatch(item.removeprefix("<p>").removesuffix("</p>"))
            if not parts:
                self._fail(segment.line, "each step must begin with its title in **bold**")
                continue
            text = f"<p>{parts[2]}</p>" if parts[2] else ""
            steps.append({"title": re.sub(r"<[^>]+>", "", parts[1]), "text": text})
        return {"type": "steps", "value": {"title": segment.title, "steps": steps}}

    def _items(self, segment: Segment, opening: str) -> list[str]:
        """The items of the one list that the segment holds, each as rich text."""
        tokens = self._tokens(segment.text, segment.line)
        outer = [token for token in tokens if token.level == 0]
        if len(outer) != 2 or outer[0].type != opening:
            kind = "- items" if opening.startswith("bullet") else "numbered items"
            self._fail(segment.line, f"::: {segment.kind} must hold one list of {kind} and no more")
        items, current = list[str](), list[Token]()
        for token in tokens[1:-1]:
            if token.type == "list_item_open" and token.level == 1:
                current = []
            elif token.type == "list_item_close" and token.level == 1:
                items.append(_in_paragraph(self._render(current, segment.line)))
            else:
                current.append(token)
        return items

    def _table(self, segment: Segment) -> Block:
        tokens = self._tokens(segment.text, segment.line, table=True)
        rows = list[list[str]]()
        for index, token in enumerate(tokens):
            if token.type == "tr_open":
                rows.append([])
            elif token.type in ("th_open", "td_open"):
                rows[-1].append(self._render([tokens[index + 1]], segment.line))
        if len(rows) < 2:
            self._fail(segment.line, "::: table must hold a table with a row of headings")
        headings = [re.sub(r"<[^>]+>", "", cell) for cell in rows[0]]
        value = {
            "columns": [{"type": "text", "heading": heading} for heading in headings],
            "rows": [{"values": [_in_paragraph(cell) for cell in row]} for row in rows[1:]],
            "caption": self._title(segment),
        }
        return {"type": "table", "value": value}

    def _fail(self, line: int, message: str) -> None:
        raise PackError([Problem(self.file, line, message)])


def _all(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from token.children or ()


def _close_up_lists(tokens: list[Token]) -> None:
    """Items without paragraphs of their own, as Wagtail's editor writes them."""
    depth = 0
    for token in tokens:
        depth += {"list_item_open": 1, "list_item_close": -1}.get(token.type, 0)
        if depth and token.type in ("paragraph_open", "paragraph_close"):
            token.hidden = True


def _in_paragraph(html: str) -> str:
    return html if html.startswith("<p>") else f"<p>{html}</p>"
