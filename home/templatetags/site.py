"""What every template may ask of the site's frame."""

from typing import Any

from django import template
from django.template import Context
from django.utils.translation import get_language_info
from wagtail.models import Page

from home import selectors, spiral
from home.frame import Frame, build_frame
from home.listings import Result, listing_of

register = template.Library()


@register.filter
def native(code: str) -> str:
    """A language's own name for itself, as it is written first in a line."""
    name: str = get_language_info(code)["name_local"]
    return name[:1].upper() + name[1:]


@register.simple_tag(takes_context=True)
def address(context: Context, page: Page) -> str:
    return selectors.address(page, context.get("request"))


@register.simple_tag(takes_context=True)
def site_frame(context: Context) -> Frame:
    page = context.get("page")
    return build_frame(context["request"], page if isinstance(page, Page) else None)


@register.simple_tag(takes_context=True)
def listing(context: Context, page: Any) -> Result:
    return listing_of(page, context["request"].GET)


register.simple_tag(selectors.focus_areas_of, name="focus_areas_of")
register.simple_tag(spiral.mark_path, name="mark_path")
register.simple_tag(spiral.shell_arms, name="shell_arms")


@register.filter
def raw(value: Any) -> list[dict[str, Any]]:
    """The blocks of a stream as they are stored, pages as numbers: for `{% article %}` to place."""
    return list(value.raw_data)
