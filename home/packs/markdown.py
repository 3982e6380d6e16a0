"""Markdown as packs write it, into Wagtail's rich text and into blocks of a page's body."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any, NoReturn

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
_CELL_BORDER = re.compile(r"(?<!\\)\|")
_STEP_TITLE = re.compile(r"<p><b>(.+?)\.?</b>\s*(.*?)</p>(.*)", re.S)

Block = dict[str, Any]


@dataclass(frozen=True)
class Segment:
    """Running text (`kind` is empty) or what stands between ::: and :::"""

    kind: str
    title: str
    text: str
    line: int


BlockMaker = Callable[["Markdown", Segment], Block]
_blocks_of_apps: dict[str, BlockMaker] = {}


def register_block(kind: str, make: BlockMaker) -> None:
    """What an app's own pages can hold between ::: `kind` and :::"""
    _blocks_of_apps[kind] = make


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
        return self._render(self._tokens(text, line, headings=headings))

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
        for token, at in _with_lines(tokens, line):
            name = re.sub(r"_(open|close)$", "", token.type)
            if name not in allowed:
                self.fail(at, f"{_NAMES.get(name, name)} cannot be used here")
            if name == "heading" and token.tag not in ("h2", "h3"):
                self.fail(at, "only ## and ### headings can be used")
            if token.type == "link_open":
                self._check_link(str(token.attrs.get("href", "")), at)
                token.meta = {"line": at}
        return tokens

    def _render(self, tokens: list[Token]) -> str:
        _close_up_lists(tokens)
        inline = [child for token in tokens for child in token.children or ()]
        for child in inline:
            child.tag = _TAGS.get(child.tag, child.tag)
        html = self._parser.renderer.render(tokens, self._parser.options, {})
        for link in inline:
            href = str(link.attrs.get("href", "")) if link.type == "link_open" else ""
            if found := _PAGE_PATH.fullmatch(href):
                html = html.replace(f'href="{href}"', html_link(found[1], link.meta["line"]), 1)
        return html.strip()

    def _check_link(self, href: str, line: int) -> None:
        if href.startswith("page:"):
            if not _PAGE_PATH.fullmatch(href):
                self.fail(line, f"{href!r} is not the path of a page, such as page:methods/cafe")
        elif not href.startswith(("https://", "http://", "mailto:")):
            self.fail(line, f"the link {href!r} must begin with page:, https:// or mailto:")

    # -- segments --------------------------------------------------------------------------

    def _segments(self, text: str, first: int) -> Iterator[Segment]:
        kind, title, start, lines = "", "", first, list[str]()
        for number, row in enumerate(text.split("\n"), first):
            opening = _OPENING.fullmatch(row.rstrip())
            if kind and row.rstrip() == ":::":
                yield Segment(kind, title, "\n".join(lines), start)
                kind, title, start, lines = "", "", number + 1, []
            elif opening and not kind:
                yield Segment("", "", "\n".join(lines), start)
                kind, title, start, lines = opening[1], opening[2].strip(), number + 1, []
            elif row.startswith(":::"):
                self.fail(number, "::: inside a block that has not ended, or without a kind")
            else:
                lines.append(row)
        if kind:
            self.fail(start - 1, f"::: {kind} has no ::: at its end")
        yield Segment("", "", "\n".join(lines), start)

    def _block(self, segment: Segment) -> Block:
        if not segment.kind:
            return {"type": "text", "value": self.rich_text(segment.text, segment.line, True)}
        makers = {
            "note": self._callout, "important": self._callout, "proposal": self._callout,
            "checklist": self._checklist, "steps": self._steps, "table": self._table,
            "quote": self._quotation, "page": self._page_link,
        }  # fmt: skip
        if segment.kind in _blocks_of_apps:
            return _blocks_of_apps[segment.kind](self, segment)
        if segment.kind not in makers:
            known = ", ".join([*makers, *_blocks_of_apps])
            self.fail(segment.line - 1, f"::: {segment.kind} is not one of {known}")
        return makers[segment.kind](segment)

    def title(self, segment: Segment) -> str:
        if not segment.title:
            self.fail(segment.line - 1, f"::: {segment.kind} must be followed by a title")
        return segment.title

    def _text(self, segment: Segment) -> str:
        """The segment's text, which must be there."""
        if not segment.text.strip():
            self.fail(segment.line - 1, f"::: {segment.kind} must hold text")
        return self.rich_text(segment.text, segment.line)

    def _callout(self, segment: Segment) -> Block:
        title, text = self.title(segment), self._text(segment)
        return {"type": "callout", "value": {"kind": segment.kind, "title": title, "text": text}}

    def _quotation(self, segment: Segment) -> Block:
        title, text = self.title(segment), self._text(segment)
        return {"type": "quotation", "value": {"text": text, "source": title}}

    def _page_link(self, segment: Segment) -> Block:
        title = self.title(segment)
        if not _PAGE_PATH.fullmatch(f"page:{title}"):
            self.fail(segment.line - 1, f"{title!r} is not the path of a page")
        page = PageRef(title, at=Problem(self.file, segment.line - 1, ""))
        return {"type": "page_link", "value": {"page": page, "text": segment.text.strip()}}

    def _checklist(self, segment: Segment) -> Block:
        title = self.title(segment)
        items = [html for html, _line in self._items(segment, "bullet_list_open")]
        return {"type": "checklist", "value": {"title": title, "items": items}}

    def _steps(self, segment: Segment) -> Block:
        steps = []
        for html, line in self._items(segment, "ordered_list_open"):
            parts = _STEP_TITLE.fullmatch(html)
            if not parts:
                self.fail(line, "each step must begin with its title in **bold**")
            text = (f"<p>{parts[2]}</p>" if parts[2] else "") + parts[3]
            steps.append({"title": _plain(parts[1]), "text": text.strip()})
        return {"type": "steps", "value": {"title": segment.title, "steps": steps}}

    def _items(self, segment: Segment, opening: str) -> list[tuple[str, int]]:
        """The items of the one list that the segment holds: rich text and line of each."""
        tokens = self._tokens(segment.text, segment.line)
        outer = [token for token in tokens if token.level == 0]
        if len(outer) != 2 or outer[0].type != opening:
            kind = "- items" if opening.startswith("bullet") else "numbered items"
            self.fail(segment.line, f"::: {segment.kind} must hold one list of {kind} and no more")
        items, current, line = list[tuple[str, int]](), list[Token](), segment.line
        for token in tokens[1:-1]:
            if token.type == "list_item_open" and token.level == 1:
                current, line = [], segment.line + (token.map[0] if token.map else 0)
            elif token.type == "list_item_close" and token.level == 1:
                html = self._render(current)
                if not html:
                    self.fail(line, "an item must hold text")
                items.append((html, line))
            else:
                current.append(token)
        return items

    def _table(self, segment: Segment) -> Block:
        title = self.title(segment)
        tokens = self._tokens(segment.text, segment.line, table=True)
        outer = [token.type for token in tokens if token.level == 0]
        rows = self._rows(segment, tokens)
        if outer != ["table_open", "table_close"] or len(rows) < 2:
            self.fail(
                segment.line,
                "::: table must hold a table with a row of headings and rows below it, and no more",
            )
        headings = [_plain(cell) for cell in rows[0]]
        if not all(headings):
            self.fail(segment.line, "every column of a table must have a heading")
        value = {
            "columns": [{"type": "text", "heading": heading} for heading in headings],
            "rows": [{"values": [_in_paragraph(cell) for cell in row]} for row in rows[1:]],
            "caption": title,
        }
        return {"type": "table", "value": value}

    def _rows(self, segment: Segment, tokens: list[Token]) -> list[list[str]]:
        """The cells of each row as rich text. Markdown itself drops cells that are too many."""
        lines = segment.text.split("\n")
        rows = list[list[str]]()
        for index, token in enumerate(tokens):
            if token.type == "tr_open":
                rows.append([])
                number = token.map[0] if token.map else 0
                written = _CELL_BORDER.split(lines[number].strip().removesuffix("|"))
                if len(written) - lines[number].strip().startswith("|") > _width(tokens):
                    self.fail(segment.line + number, "the row has more cells than the headings")
            elif token.type in ("th_open", "td_open"):
                rows[-1].append(self._render([tokens[index + 1]]))
        return rows

    def fail(self, line: int, message: str) -> NoReturn:
        raise PackError([Problem(self.file, line, message)])


def _with_lines(tokens: list[Token], first: int) -> Iterator[tuple[Token, int]]:
    """Each token, those inside lines too, with the line on which it stands."""
    at, in_table = first, False
    for token in tokens:
        in_table = token.type == "table_open" or (in_table and token.type != "table_close")
        # The parser gives cells the lines of the whole table; their row knows better.
        if token.map and not (in_table and token.type == "inline"):
            at = first + token.map[0]
        yield token, at
        line = at
        for child in token.children or ():
            yield child, line
            line += child.type in ("softbreak", "hardbreak")


def _close_up_lists(tokens: list[Token]) -> None:
    """Items without paragraphs of their own, as Wagtail's editor writes them.

    Where an item has several, a new line parts them.
    """
    paragraphs = list[int]()
    for token in tokens:
        if token.type == "list_item_open":
            paragraphs.append(0)
        elif token.type == "list_item_close":
            paragraphs.pop()
        elif token.type in ("paragraph_open", "paragraph_close"):
            token.hidden = bool(paragraphs)
            if paragraphs and token.type == "paragraph_open":
                paragraphs[-1] += 1
                if paragraphs[-1] > 1:
                    token.type, token.hidden = "hardbreak", False


def _plain(rich_text: str) -> str:
    """Text without tags, for what is no rich text."""
    return unescape(re.sub(r"<[^>]+>", "", rich_text))


def _width(tokens: list[Token]) -> int:
    return sum(token.type == "th_open" for token in tokens)


def _in_paragraph(html: str) -> str:
    return html if html.startswith("<p>") else f"<p>{html}</p>"
