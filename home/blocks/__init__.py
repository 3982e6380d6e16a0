from home.blocks.body import BodyBlock
from home.blocks.references import LawBlock, SourceBlock
from home.blocks.text import RICH_TEXT, RICH_TEXT_WITH_HEADINGS, inline_text

__all__ = [
    "RICH_TEXT",
    "RICH_TEXT_WITH_HEADINGS",
    "BodyBlock",
    "LawBlock",
    "SourceBlock",
    "inline_text",
]
