"""The front matter of the knowledge base's page types."""

from typing import Annotated, Literal

from pydantic import Field

from home.packs.spec import (
    Date,
    Key,
    LawSpec,
    PageSpec,
    Path,
    ReviewedSpec,
    SourceSpec,
    Strict,
    Text,
    Url,
    not_before,
)
from kb.models import ExampleStatus, Level

FocusKeys = Annotated[list[Key], Field(min_length=1)]
Short = Annotated[str, Field(min_length=1, max_length=60)]


class StepSpec(Strict):
    title: Annotated[str, Field(min_length=1, max_length=120)]
    what: Text
    who: Annotated[str, Field(min_length=1, max_length=120)]
    how_long: Annotated[str, Field(min_length=1, max_length=80)]
    tools: Annotated[str, Field(max_length=200)] = ""


class MethodSpec(PageSpec, ReviewedSpec):
    type: Literal["method"]
    focus_areas: FocusKeys
    level: Level
    time: Short
    people: Short
    purpose: Text
    fits_when: Text
    steps: Annotated[list[StepSpec], Field(min_length=1)]
    origin: Text
    sources: list[SourceSpec] = []
    laws: list[LawSpec] = []
    related: list[Path] = []
    proposal: bool = False
    owner: Key | None = None


class DutySpec(Strict):
    text: Text
    citation: Annotated[str, Field(min_length=1, max_length=100)]


class GuideSpec(PageSpec, ReviewedSpec):
    type: Literal["guide"]
    focus_areas: FocusKeys
    act: Annotated[str, Field(min_length=1, max_length=200)]
    sfs: Annotated[str, Field(pattern=r"^\d{4}:\d{1,4}$")]
    in_force_from: Date | None = None
    in_force_to: Annotated[Date | None, not_before("in_force_from")] = None
    replaced_by: list[Path] = []
    duties: list[DutySpec] = []
    checked_on: Date
    checked_against: Annotated[str, Field(min_length=1, max_length=200)]
    official_url: Url
    related: list[Path] = []
    sources: list[SourceSpec] = []
    owner: Key | None = None


class ExampleSpec(PageSpec, ReviewedSpec):
    type: Literal["example"]
    focus_areas: FocusKeys
    year: Annotated[int, Field(ge=1970, le=2200)]
    status: ExampleStatus = ExampleStatus.REVIEWED
    situation: Text
    laws: list[LawSpec] = []
    goal: Text | None = None
    methods: list[Path] = []
    done: Text
    result: Text | None = None
    follow_up: Text | None = None
    helped: Text | None = None
    hindered: Text | None = None
    time_and_cost: Text | None = None
    transferable: Text | None = None
    contact: Annotated[str, Field(max_length=200)] = ""
    sources: Annotated[list[SourceSpec], Field(min_length=1)]


class FocusPageSpec(PageSpec):
    type: Literal["focus"]
    focus_area: Key


class CountyPageSpec(PageSpec):
    type: Literal["county"]
    county: Key | None


class AgencyPageSpec(PageSpec):
    type: Literal["agency"]
    agency: Key


class IndexSpec(PageSpec):
    type: Literal["method_index", "guide_index", "example_index", "county_index", "glossary_index"]
