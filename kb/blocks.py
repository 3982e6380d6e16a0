from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from home.blocks import inline_text


class MethodStepBlock(blocks.StructBlock):
    """One step of a method: what to do, who does it, how long it takes and with what."""

    title = blocks.CharBlock(max_length=120, label=_("Title"))
    what = inline_text(label=_("What"))
    who = blocks.CharBlock(max_length=120, label=_("Who"))
    how_long = blocks.CharBlock(max_length=80, label=_("How long"))
    tools = blocks.CharBlock(max_length=200, required=False, label=_("Tools"))

    class Meta:
        icon = "list-ol"
        label = _("Step")


class DutyBlock(blocks.StructBlock):
    """Something that an agency must do, and where the act says so."""

    text = inline_text(label=_("What the agency must do"))
    citation = blocks.CharBlock(max_length=100, label=_("Chapter and section"))

    class Meta:
        icon = "tick"
        label = _("Duty")
