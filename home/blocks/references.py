from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class PageLinkBlock(blocks.StructBlock):
    """Points the reader on to another page of the site."""

    page = blocks.PageChooserBlock(label=_("Page"))
    text = blocks.CharBlock(
        max_length=300, required=False, label=_("Why the reader should go there")
    )

    class Meta:
        icon = "link"
        label = _("Link to a page")
        template = "blocks/page_link.html"


class LawBlock(blocks.StructBlock):
    """A legislation guide and the place in the act, such as “3 kap. 2 §”."""

    page = blocks.PageChooserBlock(page_type="kb.LegislationGuidePage", label=_("Guide"))
    citation = blocks.CharBlock(max_length=100, label=_("Chapter and section"))

    class Meta:
        icon = "doc-full-inverse"
        label = _("Law")


class SourceBlock(blocks.StructBlock):
    text = blocks.CharBlock(max_length=300, label=_("Source"))
    url = blocks.URLBlock(required=False, label=_("Address"))

    class Meta:
        icon = "openquote"
        label = _("Source")
