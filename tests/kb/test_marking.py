"""Glossary terms in running text: which occurrences become links, and that nothing else changes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from home.prose import parse
from kb.marking import Entry, Marker

ENTRIES = [
    Entry("#atgard", ("åtgärd", "åtgärder", "åtgärderna")),
    Entry("#aktiva", ("aktiva åtgärder", "aktiva åtgärderna")),
    Entry("#dl", ("DL",)),
    Entry("#kartlaggning", ("lönekartläggning",)),
]


def marked(inner: str, entries: list[Entry] = ENTRIES) -> str:
    root = parse(f'<div class="prose">{inner}</div>')
    Marker(entries).mark(root)
    return "".join(html.tostring(child, encoding="unicode") for child in root[0])


def links(inner: str) -> list[tuple[str, str]]:
    """Address and text of each term that is marked, in the order of reading."""
    root = parse(f"<div>{marked(inner)}</div>")
    return [(link.get("href", ""), link.text_content()) for link in root.find_class("term")]


def test_a_term_becomes_a_link_to_its_explanation() -> None:
    found = marked("<p>En åtgärd räcker.</p>")
    assert found == '<p>En <a class="term" href="#atgard">åtgärd</a> räcker.</p>'


@pytest.mark.parametrize(
    "inner",
    [
        "<p>[åtgärd] och åtgärd</p>",
        "<p>[åtgärd]</p><p>åtgärd</p>",
        "<p>[åtgärd] och <b>fet</b> åtgärd</p>",
        "<p><b>[åtgärd]</b> och åtgärd</p>",
        "<p>Se <a href='/x'>här</a>: [åtgärd]. <i>Kursiv</i> åtgärd</p>",
        "<ul><li>[åtgärd]</li><li>åtgärd</li></ul>",
        "<ul><li>[åtgärd]<p>åtgärd</p></li></ul>",
    ],
)
def test_only_the_first_occurrence_in_the_order_of_reading(inner: str) -> None:
    """The occurrence that is to be marked stands in brackets."""
    found = marked(inner.replace("[", "").replace("]", ""))
    expected = inner.replace("[", '<a class="term" href="#atgard">').replace("]", "</a>")
    assert found == expected.replace("'", '"')


def test_forms_of_one_term_are_one_term() -> None:
    assert links("<p>Flera åtgärder. En åtgärd.</p>") == [("#atgard", "åtgärder")]


@pytest.mark.parametrize("text", ["Åtgärd", "ÅTGÄRD", "åtgärd"])
def test_case_does_not_matter_and_is_kept(text: str) -> None:
    assert links(f"<p>{text}</p>") == [("#atgard", text)]


@pytest.mark.parametrize(
    "text", ["åtgärdsplan", "motåtgärd", "åtgärd-lista", "mot-åtgärd", "åtgärd2", "DLL", "lön"]
)
def test_parts_of_words_are_left_alone(text: str) -> None:
    assert links(f"<p>{text}</p>") == []


@pytest.mark.parametrize("text", ["(åtgärd)", "åtgärd.", "”åtgärd”", "åtgärd/insats", "– åtgärd"])
def test_punctuation_does_not_hide_a_term(text: str) -> None:
    assert links(f"<p>{text}</p>") == [("#atgard", "åtgärd")]


def test_of_two_terms_that_overlap_the_longer_is_marked() -> None:
    assert links("<p>Med aktiva åtgärder, sedan en åtgärd.</p>") == [
        ("#aktiva", "aktiva åtgärder"),
        ("#atgard", "åtgärd"),
    ]


def test_a_second_occurrence_of_the_longer_is_not_marked_as_the_shorter() -> None:
    assert links("<p>aktiva åtgärder och aktiva åtgärder</p>") == [("#aktiva", "aktiva åtgärder")]


@pytest.mark.parametrize(
    "inner",
    [
        '<p><a href="/x">en åtgärd</a></p>',
        '<p><a href="/x"><b>en åtgärd</b></a></p>',
        "<h2>åtgärd</h2>",
        "<h3><b>åtgärd</b></h3>",
        "<table><tr><th><p>åtgärd</p></th></tr></table>",
        "<dl><dt><b>åtgärd</b></dt></dl>",
        "<aside><p>åtgärd</p></aside>",
    ],
)
def test_links_and_headings_are_left_alone(inner: str) -> None:
    assert links(inner) == []


def test_an_occurrence_in_a_heading_does_not_use_the_term_up() -> None:
    assert links("<h2>Åtgärd</h2><p>En åtgärd.</p>") == [("#atgard", "åtgärd")]


def test_text_outside_prose_is_left_alone() -> None:
    root = parse('<p>En åtgärd.</p><div class="prose"><p>Ingen.</p></div><p>En åtgärd.</p>')
    Marker(ENTRIES).mark(root)
    assert not root.find_class("term")


def test_several_terms_in_one_text_keep_all_between_them() -> None:
    assert marked("<p>a DL b lönekartläggning c</p>") == (
        '<p>a <a class="term" href="#dl">DL</a> b '
        '<a class="term" href="#kartlaggning">lönekartläggning</a> c</p>'
    )


def test_without_terms_nothing_happens() -> None:
    assert marked("<p>En åtgärd.</p>", []) == "<p>En åtgärd.</p>"


texts = st.lists(
    st.sampled_from(["åtgärd", "Åtgärder", "aktiva åtgärder", "DL", "ſ", "İ", "ß", ",", "-", "ord"])
    | st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=4),
    max_size=6,
).map(" ".join)
INLINE, BLOCK = ("b", "i", "em", "strong", "span", "a"), ("p", "li", "td", "dd", "h2", "dt", "div")


def _element(tag: str, parts: list[object]) -> html.HtmlElement:
    """An element of texts and elements in any order."""
    made = html.Element(tag)
    for part in parts:
        if isinstance(part, html.HtmlElement):
            made.append(part)
        elif len(made):
            made[-1].tail = (made[-1].tail or "") + str(part)
        else:
            made.text = (made.text or "") + str(part)
    return made


elements = st.recursive(
    st.builds(_element, st.sampled_from(INLINE), st.lists(texts, max_size=2)),
    lambda inner: st.builds(
        _element, st.sampled_from(INLINE + BLOCK), st.lists(texts | inner, max_size=4)
    ),
    max_leaves=8,
)


@settings(deadline=None, max_examples=60)
@given(st.lists(elements, max_size=4))
def test_marking_never_changes_the_text(parts: list[html.HtmlElement]) -> None:
    prose = _element("div", list(parts))
    prose.set("class", "prose")
    root = _element("div", [prose])
    before = root.text_content()
    Marker(ENTRIES).mark(root)
    assert root.text_content() == before
    addresses = [link.get("href") for link in root.find_class("term")]
    assert len(addresses) == len(set(addresses))
    assert not any(list(link.iterancestors("a", "h2", "dt")) for link in root.find_class("term"))
