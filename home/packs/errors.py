from dataclasses import dataclass

from django.core.exceptions import ValidationError


@dataclass(frozen=True, order=True)
class Problem:
    """A mistake in a pack. `line` counts from 1; 0 where the whole file is meant."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.message}"


class PackError(Exception):
    """The pack cannot be loaded; nothing has been written."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(map(str, self.problems)))


def explain(error: Exception) -> str:
    """What a model or the database has against a row, in one line."""
    if isinstance(error, ValidationError):
        if hasattr(error, "error_dict"):
            return "; ".join(
                f"{name}: {' '.join(messages)}" if name != "__all__" else " ".join(messages)
                for name, messages in error.message_dict.items()
            )
        return " ".join(error.messages)
    return f"the database refuses it: {str(error).splitlines()[0]}"
