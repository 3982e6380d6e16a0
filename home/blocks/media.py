from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from home.blocks.text import inline_text

VIDEO_TYPES = {"mp4": "video/mp4", "webm": "video/webm"}


class FigureBlock(blocks.StructBlock):
    """An image; Wagtail's ImageBlock demands an alternative text or a mark as decorative."""

    image = ImageBlock(label=_("Image"))
    caption = blocks.CharBlock(max_length=300, required=False, label=_("Caption"))

    class Meta:
        icon = "image"
        label = _("Image")
        template = "blocks/image.html"


class VideoValue(blocks.StructValue):
    @property
    def mime_type(self) -> str:
        return VIDEO_TYPES[self["file"].file_extension.lower()]


class VideoBlock(blocks.StructBlock):
    """A film from the site's own documents, never without captions and a transcript."""

    title = blocks.CharBlock(max_length=120, label=_("Title"))
    file = DocumentChooserBlock(label=_("Video (MP4 or WebM)"))
    captions = DocumentChooserBlock(label=_("Captions (WebVTT)"))
    transcript = inline_text(label=_("Transcript"))

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if self.is_deferred_validation:
            # A draft may be half-finished.
            return value
        errors = {}
        if value["file"].file_extension.lower() not in VIDEO_TYPES:
            errors["file"] = ValidationError(_("Choose an MP4 or WebM file."))
        if value["captions"].file_extension.lower() != "vtt":
            errors["captions"] = ValidationError(_("Choose a WebVTT file (.vtt)."))
        if errors:
            raise blocks.StructBlockValidationError(block_errors=errors)
        return value

    class Meta:
        icon = "media"
        label = _("Video")
        template = "blocks/video.html"
        value_class = VideoValue


class DocumentBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("Document"))
    text = blocks.CharBlock(max_length=200, required=False, label=_("What it is"))

    class Meta:
        icon = "doc-full"
        label = _("Document")
        template = "blocks/document.html"
