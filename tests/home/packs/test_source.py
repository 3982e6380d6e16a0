"""YAML is read with the line of every value, and a mistake in it is told with its line."""

import datetime
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from home.packs.errors import PackError, Problem
from home.packs.source import check, parse_yaml
from home.packs.spec import Date, Key, Strict

FILE = "test.yaml"
TEXT = """\
title: Ett
steps:
  - what: |
      Första raden.
      Andra raden.
    who: Alla
  - what: Två
places: [norr, söder]
"""

FRAGMENTS = [
    "a", " ", "\n", ":", "- ", "&a ", "*a", "[", "]", "{", "}", ",", "'", '"', "|", ">", "? ", "#",
    "!!bool ", "!!int ", "!!timestamp ", "!!set ", "<<", "=", "~", "1", "0x", "1:2", "2026-01-01",
    "---", "...", "%YAML 9.9", "\t", "\u2028", "\ufeff", "`", "@",
]  # fmt: skip


class StepSpec(Strict):
    what: str
    who: str


class TextSpec(Strict):
    title: Key
    steps: list[StepSpec]
    places: list[str] = []
    day: Date | None = None


def problems(text: str, first_line: int = 1) -> list[Problem]:
    with pytest.raises(PackError) as refused:
        check(parse_yaml(text, FILE, first_line), TextSpec)
    return refused.value.problems


@pytest.mark.parametrize("first_line", [1, 2])
@pytest.mark.parametrize(
    ("loc", "line"),
    [
        (("title",), 1),
        (("steps",), 3),
        (("steps", 0, "what"), 3),
        (("steps", 0, "who"), 6),
        (("steps", 1, "what"), 7),
        (("places", 1), 8),
    ],
)
def test_every_value_has_its_line(loc: tuple[str | int, ...], line: int, first_line: int) -> None:
    assert parse_yaml(TEXT, FILE, first_line).line(*loc) == line + first_line - 1


def test_what_is_not_there_has_the_line_of_what_it_would_stand_in() -> None:
    source = parse_yaml(TEXT, FILE)
    assert source.line("steps", 1, "who") == source.line("steps", 1)
    assert source.line("summary") == 1
    assert parse_yaml("", FILE, first_line=2).line("title") == 1


def test_the_data_are_those_of_the_file() -> None:
    data = parse_yaml(TEXT, FILE).data
    assert data["steps"][0] == {"what": "Första raden.\nAndra raden.\n", "who": "Alla"}
    assert data["places"] == ["norr", "söder"]


@pytest.mark.parametrize(
    ("text", "key", "line"),
    [
        ("title: a\nday: b\ntitle: c\n", "title", 3),
        ("steps:\n  - what: a\n    who: b\n    what: c\n", "what", 4),
        ("a: {b: 1, b: 2}\n", "b", 1),
    ],
)
def test_a_key_that_stands_twice_is_refused(text: str, key: str, line: int) -> None:
    with pytest.raises(PackError) as refused:
        parse_yaml(text, FILE)
    assert refused.value.problems == [Problem(FILE, line, f"the key {key!r} stands twice")]


def test_the_same_key_in_two_places_is_no_mistake() -> None:
    assert parse_yaml("- {key: a}\n- {key: a}\n", FILE).data == [{"key": "a"}, {"key": "a"}]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("title: a\nday: b: c\n", 2, id="two colons"),
        pytest.param("title: [a\nday: b\n", 2, id="bracket left open"),
        pytest.param('title: a\nday: "b\n', 3, id="quotation mark left open"),
        pytest.param("title: a\n\tday: b\n", 2, id="tab"),
        pytest.param("title: a\nday: *unknown\n", 2, id="unknown alias"),
        pytest.param("title: a\nday: !!python/name:os.system x\n", 2, id="Python object"),
        pytest.param("title: a\n---\ntitle: b\n", 2, id="two documents"),
        pytest.param("title: a\nday: 2026-02-30\n", 2, id="no such date"),
        pytest.param("title: a\nday: \x07\n", 2, id="control character"),
        pytest.param("title: a\nsteps: &all [*all]\n", 2, id="value inside itself"),
        pytest.param("title: a\nday: !!bool maybe\n", 2, id="tag that does not fit"),
    ],
)
@pytest.mark.parametrize("first_line", [1, 2])
def test_what_is_no_yaml_is_told_with_its_line(text: str, line: int, first_line: int) -> None:
    with pytest.raises(PackError) as refused:
        parse_yaml(text, FILE, first_line)
    [problem] = refused.value.problems
    assert (problem.file, problem.line) == (FILE, line + first_line - 1)
    assert problem.message.startswith("not valid YAML: ")


@settings(max_examples=60, deadline=None)
@given(st.text() | st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join))
def test_any_text_is_yaml_or_a_mistake(text: str) -> None:
    with suppress(PackError):
        source = parse_yaml(text, FILE)
        assert set(source.lines.values()) <= set(range(1, len(text.splitlines()) + 2))


# -- the shape -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("title: a\nsteps: []\nname: b\n", 3, "name: this key is not known here"),
        ("title: a\n", 1, "steps: this key must be there"),
        ("title: a\nsteps:\n- what: b\n", 3, "steps.0.who: this key must be there"),
        ("title: A b\nsteps: []\n", 1, "title: string should match pattern"),
        ("title: a\nsteps: []\nplaces: norr\n", 3, "places: input should be a valid list"),
        ("title: a\nsteps: []\nplaces:\n  - a\n  - 1\n", 5, "places.1: input should be a"),
        ("title: a\nsteps: []\nday: 20261123\n", 3, "day: input should be a valid date"),
        ("title: a\nsteps: []\nday: '2026-11-23'\n", 3, "day: input should be a valid date"),
        ("- a\n", 1, "the file: input should be a valid dictionary"),
        ("", 1, "the file: input should be a valid dictionary"),
    ],
)
def test_what_does_not_fit_is_told_with_line_and_key(text: str, line: int, message: str) -> None:
    [problem] = problems(text)
    assert (problem.file, problem.line) == (FILE, line)
    assert problem.message.startswith(message)


def test_lines_of_front_matter_count_from_the_top_of_the_file() -> None:
    assert [problem.line for problem in problems("title: a\nsteps: 1\n", first_line=2)] == [3]


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file() -> None:
    found = problems("title: A b\nname: c\nsteps:\n- what: a\n")
    assert [(problem.line, problem.message.split(":")[0]) for problem in found] == [
        (1, "title"),
        (2, "name"),
        (4, "steps.0.who"),
    ]


def test_what_fits_comes_out_as_what_it_is() -> None:
    text = "title: ett\nsteps:\n- {what: ' a ', who: b}\nday: 2026-11-23\n"
    expected = TextSpec(
        title="ett", steps=[StepSpec(what="a", who="b")], day=datetime.date(2026, 11, 23)
    )
    assert check(parse_yaml(text, FILE), TextSpec) == expected


def test_a_problem_names_its_file_and_its_line_if_it_has_one() -> None:
    assert str(Problem("sv/a.md", 3, "wrong")) == "sv/a.md:3: wrong"
    assert str(Problem("sv/a.md", 0, "wrong")) == "sv/a.md: wrong"


def test_an_error_tells_each_problem_once_in_order() -> None:
    twice = Problem("b.yaml", 1, "wrong")
    assert str(PackError([twice, Problem("a.yaml", 2, "wrong"), twice])) == (
        "a.yaml:2: wrong\nb.yaml:1: wrong"
    )
