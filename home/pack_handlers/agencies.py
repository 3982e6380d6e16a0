"""agencies.yaml: counties, agencies, and what became of them."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field
from wagtail.models import Locale

from agencies.models import Agency, AgencyDomain, AgencyKind, County, Succession, SuccessionKind
from agencies.models import SuccessionLink as Link
from home.pack_handlers.rows import save_row
from home.packs.registry import RegisterHandler, RegisterSource, Row, Values
from home.packs.spec import Date, Key, Strict, not_before

_Name = Annotated[str, Field(min_length=1, max_length=200)]


class CountySpec(Strict):
    key: Key
    code: Annotated[str, Field(pattern=r"^\d{2}$")]
    name: _Name
    name_en: _Name


class AgencySpec(Strict):
    key: Key
    name: _Name
    name_en: _Name
    kind: AgencyKind
    county: Key | None = None
    domains: list[Annotated[str, Field(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$")]] = []
    employees: Annotated[int, Field(ge=0)] | None = None
    managers: Annotated[int, Field(ge=0)] | None = None
    active_from: Date | None = None
    active_to: Annotated[Date | None, not_before("active_from")] = None


class SuccessionSpec(Strict):
    date: Date
    kind: SuccessionKind
    predecessors: Annotated[list[Key], Field(alias="from", min_length=1)]
    successors: Annotated[list[Key], Field(alias="to")] = []
    note: str = ""
    note_en: str = ""


class RegisterSpec(Strict):
    counties: list[CountySpec]
    agencies: list[AgencySpec]
    successions: list[SuccessionSpec] = []


def find_agency(key: str, locale: Locale | None = None) -> Agency | None:
    return Agency.objects.filter(key=key).first()


def find_county(key: str, locale: Locale | None = None) -> County | None:
    return County.objects.filter(key=key).first()


# -- counties --------------------------------------------------------------------------------


def _county_rows(given: RegisterSource) -> Iterator[Row]:
    for index, county in enumerate(given.spec.counties):
        yield Row(f"agencies/county/{county.key}", county.model_dump(), ("counties", index))


def _current_county(values: Values) -> Values | None:
    found = County.objects.filter(key=values["key"]).values("key", "code", "name", "name_en")
    return dict(found[0]) if found else None


def _write_county(values: Values) -> None:
    save_row(find_county(values["key"]) or County(), values)


# -- agencies --------------------------------------------------------------------------------


def _agency_rows(given: RegisterSource) -> Iterator[Row]:
    for index, agency in enumerate(given.spec.agencies):
        values = agency.model_dump(mode="json") | {"domains": sorted(agency.domains)}
        if agency.county:
            values["county"] = given.row("county", agency.county, "agencies", index, "county")
        yield Row(f"agencies/agency/{agency.key}", values, ("agencies", index))


def _current_agency(values: Values) -> Values | None:
    agency = find_agency(values["key"])
    if agency is None:
        return None
    return {
        "key": agency.key,
        "name": agency.name,
        "name_en": agency.name_en,
        "kind": agency.kind,
        "county": agency.county_id,
        "domains": sorted(domain.domain for domain in agency.domains.all()),
        "employees": agency.employees,
        "managers": agency.managers,
        "active_from": agency.active_from and agency.active_from.isoformat(),
        "active_to": agency.active_to and agency.active_to.isoformat(),
    }


def _write_agency(values: Values) -> None:
    fields = {name: value for name, value in values.items() if name not in ("county", "domains")}
    agency = find_agency(values["key"]) or Agency()
    save_row(agency, fields | {"county_id": values["county"]})
    AgencyDomain.objects.filter(agency=agency).exclude(domain__in=values["domains"]).delete()
    for domain in set(values["domains"]) - {known.domain for known in agency.domains.all()}:
        save_row(AgencyDomain(), {"agency": agency, "domain": domain})


# -- successions -----------------------------------------------------------------------------


def _succession_rows(given: RegisterSource) -> Iterator[Row]:
    for index, entry in enumerate(given.spec.successions):
        place = ("successions", index)
        values = {
            "date": entry.date.isoformat(),
            "kind": entry.kind.value,
            "note": entry.note,
            "note_en": entry.note_en,
            "from": [given.row("agency", key, *place, "from") for key in entry.predecessors],
            "to": [given.row("agency", key, *place, "to") for key in entry.successors],
        }
        yield Row(f"agencies/succession/{entry.date}/{entry.predecessors[0]}", values, place)


def _find_succession(values: Values) -> Succession | None:
    """A succession is known by its day and its first predecessor."""
    return Succession.objects.filter(
        date=values["date"], links__predecessor_id=values["from"][0]
    ).first()


def _current_succession(values: Values) -> Values | None:
    succession = _find_succession(values)
    if succession is None:
        return None
    links = list(Link.objects.filter(succession=succession).order_by("pk"))
    return {
        "date": succession.date.isoformat(),
        "kind": succession.kind,
        "note": succession.note,
        "note_en": succession.note_en,
        "from": list(dict.fromkeys(link.predecessor_id for link in links)),
        "to": list(dict.fromkeys(link.successor_id for link in links if link.successor_id)),
    }


def _write_succession(values: Values) -> None:
    fields = {name: values[name] for name in ("date", "kind", "note", "note_en")}
    succession = _find_succession(values) or Succession()
    save_row(succession, fields)
    Link.objects.filter(succession=succession).delete()
    for predecessor in values["from"]:
        for successor in values["to"] or [None]:
            ends = {"predecessor_id": predecessor, "successor_id": successor}
            save_row(Link(), {"succession": succession, **ends})


COUNTIES = RegisterHandler(RegisterSpec, _county_rows, _current_county, _write_county)
AGENCIES = RegisterHandler(RegisterSpec, _agency_rows, _current_agency, _write_agency)
SUCCESSIONS = RegisterHandler(
    RegisterSpec, _succession_rows, _current_succession, _write_succession
)
