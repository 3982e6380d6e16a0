"""A pack's files are checked for shape without a database; each mistake names its file and line."""

from pathlib import Path

import pytest

from home.packs.errors import PackError, Problem
from home.packs.files import Pack, read_pack
from home.packs.registry import page_handlers
from tests.home.packs.conftest import PackFolder

SPECS = {name: handler.spec for name, handler in page_handlers.items()}


def read(pack: PackFolder) -> Pack:
    return read_pack(pack.path, SPECS)


def refused(pack: PackFolder) -> list[Problem]:
    with pytest.raises(PackError) as error:
        read(pack)
    return error.value.problems


def only_problem(pack: PackFolder) -> Problem:
    [problem] = refused(pack)
    return problem


# -- what is read ----------------------------------------------------------------------------


def test_a_pages_path_is_its_place_below_the_language(pack: PackFolder) -> None:
    pack.page("one/index", languages=("sv",))
    pack.remove("sv/one.md")
    pack.page("one/under", languages=("sv",), title="Under", slug="under-sidan")
    found = {page.path: page for page in read(pack).pages if page.language == "sv"}
    assert set(found) == {"", "one", "one/under", "two"}
    assert found["one/under"].parent_path == "one"
    assert found["one/under"].slug == "under-sidan"
    assert found["one"].slug == "one"
    assert found["one"].parent_path == ""
    assert found[""].parent_path is None


def test_parents_come_before_children_and_siblings_in_their_order(pack: PackFolder) -> None:
    only_swedish = {"languages": ("sv",)}
    pack.page("a", title="Ö", **only_swedish)
    pack.page("a/child", title="A", order=0, **only_swedish)
    pack.page("b", title="Z", order=2, **only_swedish)
    pack.page("c", title="Y", order=1, **only_swedish)
    pack.page("one", title="b", **only_swedish)
    pack.page("two", title="A", **only_swedish)
    swedish = [page.path for page in read(pack).pages if page.language == "sv"]
    assert swedish == ["", "c", "b", "two", "one", "a", "a/child"]


def test_languages_come_in_the_order_of_the_pack(pack: PackFolder) -> None:
    languages = [page.language for page in read(pack).pages]
    assert languages == sorted(languages, reverse=True)
    assert languages[0] == "sv"


def test_the_body_keeps_the_line_on_which_it_begins(pack: PackFolder) -> None:
    pack.page("one", "Först.\n\nSist.\n")
    page = next(page for page in read(pack).pages if page.key == "sv/one")
    assert page.body_line == pack.line("sv/one.md", "Först.")
    assert page.body.startswith("Först.")


@pytest.mark.parametrize(
    ("before", "end"), [("\ufeff", "\n"), ("", "\r\n"), ("\ufeff", "\r\n")],
    ids=["byte order mark", "Windows line ends", "both"],
)  # fmt: skip
def test_files_from_windows_are_the_same_files(pack: PackFolder, before: str, end: str) -> None:
    plain = {page.key: (page.spec, page.body, page.source.lines) for page in read(pack).pages}
    for file in pack.path.rglob("*.*"):
        text = file.read_text(encoding="utf-8").replace("\n", end)
        file.write_bytes((before + text).encode())
    assert {page.key: (page.spec, page.body, page.source.lines) for page in read(pack).pages} == (
        plain
    )


# -- what is refused -------------------------------------------------------------------------


def test_a_folder_without_pack_yaml_is_no_pack(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"there is no pack\.yaml here"):
        read_pack(tmp_path, SPECS)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("key: a\n", 1, "languages: this key must be there"),
        ("key: a\nlanguages: []\n", 2, "languages: list should have at least 1 item"),
        ("key: a\nlanguages: [Svenska]\n", 2, "languages.0: string should match"),
        ("key: A B\nlanguages: [sv]\n", 1, "key: string should match"),
        ("key: a\nlanguages: [sv]\nversion: 2\n", 3, "version: this key is not known here"),
    ],
)
def test_pack_yaml(pack: PackFolder, text: str, line: int, message: str) -> None:
    pack.write("pack.yaml", text)
    problem = only_problem(pack)
    assert (problem.file, problem.line) == ("pack.yaml", line)
    assert problem.message.startswith(message)


def test_a_language_cannot_stand_twice(pack: PackFolder) -> None:
    pack.yaml("pack.yaml", {"key": "test-pack", "languages": ["sv", "sv"]})
    assert {problem.file for problem in refused(pack)} == {"pack.yaml"}


@pytest.mark.parametrize(
    "text", ["Bara text.\n", "title: A\n---\nText.\n", "---\ntitle: A\n", "---\n---\n", ""]
)
def test_a_page_begins_with_front_matter(pack: PackFolder, text: str) -> None:
    pack.write("sv/one.md", text)
    problem = only_problem(pack)
    assert (problem.file, problem.line) == ("sv/one.md", 1)
    assert "front matter between --- lines" in problem.message


def test_a_page_has_a_parent(pack: PackFolder) -> None:
    pack.page("methods/cafe", languages=("sv",))
    problem = only_problem(pack)
    assert problem.file == "sv/methods/cafe.md"
    assert problem.line >= 1
    assert "'methods'" in problem.message


def test_a_parent_in_another_language_is_none(pack: PackFolder) -> None:
    pack.page("methods", languages=("sv",))
    pack.page("methods/cafe")
    assert only_problem(pack).file == "en/methods/cafe.md"


@pytest.mark.parametrize("path", ["Café", "två", "a_b", "a b", "A", "one/B"])
def test_a_path_is_plain(pack: PackFolder, path: str) -> None:
    pack.page(path, languages=("sv",))
    problem = only_problem(pack)
    assert problem.file == f"sv/{path}.md"
    assert "a–z" in problem.message


def test_one_page_cannot_have_two_files(pack: PackFolder) -> None:
    pack.page("one/index", languages=("sv",))
    problem = only_problem(pack)
    assert {problem.file, problem.message.split()[-1]} == {"sv/one.md", "sv/one/index.md"}


def test_an_unknown_key_is_refused(pack: PackFolder) -> None:
    pack.page("one", languages=("sv",), heading="A")
    problem = only_problem(pack)
    assert problem.message == "heading: this key is not known here"
    assert (problem.file, problem.line) == ("sv/one.md", pack.line("sv/one.md", "heading"))


@pytest.mark.parametrize("kind", ["essay", "Standard", 1, None])
def test_an_unknown_type_is_refused_with_those_that_are_known(
    pack: PackFolder, kind: object
) -> None:
    pack.page("one", languages=("sv",), type=kind)
    problem = only_problem(pack)
    assert (problem.file, problem.line) == ("sv/one.md", pack.line("sv/one.md", "type"))
    assert problem.message.startswith("type: must be one of ")
    assert all(name in problem.message for name in SPECS)


def test_a_page_without_type_is_refused(pack: PackFolder) -> None:
    pack.write("sv/one.md", "---\ntitle: A\nsummary: B\n---\n")
    assert only_problem(pack).message.startswith("type: must be one of ")


@pytest.mark.parametrize("other", [{"slug": "one"}, {"slug": "tva"}])
def test_siblings_cannot_share_an_address(pack: PackFolder, other: dict[str, str]) -> None:
    if other["slug"] == "tva":
        pack.page("one", languages=("sv",), slug="tva")
    pack.page("two", languages=("sv",), **other)
    problem = only_problem(pack)
    assert (problem.file, problem.line) == ("sv/two.md", pack.line("sv/two.md", "slug"))
    assert "sv/one.md" in problem.message


def test_the_same_slug_in_another_place_or_language_is_no_mistake(pack: PackFolder) -> None:
    pack.page("one/under", languages=("sv",), slug="two")
    pack.page("two", languages=("en",), slug="one-more")
    pack.page("one", languages=("sv",), slug="one-more")
    assert len(read(pack).pages) == 7


def test_two_home_pages_lie_side_by_side_and_cannot_share_an_address(pack: PackFolder) -> None:
    for language in ("sv", "en"):
        text = (pack.path / language / "index.md").read_text(encoding="utf-8")
        pack.write(f"{language}/index.md", text.replace(f"test-{language}", "test-both"))
    problem = only_problem(pack)
    assert problem.file.endswith("/index.md")
    assert problem.line == pack.line(problem.file, "slug")


def test_a_page_has_the_same_type_in_every_language(pack: PackFolder) -> None:
    pack.page("one", languages=("en",), type="method_index")
    problem = only_problem(pack)
    assert (problem.file, problem.line) == ("en/one.md", pack.line("en/one.md", "type"))
    assert "'standard' as in sv/one.md" in problem.message


@pytest.mark.parametrize("file", ["sv/one.md", "focus-areas.yaml", "pack.yaml"])
def test_a_file_is_utf_8(pack: PackFolder, file: str) -> None:
    text = "---\ntitle: Första\nsummary: Sån\n---\n" if file.endswith(".md") else "- a\n- b\n- ö\n"
    (pack.path / file).write_bytes(text.encode("latin-1"))
    problem = only_problem(pack)
    assert problem.message.startswith("not UTF-8")
    assert (problem.file, problem.line) == (file, 2 if file.endswith(".md") else 3)


def test_mistakes_in_several_files_are_told_at_once(pack: PackFolder) -> None:
    pack.page("one", languages=("sv",), title="x" * 121)
    pack.page("two", languages=("en",), order="first")
    pack.page("three/four", languages=("sv",))
    pack.write("focus-areas.yaml", "a: [\n")
    assert [problem.file for problem in refused(pack)] == [
        "en/two.md",
        "focus-areas.yaml",
        "sv/one.md",
        "sv/three/four.md",
    ]


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("title", "", "title: string should have at least 1 character"),
        ("title", "x" * 121, "title: string should have at most 120 characters"),
        ("title", "Två\nrader", "title: "),
        ("summary", "x" * 301, "summary: string should have at most 300 characters"),
        ("summary", "Två\nrader", "summary: string should match"),
        ("slug", "Två ord", "slug: string should match"),
        ("menu", "maybe", "menu: input should be a valid boolean"),
        ("order", "first", "order: input should be a valid integer"),
    ],
)
def test_what_every_page_has(pack: PackFolder, field: str, value: str, message: str) -> None:
    pack.page("one", languages=("sv",), **{field: value})
    problem = only_problem(pack)
    assert (problem.file, problem.line) == ("sv/one.md", pack.line("sv/one.md", f"{field}:"))
    assert problem.message.startswith(message)
