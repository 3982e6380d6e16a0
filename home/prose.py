"""Finishes the HTML of an article: links to pages, ids on headings, a table of contents."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from lxml import html
from lxml.html import HtmlElement, builder

# A table of contents for fewer headings than this is only in the way.
MIN_HEADINGS = 3
# Ids of the frame around the article; see templates/base.html.
_FRAME_IDS: set[str | None] = {"main"}


@dataclass(frozen=True)
class Heading:
    id: str
    text: str


@dataclass(frozen=True)
class Target:
    """Where a page in the database is and what it is called."""

    url: str
    title: str


def parse(source: str) -> HtmlElement:
    return html.fragment_fromstring(source, create_parent="div")


def page_ids(root: HtmlElement) -> set[int]:
    """The pages that the links of Wagtail's rich text name."""
    ids = (link.get("id", "") for link in root.iterfind(".//a[@linktype='page']"))
    return {int(found) for found in ids if found.isdecimal()}


def document_ids(root: HtmlElement) -> set[int]:
    ids = (link.get("id", "") for link in root.iterfind(".//a[@linktype='document']"))
    return {int(found) for found in ids if found.isdecimal()}


def place_links(
    root: HtmlElement, pages: Mapping[int, Target], documents: Mapping[int, Target]
) -> None:
    """Gives rich text's links their addresses; an empty one gets the target's title.

    A link to what is not there any more becomes plain text. An empty one, and a button, take what
    is about them away too: their item or paragraph, and the box around a list that is then empty.
    """
    for link in list(root.iterfind(".//a[@linktype]")):
        targets = pages if link.get("linktype") == "page" else documents
        number = link.get("id", "")
        target = targets.get(int(number)) if number.isdecimal() else None
        del link.attrib["linktype"]
        link.attrib.pop("id", None)
        if target is None and link.text_content().strip() and link.get("class") != "button":
            link.drop_tag()
            continue
        if target is None:
            _take_away(link)
            continue
        link.set("href", target.url)
        if not len(link) and not link.text:
            link.text = target.title


def _take_away(link: HtmlElement) -> None:
    place = next((parent for parent in link.iterancestors("li", "p")), link)
    around = place.getparent()
    place.drop_tree()
    if around is not None and around.tag in ("ul", "ol") and around.find("li") is None:
        box = around.getparent()
        whole = box is not None and {"box", "instead"} & set(box.classes)
        (box if whole else around).drop_tree()


def number_headings(root: HtmlElement) -> list[Heading]:
    """Gives every h2 and h3 without an id one made of its text, and lists the h2."""
    used = _FRAME_IDS | {element.get("id") for element in root.iterfind(".//*[@id]")}
    headings = []
    for element in root.iter("h2", "h3"):
        text = " ".join(element.text_content().split())
        if not element.get("id"):
            element.set("id", _free_id(slugify(text) or "avsnitt", used))
        if element.tag == "h2" and not _is_apart(element):
            headings.append(Heading(element.get("id", ""), text))
    return headings


def _is_apart(element: HtmlElement) -> bool:
    """Headings of boxes beside the text are not in its table of contents."""
    return any(parent.tag == "aside" for parent in element.iterancestors())


def _free_id(wanted: str, used: set[str | None]) -> str:
    found, number = wanted, 2
    while found in used:
        found, number = f"{wanted}-{number}", number + 1
    used.add(found)
    return found


def fill_contents(root: HtmlElement, headings: list[Heading]) -> None:
    """Lists the headings in the list of class `contents__list`, or takes away all of `contents`."""
    for contents in root.find_class("contents"):
        if len(headings) < MIN_HEADINGS:
            contents.drop_tree()
            continue
        for items in contents.find_class("contents__list"):
            links = [builder.A(heading.text, href=f"#{heading.id}") for heading in headings]
            items.extend(builder.LI(link) for link in links)


def serialise(root: HtmlElement) -> SafeString:
    """The finished HTML, without the element that `parse` put around it."""
    inner = (root.text or "") + "".join(html.tostring(child, encoding="unicode") for child in root)
    # libxml2 does not know these as empty elements.
    for name in ("source", "track"):
        inner = inner.replace(f"</{name}>", "")
    return mark_safe(inner)  # noqa: S308  made of escaped template output
