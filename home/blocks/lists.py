from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock

from home.blocks.text import inline_text


class ChecklistBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=120, label=_("Title"))
    items = blocks.ListBlock(inline_text(label=_("Item")), label=_("Items"), min_num=1)

    class Meta:
        icon = "tick"
        label = _("Checklist")
        template = "blocks/checklist.html"


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=120, label=_("Title"))
    text = inline_text(label=_("What to do"), required=False)


class StepsBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=120, required=False, label=_("Title"))
    steps = blocks.ListBlock(StepBlock(label=_("Step")), label=_("Steps"), min_num=1)

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        template = "blocks/steps.html"


class TableBlock(TypedTableBlock):
    """A table with a heading for each column and a caption, which must be there."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__([("text", inline_text(label=_("Text")))], **kwargs)

    def clean(self, value: TypedTable) -> TypedTable:
        value = super().clean(value)
        if self.is_deferred_validation:
            # A draft may be half-finished.
            return value
        headings = [column["heading"].strip() for column in value.columns]
        if not (value.caption or "").strip() or not headings or not all(headings):
            raise blocks.StructBlockValidationError(
                non_block_errors=[
                    _("Give the table a caption and every column a heading, for those who listen.")
                ]
            )
        return value

    class Meta:
        icon = "table"
        label = _("Table")
        template = "blocks/table.html"
