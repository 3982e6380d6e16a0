from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

RICH_TEXT = ["bold", "italic", "link", "document-link", "ol", "ul"]
RICH_TEXT_WITH_HEADINGS = ["h2", "h3", *RICH_TEXT]


def inline_text(**kwargs: object) -> blocks.RichTextBlock:
    """Text with paragraphs, lists and links, but no headings of its own."""
    return blocks.RichTextBlock(features=RICH_TEXT, **kwargs)


class TextBlock(blocks.RichTextBlock):
    """Running text with headings; the table of contents is made from its h2."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(features=RICH_TEXT_WITH_HEADINGS, **kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "blocks/text.html"


class CalloutKind(models.TextChoices):
    NOTE = "note", _("Good to know")
    IMPORTANT = "important", _("Important")
    PROPOSAL = "proposal", _("The platform’s own proposal")


class CalloutBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        choices=CalloutKind.choices, default=CalloutKind.NOTE, label=_("Kind")
    )
    title = blocks.CharBlock(max_length=120, label=_("Title"))
    text = inline_text(label=_("Text"))

    class Meta:
        icon = "info-circle"
        label = _("Callout")
        template = "blocks/callout.html"


class QuotationBlock(blocks.StructBlock):
    text = inline_text(label=_("Quotation"))
    source = blocks.CharBlock(max_length=200, label=_("Source"))

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "blocks/quotation.html"
