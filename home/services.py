"""What the site's frame does when something has happened."""

from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex

# The sizes that templates/blocks/image.html asks for.
RENDITIONS = ("width-480|format-webp", "width-960|format-webp")


def prepare_renditions(page: Page) -> None:
    """Makes the sizes of the page's images at publication, not at the first reader's visit."""
    references = ReferenceIndex.get_references_for_object(page).filter(
        to_content_type__model=get_image_model()._meta.model_name
    )
    # The index keeps primary keys as text.
    ids = [int(key) for key in references.values_list("to_object_id", flat=True)]
    for image in get_image_model().objects.filter(pk__in=ids):
        for rendition in RENDITIONS:
            image.get_rendition(rendition)
