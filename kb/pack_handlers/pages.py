"""From front matter and Markdown to the fields of the knowledge base's pages."""

from home.packs.build import Builder
from home.packs.registry import PageHandler, Values
from kb import models
from kb.models.example import PARTS
from kb.pack_handlers import specs


def _review(build: Builder, spec: specs.ReviewedSpec) -> Values:
    return {"last_reviewed": spec.last_reviewed, "next_review_due": spec.next_review_due}


def _owner(build: Builder, key: str | None) -> Values:
    return {"owner_agency_id": build.row("agency", key, "owner") if key else None}


def _method(build: Builder, spec: specs.MethodSpec) -> Values:
    steps = [
        step.model_dump() | {"what": build.rich_text(step.what, "steps", index, "what")}
        for index, step in enumerate(spec.steps)
    ]
    return {
        "focus_areas": build.focus_areas(spec.focus_areas),
        "level": spec.level.value,
        "time": spec.time,
        "people": spec.people,
        "purpose": build.rich_text(spec.purpose, "purpose"),
        "fits_when": build.rich_text(spec.fits_when, "fits_when"),
        "steps": build.stream("steps", [{"type": "step", "value": step} for step in steps]),
        "origin": build.rich_text(spec.origin, "origin"),
        "sources": build.sources(spec.sources),
        "laws": build.laws(spec.laws),
        "related": build.pages("related", spec.related, "method"),
        "proposal": spec.proposal,
        "body": build.body(),
        **_owner(build, spec.owner),
        **_review(build, spec),
    }


def _guide(build: Builder, spec: specs.GuideSpec) -> Values:
    if spec.replaced_by and not spec.in_force_to:
        build.fail("replaced_by: only an act with in_force_to can be replaced", "replaced_by")
    duties = [
        duty.model_dump() | {"text": build.rich_text(duty.text, "duties", index, "text")}
        for index, duty in enumerate(spec.duties)
    ]
    plain = (
        "act", "sfs", "in_force_from", "in_force_to", "checked_on", "checked_against",
        "official_url",
    )  # fmt: skip
    return {
        "focus_areas": build.focus_areas(spec.focus_areas),
        **{name: getattr(spec, name) for name in plain},
        "replaced_by": build.pages("replaced_by", spec.replaced_by, "guide"),
        "duties": build.stream("duties", [{"type": "duty", "value": duty} for duty in duties]),
        "sources": build.sources(spec.sources),
        "related": build.pages("related", spec.related),
        "body": build.body(),
        **_owner(build, spec.owner),
        **_review(build, spec),
    }


def _example(build: Builder, spec: specs.ExampleSpec) -> Values:
    methods = [
        build.ref(path, "methods", index, type_name="method")
        for index, path in enumerate(spec.methods)
    ]
    return {
        "focus_areas": build.focus_areas(spec.focus_areas),
        "year": spec.year,
        "status": spec.status.value,
        **{name: build.rich_text(getattr(spec, name), name) for name, _label in PARTS},
        "methods_used": [
            {"method_id": method, "sort_order": index} for index, method in enumerate(methods)
        ],
        "laws": build.laws(spec.laws),
        "contact": spec.contact,
        "sources": build.sources(spec.sources),
        "body": build.body(),
        **_review(build, spec),
    }


def _focus(build: Builder, spec: specs.FocusPageSpec) -> Values:
    area = build.row("focus_area", spec.focus_area, "focus_area")
    return {"focus_area_id": area, "body": build.body()}


def _county(build: Builder, spec: specs.CountyPageSpec) -> Values:
    _refuse_body(build)
    return {"county_id": build.row("county", spec.county, "county") if spec.county else None}


def _agency(build: Builder, spec: specs.AgencyPageSpec) -> Values:
    _refuse_body(build)
    return {"agency_id": build.row("agency", spec.agency, "agency")}


def _refuse_body(build: Builder) -> None:
    if build.page.body.strip():
        build.fail("a page of this type has no text below its front matter")


def _index(build: Builder, spec: specs.IndexSpec) -> Values:
    return {"body": build.body()}


HANDLERS = {
    "method": PageHandler(models.MethodPage, specs.MethodSpec, _method),
    "guide": PageHandler(models.LegislationGuidePage, specs.GuideSpec, _guide),
    "example": PageHandler(models.GoodExamplePage, specs.ExampleSpec, _example),
    "focus": PageHandler(models.FocusAreaPage, specs.FocusPageSpec, _focus),
    "county": PageHandler(models.CountyPage, specs.CountyPageSpec, _county),
    "agency": PageHandler(models.AgencyPage, specs.AgencyPageSpec, _agency),
    "method_index": PageHandler(models.MethodIndexPage, specs.IndexSpec, _index),
    "guide_index": PageHandler(models.LegislationIndexPage, specs.IndexSpec, _index),
    "example_index": PageHandler(models.ExampleIndexPage, specs.IndexSpec, _index),
    "county_index": PageHandler(models.CountyIndexPage, specs.IndexSpec, _index),
    "glossary_index": PageHandler(models.GlossaryIndexPage, specs.IndexSpec, _index),
}
