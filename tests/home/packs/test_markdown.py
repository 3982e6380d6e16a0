"""A pack's Markdown becomes blocks of a page's body, or is refused with the line of the mistake."""

from typing import Any

import pytest

from home.blocks import BodyBlock
from home.packs.errors import PackError, Problem
from home.packs.markdown import Block, Markdown
from home.packs.refs import PageRef

FILE = "sv/test.md"
KINDS = ["note", "important", "proposal", "checklist", "steps", "table", "quote", "page"]


def body(text: str, line: int = 1) -> list[Block]:
    return Markdown(FILE).body(text, line)


def only(text: str) -> Any:
    """The value of the one block that `text` makes."""
    [block] = body(text)
    return block["value"]


# -- running text ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Ett *två* **tre**.", "<p>Ett <i>två</i> <b>tre</b>.</p>"),
        ("## Två\n\nText.\n\n### Tre", "<h2>Två</h2>\n<p>Text.</p>\n<h3>Tre</h3>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("- a\n\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>"),
        ("- a\n  - b", "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>"),
        ("rad  \nrad", "<p>rad<br />\nrad</p>"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        ("[se](https://se.example/?a=1&b=2)",
         '<p><a href="https://se.example/?a=1&amp;b=2">se</a></p>'),
        ("[post](mailto:anna@example.org)", '<p><a href="mailto:anna@example.org">post</a></p>'),
    ],
)  # fmt: skip
def test_running_text_is_what_the_editor_would_write(text: str, html: str) -> None:
    assert body(text) == [{"type": "text", "value": html}]


def test_a_link_to_a_page_waits_for_the_page_with_the_line_on_which_it_stands() -> None:
    assert body("Ett.\n\n[två](page:methods/two) och **[tre](page:three)**\n", line=10) == [
        {
            "type": "text",
            "value": '<p>Ett.</p>\n<p><a linktype="page" id="page:methods/two@12">två</a> och '
            '<b><a linktype="page" id="page:three@12">tre</a></b></p>',
        }
    ]


def test_an_empty_body_has_no_blocks() -> None:
    assert body("") == body(" \n\n") == []


# -- blocks ----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["note", "important", "proposal"])
def test_callout(kind: str) -> None:
    assert body(f"::: {kind} Bra att veta\nEn *sak*.\n\n- till\n:::\n") == [
        {
            "type": "callout",
            "value": {
                "kind": kind,
                "title": "Bra att veta",
                "text": "<p>En <i>sak</i>.</p>\n<ul>\n<li>till</li>\n</ul>",
            },
        }
    ]


def test_checklist() -> None:
    assert body("::: checklist Innan ni börjar\n- En\n- **Två** till\n:::\n") == [
        {
            "type": "checklist",
            "value": {
                "title": "Innan ni börjar",
                "items": ["<p>En</p>", "<p><b>Två</b> till</p>"],
            },
        }
    ]


@pytest.mark.parametrize("title", ["Så går ni till väga", ""])
def test_steps(title: str) -> None:
    text = f"::: steps {title}\n1. **Välj.** Gör så *här*.\n2. **Kör**\n3. **Fråga:** sedan\n:::\n"
    assert body(text) == [
        {
            "type": "steps",
            "value": {
                "title": title,
                "steps": [
                    {"title": "Välj", "text": "<p>Gör så <i>här</i>.</p>"},
                    {"title": "Kör", "text": ""},
                    {"title": "Fråga:", "text": "<p>sedan</p>"},
                ],
            },
        }
    ]


def test_table() -> None:
    rows = "| Roll | Gör |\n| --- | --- |\n| Chef | **Beslutar** |\n| HR | |\n"
    assert body(f"::: table Vem gör vad\n{rows}:::\n") == [
        {
            "type": "table",
            "value": {
                "caption": "Vem gör vad",
                "columns": [
                    {"type": "text", "heading": "Roll"},
                    {"type": "text", "heading": "Gör"},
                ],
                "rows": [
                    {"values": ["<p>Chef</p>", "<p><b>Beslutar</b></p>"]},
                    {"values": ["<p>HR</p>", "<p></p>"]},
                ],
            },
        }
    ]


def test_quotation() -> None:
    assert body("::: quote Verva, delrapport 2007, avsnitt 8.1.3\nOrd.\n:::\n") == [
        {
            "type": "quotation",
            "value": {"text": "<p>Ord.</p>", "source": "Verva, delrapport 2007, avsnitt 8.1.3"},
        }
    ]


@pytest.mark.parametrize("text", ["Dit för att lära mer.", ""])
def test_link_to_a_page(text: str) -> None:
    page = PageRef("methods/two", at=Problem(FILE, 3, ""))
    assert body(f"Ord.\n\n::: page methods/two\n{text}\n:::\n")[1:] == [
        {"type": "page_link", "value": {"page": page, "text": text}}
    ]


def test_text_and_blocks_keep_their_order() -> None:
    text = "Ett.\n\n::: note Två\nTvå.\n:::\n::: quote Tre\nTre.\n:::\n\nFyra.\n"
    assert [block["type"] for block in body(text)] == ["text", "callout", "quotation", "text"]


def test_every_block_is_one_that_the_body_can_hold() -> None:
    samples = {
        "checklist": "- a", "steps": "1. **a**", "table": "| a |\n|---|\n| b |",
    }  # fmt: skip
    known = BodyBlock().child_blocks
    for kind in KINDS:
        title = "two" if kind == "page" else "Titel"
        [block] = body(f"::: {kind} {title}\n{samples.get(kind, 'Text.')}\n:::")
        assert block["type"] in known


def test_titles_and_headings_are_plain_text() -> None:
    """They are no rich text: what is escaped here would be escaped once more on the page."""
    assert only("::: steps\n1. **Chef & HR.** Läs\n:::")["steps"][0]["title"] == "Chef & HR"
    table = only("::: table T\n| Chef & *HR* |\n|---|\n| b |\n:::")
    assert table["columns"][0]["heading"] == "Chef & HR"


# -- what is refused -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("construct", "name"),
    [
        pytest.param("<div>a</div>", "HTML", id="HTML block"),
        pytest.param("a <b>b</b>", "HTML", id="HTML in text"),
        pytest.param("<!-- a -->", "HTML", id="comment"),
        pytest.param("![a](https://se.example/a.png)", "an image", id="image"),
        pytest.param("```\na\n```", "code", id="fence"),
        pytest.param("    a", "code", id="indented"),
        pytest.param("a `b`", "code", id="code in text"),
        pytest.param("# A", "only ## and ###", id="h1"),
        pytest.param("#### A", "only ## and ###", id="h4"),
        pytest.param("A\n=", "only ## and ###", id="underlined heading"),
        pytest.param("---", "a line of dashes", id="dashes"),
        pytest.param("> a", "::: quote", id="quotation"),
        pytest.param("| a |\n|---|\n| b |", "::: table", id="table"),
        pytest.param("[a](/sv/)", "must begin with", id="address on the site"),
        pytest.param("[a](methods/two)", "must begin with", id="path without page:"),
        pytest.param("[a](ftp://se.example)", "must begin with", id="other scheme"),
        pytest.param("[a](page:Methods/Two)", "not the path of a page", id="path in capitals"),
        pytest.param("[a](page:/two)", "not the path of a page", id="path with a slash first"),
        pytest.param("[a](page:)", "not the path of a page", id="no path"),
        pytest.param("- a\n- b\n- c `d`", "code", id="code in the third item"),
        pytest.param("a\nb\nc `d`", "code", id="code in the third line of a paragraph"),
        pytest.param("a\nb\nc [d](e)", "must begin with", id="link in the third line"),
    ],
)
@pytest.mark.parametrize("before", ["", "Ett.\n\nTvå.\n\n"], ids=["alone", "after text"])
def test_what_a_pack_cannot_hold_is_refused_with_its_line(
    before: str, construct: str, name: str
) -> None:
    with pytest.raises(PackError) as refused:
        body(before + construct + "\n\nSlut.\n", line=7)
    [problem] = refused.value.problems
    assert name in problem.message
    offset = 2 if construct.startswith(("- a\n", "a\nb\n")) else 0
    assert (problem.file, problem.line) == (FILE, 7 + before.count("\n") + offset)


@pytest.mark.parametrize("separator", ["\u2028", "\x0c", "\x85"])
def test_only_a_line_feed_makes_a_line(separator: str) -> None:
    """Others come along when text is pasted; an editor of text files does not count them."""
    with pytest.raises(PackError) as refused:
        body(f"Ett.{separator}Två.\n\n# Tre\n")
    assert refused.value.problems[0].line == 3


@pytest.mark.parametrize("kind", ["note", "checklist", "steps", "table", "quote"])
@pytest.mark.parametrize("construct", ["a `b`", "a <b>b</b>", "![a](b)", "[a](b)"])
def test_what_is_refused_in_a_block_has_its_line_too(kind: str, construct: str) -> None:
    lines = {
        "checklist": f"- a\n- {construct}\n",
        "steps": f"1. **a**\n2. **b** {construct}\n",
        "table": f"| a |\n|---|\n| {construct} |\n",
    }.get(kind, f"a\n\n{construct}\n")
    with pytest.raises(PackError) as refused:
        body(f"Ett.\n\n::: {kind} Titel\n{lines}:::\n")
    [problem] = refused.value.problems
    assert problem.line == 4 + lines.count("\n") - 1


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a\n\n::: warning T\nb\n:::", 3, "::: warning is not one of note, important"),
        ("a\n\n::: note T\nb\n", 3, "::: note has no ::: at its end"),
        ("::: note T\nb\n::: note T\nc\n:::", 3, "::: inside a block"),
        ("a\n:::\n", 2, "without a kind"),
        (":::: note T\na\n:::", 1, "without a kind"),
        *[(f"a\n::: {kind}\n{inner}\n:::", 2, f"::: {kind} must be followed by a title")
          for kind, inner in (("note", "a"), ("checklist", "- a"), ("quote", "a"), ("page", ""),
                              ("table", "| a |\n|---|\n| b |"))],
        ("::: page Två ord\n:::", 1, "'Två ord' is not the path of a page"),
        ("::: checklist T\n1. a\n:::", 2, "one list of - items"),
        ("::: checklist T\n- a\n\nb\n:::", 2, "one list of - items"),
        ("::: checklist T\n:::", 2, "one list of - items"),
        ("::: steps\n- **a**\n:::", 2, "one list of numbered items"),
        ("::: steps\n1. **a**\n2. b\n:::", 3, "its title in **bold**"),
        ("::: table T\na\n:::", 2, "a table with a row of headings"),
        ("::: table T\n| a |\n|---|\n:::", 2, "a table with a row of headings"),
        ("::: note T\n## a\n:::", 2, "a heading cannot be used here"),
    ],
)  # fmt: skip
def test_a_block_that_is_not_as_it_should_be(text: str, line: int, message: str) -> None:
    with pytest.raises(PackError) as refused:
        body(text)
    [problem] = refused.value.problems
    assert message in problem.message
    assert problem.line == line


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("::: table T\nA\n\n| b |\n|---|\n| c |\n:::", id="text before a table"),
        pytest.param("::: table T\n| a |\n|---|\n| b |\n\nC\n:::", id="text after a table"),
        pytest.param(
            "::: table T\n| a |\n|---|\n| b |\n\n| c |\n|---|\n| d |\n:::", id="two tables"
        ),
        pytest.param("::: table T\n| a | |\n|---|---|\n| b | c |\n:::", id="column unnamed"),
        pytest.param("::: table T\n| a |\n|---|\n| b | c |\n:::", id="more cells than headings"),
        pytest.param("::: note T\n\n:::", id="empty note"),
        pytest.param("::: quote T\n:::", id="empty quotation"),
        pytest.param("::: checklist T\n- a\n-\n:::", id="empty item"),
    ],
)
def test_a_block_that_would_lose_text_or_show_nothing_is_refused(text: str) -> None:
    with pytest.raises(PackError) as refused:
        body(text)
    assert 1 <= refused.value.problems[0].line <= text.count("\n") + 1
