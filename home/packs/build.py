"""What a page type's handler builds field values with."""

import uuid
from typing import Any

from home.packs.errors import PackError
from home.packs.files import PageFile
from home.packs.markdown import Block, Markdown
from home.packs.refs import PageRef, RowRef
from home.packs.spec import LawSpec, SourceSpec

_NAMESPACE = uuid.UUID("6d0b1f5e-3f7c-5a53-9d2a-0c8e5b1f7a11")


def stable_uuid(*parts: str) -> uuid.UUID:
    """The same uuid for the same parts in every installation; parts are pack, path and place."""
    return uuid.uuid5(_NAMESPACE, "\n".join(parts))


class Builder:
    """Turns a page file's texts into field values, with refs where pages and rows are named."""

    def __init__(self, pack: str, page: PageFile) -> None:
        self.pack = pack
        self.page = page
        self._markdown = Markdown(page.source.file)

    def ref(self, path: str, *loc: str | int, type_name: str = "") -> PageRef:
        """A page of the pack; `loc` is where the front matter names it.

        With `type_name` it must be of that type, such as `method`.
        """
        return PageRef(path, at=self.page.source.problem("", *loc), type_name=type_name)

    def row(self, kind: str, key: str, *loc: str | int) -> RowRef:
        return RowRef(kind, key, at=self.page.source.problem("", *loc))

    def rich_text(self, text: str | None, *loc: str | int) -> str:
        if not text:
            return ""
        return self._markdown.rich_text(text, self.page.source.text_line(*loc))

    def body(self) -> list[Block]:
        return self.stream("body", self._markdown.body(self.page.body, self.page.body_line))

    def stream(self, field: str, blocks: list[Block]) -> list[Block]:
        """Blocks with ids that stay the same at the next load.

        A block with a `place` of its own keeps its id wherever it moves in the stream.
        """
        return [
            self._with_id(block, f"{field}/{block.get('place', index)}")
            for index, block in enumerate(blocks)
        ]

    def laws(self, laws: list[LawSpec]) -> list[Block]:
        values = [
            {
                "page": self.ref(law.page, "laws", index, "page", type_name="guide"),
                "citation": law.citation,
            }
            for index, law in enumerate(laws)
        ]
        return self.stream("laws", [{"type": "law", "value": value} for value in values])

    def sources(self, sources: list[SourceSpec]) -> list[Block]:
        values = [{"text": source.text, "url": source.url or ""} for source in sources]
        return self.stream("sources", [{"type": "source", "value": value} for value in values])

    def pages(self, field: str, paths: list[str], type_name: str = "") -> list[Block]:
        refs = [self.ref(path, field, i, type_name=type_name) for i, path in enumerate(paths)]
        return self.stream(field, [{"type": "page", "value": ref} for ref in refs])

    def focus_areas(self, keys: list[str]) -> list[RowRef]:
        return [self.row("focus_area", key, "focus_areas", i) for i, key in enumerate(keys)]

    def fail(self, message: str, *loc: str | int) -> None:
        raise PackError([self.page.source.problem(message, *loc)])

    def _with_id(self, block: Block, place: str) -> Block:
        value: Any = block["value"]
        if isinstance(value, dict) and block["type"] != "table":
            value = {
                name: self._items(item, f"{place}/{name}") if isinstance(item, list) else item
                for name, item in value.items()
            }
        block_id = str(stable_uuid(self.pack, self.page.path, place))
        return {"type": block["type"], "value": value, "id": block_id}

    def _items(self, items: list[Any], place: str) -> list[Block]:
        """The items of a list, or, where they are blocks already, of a stream inside a block."""
        return [
            self._with_id(
                item if _is_block(item) else {"type": "item", "value": item},
                f"{place}/{item['place'] if _is_block(item) else index}",
            )
            for index, item in enumerate(items)
        ]


def _is_block(item: Any) -> bool:
    return isinstance(item, dict) and {"type", "value", "place"} <= set(item)
