"""YAML with line numbers, and its check against a pydantic model."""

from dataclasses import dataclass
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from home.packs.errors import PackError, Problem

Loc = tuple[str | int, ...]
Spec = TypeVar("Spec", bound=BaseModel)


# What PyYAML raises for a value that is not what its tag says.
_NOT_MADE = (yaml.YAMLError, ValueError, LookupError, TypeError, AttributeError)


@dataclass(frozen=True)
class Source:
    """Parsed YAML.

    `lines` gives the line on which the value at a path of keys begins, `text_lines` the line of
    its text, which for texts written with | is the next.
    """

    file: str
    data: Any
    lines: dict[Loc, int]
    text_lines: dict[Loc, int]

    def line(self, *loc: str | int) -> int:
        """The line of the value at `loc`, or of its nearest parent that is in the file."""
        while loc and loc not in self.lines:
            loc = loc[:-1]
        return self.lines.get(loc, 1)

    def text_line(self, *loc: str | int) -> int:
        return self.text_lines.get(loc) or self.line(*loc)

    def problem(self, message: str, *loc: str | int) -> Problem:
        return Problem(self.file, self.line(*loc), message)


def parse_yaml(text: str, file: str, first_line: int = 1) -> Source:
    """Raises PackError for what is no YAML, and for a key that stands twice."""
    try:
        loader = yaml.SafeLoader(text)
        node = loader.get_single_node()
    except (yaml.YAMLError, RecursionError) as error:
        reason = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
        line = first_line + _line_of(error, text)
        raise PackError([Problem(file, line, f"not valid YAML: {reason}")]) from error
    reader = _Reader(loader, file, first_line)
    if node is not None:
        reader.read(node, (), ())
    if reader.problems:
        raise PackError(reader.problems)
    try:
        data = loader.construct_document(node) if node is not None else None
    except _NOT_MADE as error:
        line = first_line + _line_of(error, text)
        reason = getattr(error, "problem", None) or str(error)
        raise PackError([Problem(file, line, f"not valid YAML: {reason}")]) from error
    return Source(file=file, data=data, lines=reader.lines, text_lines=reader.text_lines)


def _line_of(error: Exception, text: str) -> int:
    """How many lines of `text` are above the fault."""
    if isinstance(error, yaml.reader.ReaderError):
        return text.count("\n", 0, error.position)
    mark = getattr(error, "problem_mark", None)
    return mark.line if mark else 0


class _Reader:
    """Walks over all values and notes their lines and what is wrong with them."""

    def __init__(self, loader: yaml.SafeLoader, file: str, first_line: int) -> None:
        self.lines: dict[Loc, int] = {}
        self.text_lines: dict[Loc, int] = {}
        self.problems: list[Problem] = []
        self._loader = loader
        self._file = file
        self._first_line = first_line

    def read(self, node: yaml.Node, loc: Loc, around: tuple[int, ...]) -> None:
        """`around` are the ids of the nodes that hold this one."""
        line = self._first_line + node.start_mark.line
        if loc in self.lines:
            self._fail(line, f"the key {loc[-1]!r} stands twice")
        elif id(node) in around:
            self._fail(line, "not valid YAML: a value cannot hold itself")
        else:
            self.lines[loc] = line
            self._read_inside(node, loc, line, (*around, id(node)))

    def _read_inside(self, node: yaml.Node, loc: Loc, line: int, around: tuple[int, ...]) -> None:
        if isinstance(node, yaml.MappingNode):
            self._loader.flatten_mapping(node)
            for key, value in node.value:
                name = str(key.value) if isinstance(key, yaml.ScalarNode) else repr(key.tag)
                if self._construct(key, line):
                    self.read(value, (*loc, name), around)
        elif isinstance(node, yaml.SequenceNode):
            for index, value in enumerate(node.value):
                self.read(value, (*loc, index), around)
        elif self._construct(node, line) and isinstance(node, yaml.ScalarNode):
            self.text_lines[loc] = line + (node.style in ("|", ">"))

    def _construct(self, node: yaml.Node, line: int) -> bool:
        """Whether the value is what its tag says: a date that exists, a key that can be one."""
        if not isinstance(node, yaml.ScalarNode):
            self._fail(line, "not valid YAML: a key must be a word")
            return False
        try:
            self._loader.construct_object(node)
        except _NOT_MADE as error:
            reason = getattr(error, "problem", None) or str(error)
            self._fail(line, f"not valid YAML: {reason}")
            return False
        return True

    def _fail(self, line: int, message: str) -> None:
        self.problems.append(Problem(self._file, line, message))


def check(source: Source, spec: type[Spec]) -> Spec:
    """The data as `spec`. Raises PackError with a line for each value that does not fit."""
    try:
        return spec.model_validate(source.data)
    except ValidationError as error:
        raise PackError(
            [
                source.problem(
                    _explain(detail["loc"], detail["type"], detail["msg"]), *detail["loc"]
                )
                for detail in error.errors(include_url=False)
            ]
        ) from error


def _explain(loc: Loc, kind: str, message: str) -> str:
    name = ".".join(str(part) for part in loc) or "the file"
    if kind == "extra_forbidden":
        return f"{name}: this key is not known here"
    if kind == "missing":
        return f"{name}: this key must be there"
    return f"{name}: {message[:1].lower()}{message[1:]}"
