"""A pack's files, read and checked for shape; no database here."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from home.packs.errors import PackError, Problem
from home.packs.source import Source, check, parse_yaml
from home.packs.spec import PATH, PackSpec, PageSpec

_FRONT_MATTER = re.compile(r"---\n(.*?\n)---\n(.*)", re.S)


@dataclass(frozen=True)
class PageFile:
    """One page in one language. `path` is empty for the home page."""

    language: str
    path: str
    source: Source
    spec: PageSpec
    body: str
    body_line: int

    @property
    def parent_path(self) -> str | None:
        """None for the home page, which has no parent in the pack."""
        return None if not self.path else self.path.rpartition("/")[0]

    @property
    def slug(self) -> str:
        return self.spec.slug or self.path.rpartition("/")[2] or self.language

    @property
    def key(self) -> str:
        return f"{self.language}/{self.path}"


@dataclass(frozen=True)
class Pack:
    """`pages` are in the order in which to write them: parents first, siblings in their order."""

    spec: PackSpec
    source: Source
    pages: list[PageFile]
    sources: dict[str, Source]


def read_pack(folder: Path, page_specs: Mapping[str, type[PageSpec]]) -> Pack:
    """Raises PackError with everything that is wrong with the files."""
    if not (folder / "pack.yaml").is_file():
        raise PackError([Problem(str(folder), 0, "there is no pack.yaml here")])
    source = parse_yaml(_text(folder / "pack.yaml", "pack.yaml"), "pack.yaml")
    pack = check(source, PackSpec)
    problems: list[Problem] = []
    pages: list[PageFile] = []
    sources: dict[str, Source] = {}
    for file in sorted(folder.glob("*.yaml")):
        if file.name != "pack.yaml":
            with Collect(problems):
                sources[file.name] = parse_yaml(_text(file, file.name), file.name)
    for language in pack.languages:
        for file in sorted((folder / language).rglob("*.md")):
            with Collect(problems):
                pages.append(_read_page(file, folder, language, page_specs))
    problems += _unknown(folder, pack.languages) + _misplaced(pages)
    if problems:
        raise PackError(problems)
    in_order = sorted(pages, key=_writing_order(pages))
    return Pack(spec=pack, source=source, pages=in_order, sources=sources)


class Collect:
    """Adds the problems of a PackError to a list and goes on."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type | None, error: BaseException | None, trace: object) -> bool:
        if isinstance(error, PackError):
            self.problems.extend(error.problems)
            return True
        return False


def _text(file: Path, name: str) -> str:
    content = file.read_bytes()
    try:
        return content.decode("utf-8").replace("\r\n", "\n").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise PackError([Problem(name, line, f"not UTF-8: {error.reason}")]) from error


def _read_page(
    file: Path, folder: Path, language: str, page_specs: Mapping[str, type[PageSpec]]
) -> PageFile:
    name = file.relative_to(folder).as_posix()
    parts = _FRONT_MATTER.fullmatch(_text(file, name) + "\n")
    if not parts:
        raise PackError(
            [Problem(name, 1, "the file must begin with front matter between --- lines")]
        )
    path = name.removeprefix(f"{language}/").removesuffix(".md")
    path = "" if path == "index" else path.removesuffix("/index")
    if path and not re.fullmatch(PATH, path):
        raise PackError([Problem(name, 0, "a path is made of a–z, 0–9 and hyphens")])
    source = parse_yaml(parts[1], name, first_line=2)
    kind = source.data.get("type") if isinstance(source.data, dict) else None
    if not isinstance(kind, str) or kind not in page_specs:
        known = ", ".join(sorted(page_specs))
        raise PackError([source.problem(f"type: must be one of {known}", "type")])
    return PageFile(
        language=language,
        path=path,
        source=source,
        spec=check(source, page_specs[kind]),
        body=parts[2],
        body_line=3 + parts[1].count("\n"),
    )


def _unknown(folder: Path, languages: list[str]) -> list[Problem]:
    """Folders of no language of the pack, and YAML with another ending."""
    return [
        Problem(entry.name, 0, "neither a .yaml file nor a folder of a language in pack.yaml")
        for entry in sorted(folder.iterdir())
        if (entry.is_dir() and not entry.name.startswith(".") and entry.name not in languages)
        or entry.suffix == ".yml"
    ]


def _misplaced(pages: list[PageFile]) -> list[Problem]:
    """Pages that stand twice, lack a parent, share an address or differ in type by language."""
    problems = []
    known: dict[tuple[str, str], PageFile] = {}
    addresses: dict[tuple[str, str | None, str], PageFile] = {}
    types: dict[str, PageFile] = {}
    for page in pages:
        place = (page.language, page.path)
        # The home pages of all languages lie side by side.
        beside = page.language if page.path else ""
        address = (beside, page.parent_path, page.slug)
        if place in known:
            problems.append(page.source.problem(f"the same page as {known[place].source.file}"))
        elif address in addresses:
            other = addresses[address].source.file
            problems.append(page.source.problem(f"slug: {page.slug!r} is taken by {other}", "slug"))
        known[place] = addresses[address] = page
        first = types.setdefault(page.path, page)
        if first.spec.type != page.spec.type:
            expected = f"type: {first.spec.type!r} as in {first.source.file}"
            problems.append(page.source.problem(expected, "type"))
    for page in pages:
        if page.parent_path is not None and (page.language, page.parent_path) not in known:
            problems.append(
                page.source.problem(f"its parent {page.parent_path!r} is not in the pack")
            )
    return problems


def _writing_order(pages: list[PageFile]):  # type: ignore[no-untyped-def]
    """Parents before children; siblings by `order`, then by title."""
    own = {
        page.key: (page.spec.order is None, page.spec.order or 0, page.spec.title.casefold())
        for page in pages
    }
    languages = {page.language: index for index, page in enumerate(pages)}

    def position(page: PageFile) -> tuple[object, ...]:
        parts = page.path.split("/") if page.path else []
        line = ["/".join(parts[: end + 1]) for end in range(len(parts))]
        return (
            languages[page.language],
            len(parts),
            [own[f"{page.language}/{path}"] for path in line],
        )

    return position
