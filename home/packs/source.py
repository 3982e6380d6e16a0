"""YAML with line numbers, and its check against a pydantic model."""

from dataclasses import dataclass
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from home.packs.errors import PackError, Problem

Loc = tuple[str | int, ...]
Spec = TypeVar("Spec", bound=BaseModel)


@dataclass(frozen=True)
class Source:
    """Parsed YAML. `lines` gives the line on which the value at a path of keys begins."""

    file: str
    data: Any
    lines: dict[Loc, int]

    def line(self, *loc: str | int) -> int:
        """The line of the value at `loc`, or of its nearest parent that is in the file."""
        while loc and loc not in self.lines:
            loc = loc[:-1]
        return self.lines.get(loc, 1)

    def problem(self, message: str, *loc: str | int) -> Problem:
        return Problem(self.file, self.line(*loc), message)


def parse_yaml(text: str, file: str, first_line: int = 1) -> Source:
    """Raises PackError for what is no YAML, and for a key that stands twice."""
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        data = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = first_line + mark.line if mark else first_line
        reason = getattr(error, "problem", None) or str(error) or type(error).__name__
        raise PackError([Problem(file, line, f"not valid YAML: {reason}")]) from error
    lines: dict[Loc, int] = {}
    problems: list[Problem] = []
    if node is not None:
        _walk(node, (), first_line, lines, problems, file)
    if problems:
        raise PackError(problems)
    return Source(file=file, data=data, lines=lines)


def _walk(
    node: yaml.Node, loc: Loc, first: int, lines: dict[Loc, int], problems: list[Problem], file: str
) -> None:
    if loc in lines:
        problems.append(
            Problem(file, first + node.start_mark.line, f"the key {loc[-1]!r} stands twice")
        )
        return
    lines[loc] = first + node.start_mark.line
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            _walk(value, (*loc, str(key.value)), first, lines, problems, file)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _walk(value, (*loc, index), first, lines, problems, file)


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
