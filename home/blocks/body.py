from wagtail import blocks

from home.blocks.lists import ChecklistBlock, StepsBlock, TableBlock
from home.blocks.media import DocumentBlock, FigureBlock, VideoBlock
from home.blocks.references import PageLinkBlock
from home.blocks.text import CalloutBlock, QuotationBlock, TextBlock


class BodyBlock(blocks.StreamBlock):
    """What a page's body can hold; shared by all page types."""

    text = TextBlock()
    callout = CalloutBlock()
    steps = StepsBlock()
    checklist = ChecklistBlock()
    table = TableBlock()
    quotation = QuotationBlock()
    image = FigureBlock()
    video = VideoBlock()
    document = DocumentBlock()
    page_link = PageLinkBlock()
