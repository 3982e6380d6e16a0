"""Finishing an article: links to pages, ids on headings, and the table of contents."""

from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.html import HtmlElement

from home.prose import (
    MIN_HEADINGS,
    Target,
    document_ids,
    fill_contents,
    number_headings,
    page_ids,
    parse,
    place_links,
    serialise,
)

PAGES = {5: Target("/sv/metoder/", "Metoder"), 7: Target("/sv/lagar/?a=1&b=2", "Lagar & regler")}
DOCUMENTS = {5: Target("/documents/5/mall.docx", "Mall")}


def placed(source: str) -> str:
    root = parse(source)
    place_links(root, PAGES, DOCUMENTS)
    return serialise(root)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            '<p>Se <a linktype="page" id="5">här</a>.</p>',
            '<p>Se <a href="/sv/metoder/">här</a>.</p>',
        ),
        (
            '<p><a linktype="page" id="5"></a></p>',
            '<p><a href="/sv/metoder/">Metoder</a></p>',
        ),
        (
            '<p><a linktype="page" id="5"><b>fet</b></a></p>',
            '<p><a href="/sv/metoder/"><b>fet</b></a></p>',
        ),
        (
            '<p><a linktype="page" id="7"></a></p>',
            '<p><a href="/sv/lagar/?a=1&amp;b=2">Lagar &amp; regler</a></p>',
        ),
        (
            '<p><a class="button" linktype="page" id="5">Gå</a></p>',
            '<p><a class="button" href="/sv/metoder/">Gå</a></p>',
        ),
        (
            '<p><a linktype="document" id="5">mallen</a></p>',
            '<p><a href="/documents/5/mall.docx">mallen</a></p>',
        ),
        (
            '<p><a href="https://example.org/">ute</a></p>',
            '<p><a href="https://example.org/">ute</a></p>',
        ),
    ],
)
def test_links_get_the_address_of_what_they_name(source: str, expected: str) -> None:
    assert placed(source) == expected


@pytest.mark.parametrize("link", ['linktype="page" id="6"', 'linktype="document" id="7"'])
def test_a_link_to_what_is_gone_becomes_plain_text(link: str) -> None:
    found = placed(f"<p>Se <a {link}>en <b>viktig</b> sak</a> här.</p>")
    assert found == "<p>Se en <b>viktig</b> sak här.</p>"


@pytest.mark.parametrize("number", ["", "x", "-5", "5.0", "²", "99999999999999999999"])
def test_a_link_that_names_nothing_becomes_plain_text(number: str) -> None:
    assert placed(f'<p><a linktype="page" id="{number}">text</a></p>') == "<p>text</p>"
    root = parse(f'<a linktype="page" id="{number}">x</a><a linktype="document" id="{number}"></a>')
    assert page_ids(root) <= {int("9" * 20)}
    assert document_ids(root) <= {int("9" * 20)}


def test_the_pages_and_documents_that_are_named_are_found() -> None:
    root = parse(
        '<p><a linktype="page" id="5">a</a><a linktype="page" id="7">b</a></p>'
        '<a linktype="document" id="9">c</a><a href="/x" id="11">d</a>'
    )
    assert (page_ids(root), document_ids(root)) == ({5, 7}, {9})


def headings_of(*titles: str) -> HtmlElement:
    return parse("".join(f"<h2>{escape(title)}</h2><p>Text.</p>" for title in titles))


def test_headings_get_ids_made_of_their_text() -> None:
    root = parse("<h2>Så <b>gör</b> ni &amp; varför</h2><h3>Steg 1</h3><h4>Inget</h4>")
    headings = number_headings(root)
    assert root.xpath("//@id") == ["sa-gor-ni-varfor", "steg-1"]
    assert [heading.text for heading in headings] == ["Så gör ni & varför"]


def test_an_id_that_is_there_already_is_kept_and_not_given_again() -> None:
    root = parse('<h2>Mål</h2><h2 id="mal">Mål i korthet</h2><p id="mal-2">x</p><h2>Mål</h2>')
    assert [heading.id for heading in number_headings(root)] == ["mal-3", "mal", "mal-4"]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["h2", "h3"]),
            st.sampled_from(["Mål", "mål", "mal", "mal-2", "Mål 2", "", "?", "…", "日本"])
            | st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8),
        ),
        max_size=12,
    )
)
def test_every_heading_has_an_id_of_its_own(headings: list[tuple[str, str]]) -> None:
    root = parse("".join(f"<{tag}>{escape(text)}</{tag}>" for tag, text in headings))
    listed = number_headings(root)
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids)) == len(headings)
    assert all(ids)
    assert [heading.id for heading in listed] == root.xpath("//h2/@id")


CONTENTS = '<details class="contents"><nav><ol class="contents__list"></ol></nav></details>'


def contents_of(root: HtmlElement) -> list[tuple[str, str]]:
    headings = number_headings(root)
    root.insert(0, parse(CONTENTS)[0])
    fill_contents(root, headings)
    links = root.xpath(".//*[@class='contents__list']//a")
    return [(link.get("href"), link.text_content()) for link in links]


def test_the_contents_list_the_sections_in_order() -> None:
    found = contents_of(headings_of("Syfte", "Steg & tid", "Fallgropar"))
    assert found == [
        ("#syfte", "Syfte"),
        ("#steg-tid", "Steg & tid"),
        ("#fallgropar", "Fallgropar"),
    ]


@pytest.mark.parametrize("number", range(MIN_HEADINGS + 2))
def test_there_are_no_contents_for_a_short_page(number: int) -> None:
    root = headings_of(*(f"Avsnitt {n}" for n in range(number)))
    expected = number if number >= MIN_HEADINGS else 0
    assert len(contents_of(root)) == expected
    assert bool(root.find_class("contents")) == bool(expected)


def test_subsections_and_boxes_beside_the_text_are_not_in_the_contents() -> None:
    root = headings_of("Ett", "Två", "Tre")
    root.append(parse("<aside><h2>Bredvid</h2></aside>")[0])
    root.append(parse("<h3>Under</h3>")[0])
    assert [text for _address, text in contents_of(root)] == ["Ett", "Två", "Tre"]


def test_html_of_a_film_is_written_as_browsers_read_it() -> None:
    film = '<video controls><source src="/a.mp4"><track src="/a.vtt" kind="captions"></video>'
    assert serialise(parse(film)) == film


@settings(deadline=None, max_examples=60)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60))
def test_text_is_the_same_and_harmless_after_the_whole_pass(text: str) -> None:
    root = parse(f"<p>{escape(text)}</p>")
    place_links(root, PAGES, DOCUMENTS)
    fill_contents(root, number_headings(root))
    again = parse(serialise(root))
    assert again.text_content() == root.text_content()
    assert [element.tag for element in again.iter()] == ["div", "p"]
