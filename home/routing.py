"""Finds the page for an address with two queries, whatever its depth; docs/decisions/0008."""

from django.db.models import Exists
from wagtail.models import Page, Site

from home.selectors import restrictions_above


def live_page_at(path: str, language: str) -> Page | None:
    """The live page at `path` (without the language prefix) in its own type.

    None where there is no such page, or more than one site: then Wagtail's own routing decides.
    """
    roots = [root for root in Site.get_site_root_paths() if root.language_code == language]
    if len(roots) != 1:
        return None
    parts = [part for part in path.split("/") if part]
    url_path = "/".join([roots[0].root_path.rstrip("/"), *parts]) + "/"
    rows = Page.objects.filter(
        url_path=url_path, slug=url_path.rsplit("/", 2)[1], depth=2 + len(parts), live=True
    )
    page = rows.annotate(is_restricted=Exists(restrictions_above())).first()
    if page is None:
        return None
    specific = page.specific
    specific.known_as_open = not (page.is_restricted or page.alias_of_id)
    return specific
