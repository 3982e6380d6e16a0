"""What the templates ask of the knowledge base; each tag calls one selector."""

from typing import Any

from django import template
from django.template import Context, Node
from django.template.base import Parser, Token
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import Page

from home import prose
from home.frame import Frame
from home.listings import attach_areas
from home.selectors import address, focus_areas_in
from kb import rules, selectors
from kb.marking import Marker
from kb.models.example import PARTS

register = template.Library()

register.simple_tag(selectors.examples_of_method, name="examples_of_method")
register.simple_tag(selectors.agencies_below, name="agencies_below")
register.simple_tag(selectors.counties_below, name="counties_below")
register.simple_tag(selectors.focus_pages, name="focus_pages")
register.simple_tag(selectors.terms_by_letter, name="terms_by_letter")
register.simple_tag(selectors.examples_below, name="examples_below")


@register.simple_tag
def focus_contents(page: Any) -> selectors.FocusContents:
    return selectors.focus_contents(page, page.focus_area.key)


@register.simple_tag
def agency_story(page: Any) -> selectors.AgencyStory:
    return selectors.agency_story(page, timezone.localdate())


@register.simple_tag
def newest_examples(locale_id: int, number: int) -> list[Any]:
    examples = list(selectors.examples_in(locale_id)[:number])
    attach_areas(examples, focus_areas_in(locale_id))
    return examples


@register.simple_tag
def act_status(guide: Any) -> str:
    return rules.act_status(guide.in_force_from, guide.in_force_to, timezone.localdate()).value


@register.simple_tag
def example_parts(page: Any) -> dict[str, list[Any]]:
    """The parts that are told, as name, label and text; the labels of those that are not."""
    told = [(name, label, getattr(page, name)) for name, label in PARTS]
    return {
        "told": [(name, label, text) for name, label, text in told if text],
        "untold": [label for _name, label, text in told if not text],
    }


@register.tag("article")
def do_article(parser: Parser, token: Token) -> Node:
    """`{% article as name %} … {% endarticle %}`: finishes what is between, see home.prose."""
    bits = token.split_contents()
    if len(bits) != 3 or bits[1] != "as":
        raise template.TemplateSyntaxError("use {% article as name %}")
    nodes = parser.parse(("endarticle",))
    parser.delete_first_token()
    return ArticleNode(nodes, bits[2])


class ArticleNode(Node):
    def __init__(self, nodelist: Any, name: str) -> None:
        self.nodelist = nodelist
        self.name = name

    def render(self, context: Context) -> str:
        root = prose.parse(self.nodelist.render(context))
        prose.place_links(root, _targets(root, context), _documents(root))
        prose.fill_contents(root, prose.number_headings(root))
        self._mark_terms(root, context)
        context[self.name] = prose.serialise(root)
        return ""

    def _mark_terms(self, root: Any, context: Context) -> None:
        frame: Frame | None = context.get("frame")
        page: Page | None = context.get("page")
        if frame and page and frame.glossary_url:
            Marker(selectors.glossary_entries(page.locale_id, frame.glossary_url)).mark(root)


def _targets(root: Any, context: Context) -> dict[int, prose.Target]:
    """Where links lead: to the translation of the page that they name, where there is one."""
    page, request = context.get("page"), context.get("request")
    named = selectors.linked_pages(prose.page_ids(root), page.locale_id if page else None)
    return {pk: prose.Target(address(found, request), found.title) for pk, found in named.items()}


def _documents(root: Any) -> dict[int, prose.Target]:
    ids = prose.document_ids(root)
    documents = get_document_model().objects.filter(pk__in=ids) if ids else ()
    return {document.pk: prose.Target(document.url, document.title) for document in documents}
