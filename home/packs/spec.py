"""The shapes that every pack shares; page types and registers add their own."""

import datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo

PATH = r"[a-z0-9-]+(/[a-z0-9-]+)*"
Key = Annotated[str, Field(pattern=r"^[a-z0-9-]+$", max_length=80)]
Path = Annotated[str, Field(pattern=rf"^{PATH}$", max_length=200)]
Text = Annotated[str, Field(min_length=1)]
Line = Annotated[str, Field(min_length=1, max_length=300, pattern=r"^[^\n]*$")]
Language = Annotated[str, Field(pattern=r"^[a-z]{2}(-[a-z]+)?$")]
# Dates are written as 2026-11-23; YAML itself makes dates of them, and a number is none.
Date = Annotated[datetime.date, Field(strict=True)]
Url = Annotated[str, Field(pattern=r"^https?://\S+$", max_length=200)]


def _once_each(items: list[str]) -> list[str]:
    if len(set(items)) < len(items):
        raise ValueError("each must stand only once")
    return items


class Strict(BaseModel):
    """Refuses keys that it does not know."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, frozen=True)


class PackSpec(Strict):
    """pack.yaml. The first language is the one that the others are translated from."""

    key: Key
    languages: Annotated[list[Language], Field(min_length=1), AfterValidator(_once_each)]


class PageSpec(Strict):
    type: Key | Annotated[str, Field(pattern=r"^[a-z_]+$")]
    title: Annotated[str, Field(min_length=1, max_length=120, pattern=r"^[^\n]*$")]
    slug: Key | None = None
    summary: Line
    menu: bool = False
    order: int | None = None


class SourceSpec(Strict):
    text: Line
    url: Url | None = None


class LawSpec(Strict):
    page: Path
    citation: Annotated[str, Field(min_length=1, max_length=100)]


def not_before(earlier: str) -> AfterValidator:
    """Refuses a date before the one of the field `earlier`, which must stand above it."""

    def check(value: datetime.date, info: ValidationInfo) -> datetime.date:
        other = info.data.get(earlier)
        if value and other and value < other:
            raise ValueError(f"must not be before {earlier}")
        return value

    return AfterValidator(check)


class ReviewedSpec(Strict):
    last_reviewed: Date | None = None
    next_review_due: Annotated[Date | None, not_before("last_reviewed")] = None
