"""Counties, agencies, focus areas and terms come from YAML, and an editor's changes are kept."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest

from agencies.models import Agency, AgencyDomain, County, Succession, SuccessionLink
from home.models import FocusArea
from home.packs.report import Outcome
from kb.models import GlossaryTerm
from tests.home.packs.conftest import PackFolder

pytestmark = pytest.mark.django_db

Rows = Callable[[], dict[str, list[Any]]]
DAY = datetime.date(2020, 1, 2)
COUNTY = {"key": "test-county", "code": "99", "name": "Län", "name_en": "County"}


def agency(number: int = 1, **change: Any) -> dict[str, Any]:
    names = {"name": f"Myndighet {number}", "name_en": f"Agency {number}"}
    return {"key": f"test-{number}", "kind": "other", "county": "test-county"} | names | change


def register(*agencies: dict[str, Any], **change: Any) -> dict[str, Any]:
    return {"counties": [COUNTY], "agencies": list(agencies)} | change


def succession(before: str, after: str, kind: str = "renamed") -> dict[str, Any]:
    return {"date": DAY, "kind": kind, "from": [before], "to": [after]}


def focus(**change: Any) -> dict[str, Any]:
    return {
        "key": "test-focus", "order": 9, "tone": "moss", "pattern": "dots",
        "sv": {"name": "Fokus", "aim": "Mål."}, "en": {"name": "Focus", "aim": "Aim."},
    } | change  # fmt: skip


def term(**change: Any) -> dict[str, Any]:
    return {
        "key": "test-term",
        "sv": {"term": "provord", "slug": "provord", "forms": ["provorden"], "definition": "Ett.",
               "source": "Källa", "page": "one"},
        "en": {"term": "test word", "slug": "test-word", "definition": "A.", "page": "one"},
    } | change  # fmt: skip


@pytest.fixture
def full(pack: PackFolder) -> PackFolder:
    """A pack with a row of each kind."""
    merged = {"date": DAY, "kind": "merged", "from": ["test-1", "test-2"], "to": ["test-3"],
              "note": "Ihop."}  # fmt: skip
    closed = {"date": DAY.replace(year=2021), "kind": "closed", "from": ["test-3"], "to": []}
    first = agency(domains=["b.example", "a.example"], active_from=DAY)
    pack.yaml(
        "agencies.yaml",
        register(first, agency(2), agency(3, county=None), successions=[merged, closed]),
    )
    pack.yaml("focus-areas.yaml", [focus()])
    pack.yaml("glossary.yaml", [term()])
    return pack


def test_every_register_is_written_once(full: PackFolder, written: Callable[[], list[str]]) -> None:
    report = full.load()
    assert set(report.outcomes.values()) == {Outcome.CREATED}
    statements = len(written())
    again = full.load()
    assert again.outcomes.keys() == report.outcomes.keys()
    assert set(again.outcomes.values()) == {Outcome.UNCHANGED}
    assert written()[statements:] == []


def test_the_rows_are_those_of_the_files(full: PackFolder) -> None:
    full.load()
    first = Agency.objects.get(key="test-1")
    assert (first.county, first.active_from) == (County.objects.get(code="99"), DAY)
    assert [domain.domain for domain in first.domains.all()] == ["a.example", "b.example"]
    assert Agency.objects.get(key="test-3").county is None
    links = SuccessionLink.objects.filter(predecessor__key__startswith="test-")
    assert set(links.values_list("predecessor__key", "successor__key", "succession__kind")) == {
        ("test-1", "test-3", "merged"),
        ("test-2", "test-3", "merged"),
        ("test-3", None, "closed"),
    }
    areas = FocusArea.objects.filter(key="test-focus")
    assert {area.locale.language_code: area.name for area in areas} == {"sv": "Fokus",
                                                                        "en": "Focus"}  # fmt: skip
    assert len({area.translation_key for area in areas}) == 1


def test_a_term_leads_to_the_page_in_its_own_language(full: PackFolder) -> None:
    full.load()
    terms = GlossaryTerm.objects.filter(slug__in=["provord", "test-word"])
    assert {row.locale.language_code: row.page_id for row in terms} == {
        language: full.on_site("one", language).pk for language in ("sv", "en")
    }
    assert len({row.translation_key for row in terms}) == 1


def test_what_the_pack_changes_is_followed(full: PackFolder) -> None:
    full.load()
    full.yaml("glossary.yaml", [term(sv=term()["sv"] | {"definition": "Två."})])
    full.yaml("focus-areas.yaml", [focus(tone="plum")])
    report = full.load()
    assert set(report.keys(Outcome.UPDATED)) == {
        "glossary/test-term/sv",
        "focus-areas/test-focus/sv",
        "focus-areas/test-focus/en",
    }
    assert GlossaryTerm.objects.get(slug="provord").definition == "Två."
    assert set(FocusArea.objects.filter(key="test-focus").values_list("tone", flat=True)) == {
        "plum"
    }


def test_domains_and_successors_that_the_pack_takes_back_are_gone(full: PackFolder) -> None:
    full.load()
    only_first = {"date": DAY, "kind": "merged", "from": ["test-1"], "to": ["test-3"]}
    full.yaml(
        "agencies.yaml",
        register(agency(domains=["c.example"]), agency(2), agency(3), successions=[only_first]),
    )
    full.load()
    assert list(AgencyDomain.objects.filter(agency__key="test-1").values_list("domain")) == [
        ("c.example",)
    ]
    merger = Succession.objects.get(date=DAY, links__predecessor__key="test-1")
    assert list(merger.links.values_list("predecessor__key")) == [("test-1",)]


@pytest.mark.parametrize("pack_changes", [False, True])
def test_a_row_that_an_editor_has_changed_is_left_alone_and_reported(
    full: PackFolder, pack_changes: bool
) -> None:
    full.load()
    Agency.objects.filter(key="test-2").update(name="Redaktörens")
    Succession.objects.filter(links__predecessor__key="test-1").update(note="Redaktörens.")
    FocusArea.objects.filter(key="test-focus", locale__language_code="sv").update(name="Eget")
    GlossaryTerm.objects.filter(slug="test-word").update(definition="Own.")
    if pack_changes:
        file = full.path / "agencies.yaml"
        full.write(file.name, file.read_text().replace("Myndighet 2", "M2").replace("Ihop", "I"))
        full.yaml("focus-areas.yaml", [focus(order=8)])
        full.yaml("glossary.yaml", [term(en=term()["en"] | {"definition": "New."})])
    report = full.load()
    edited = set(report.keys(Outcome.EDITED))
    assert {key.rpartition("/")[0] if "succession" in key else key for key in edited} == {
        "agencies/agency/test-2",
        f"agencies/succession/{DAY}",
        "focus-areas/test-focus/sv",
        "glossary/test-term/en",
    }
    assert Agency.objects.get(key="test-2").name == "Redaktörens"
    assert Succession.objects.get(links__predecessor__key="test-2").note == "Redaktörens."
    assert GlossaryTerm.objects.get(slug="test-word").definition == "Own."


def test_a_row_that_was_there_before_the_pack_is_left_alone(full: PackFolder) -> None:
    Agency.objects.create(key="test-1", name="Egen", kind="company")
    assert full.load().outcomes["agencies/agency/test-1"] is Outcome.EDITED
    assert Agency.objects.get(key="test-1").name == "Egen"


def test_a_row_that_an_editor_has_deleted_stays_away(full: PackFolder) -> None:
    full.load()
    GlossaryTerm.objects.filter(slug="test-word").delete()
    assert full.load().outcomes["glossary/test-term/en"] is Outcome.DELETED
    assert not GlossaryTerm.objects.filter(slug="test-word").exists()


def test_a_row_that_is_gone_from_the_pack_stays(full: PackFolder, rows: Rows) -> None:
    full.load()
    full.yaml("focus-areas.yaml", [])
    full.remove("glossary.yaml")
    before = rows()
    assert set(full.load().keys(Outcome.GONE)) == {
        "focus-areas/test-focus/sv", "focus-areas/test-focus/en",
        "glossary/test-term/sv", "glossary/test-term/en",
    }  # fmt: skip
    assert rows() == before


# -- mistakes --------------------------------------------------------------------------------


def case(name: str, file: str, data: object, at: str) -> Any:
    """A mistake in the row of `file` in which `at` stands."""
    return pytest.param(file, data, at, id=name)


AGENCIES, FOCUS, GLOSSARY = "agencies.yaml", "focus-areas.yaml", "glossary.yaml"
SWEDISH = term()["sv"]
EARLIER = DAY.replace(year=2019)


@pytest.mark.parametrize(
    ("file", "data", "at"),
    [
        case("county unknown", AGENCIES, register(agency(county="nowhere")), "nowhere"),
        case("county code twice", AGENCIES,
             register(counties=[COUNTY, COUNTY | {"key": "second"}]), "second"),
        case("county key too long", AGENCIES,
             register(counties=[COUNTY | {"key": "x" * 61}]), "xxx"),
        case("agency twice", AGENCIES, register(agency(), agency(name="Igen")), "Igen"),
        case("domain in capitals", AGENCIES, register(agency(domains=["A.example"])), "A.exa"),
        case("domain of two agencies", AGENCIES,
             register(agency(domains=["a.example"]), agency(2, domains=["a.example"])), "test-2"),
        case("end before start", AGENCIES,
             register(agency(active_from=DAY, active_to=EARLIER)), "test-1"),
        case("successor unknown", AGENCIES,
             register(agency(), successions=[succession("test-1", "nowhere")]), "nowhere"),
        case("succession to oneself", AGENCIES,
             register(agency(), successions=[succession("test-1", "test-1")]), "renamed"),
        case("cycle of successions", AGENCIES,
             register(agency(), agency(2), successions=[succession("test-1", "test-2", "merged"),
                                                        succession("test-2", "test-1")]),
             "renamed"),
        case("succession twice", AGENCIES,
             register(agency(), agency(2), agency(3),
                      successions=[succession("test-1", "test-2", "merged"),
                                   succession("test-1", "test-3")]),
             "renamed"),
        case("focus area twice", FOCUS, [focus(), focus(order=10)], "order: 10"),
        case("focus key too long", FOCUS, [focus(key="x" * 61)], "xxx"),
        case("order below zero", FOCUS, [focus(order=-1)], "order: -1"),
        case("order too high", FOCUS, [focus(order=40_000)], "order: 40000"),
        case("tone unknown", FOCUS, [focus(tone="blue")], "tone: blue"),
        case("language unknown", FOCUS, [focus(fi={"name": "A", "aim": "B"})], "fi:"),
        case("language missing", FOCUS, [{k: v for k, v in focus().items() if k != "en"}],
             "key: test-focus"),
        case("page unknown", GLOSSARY, [term(sv=SWEDISH | {"page": "nowhere"})], "nowhere"),
        case("slug twice", GLOSSARY, [term(), term(key="second")], "second"),
        case("term twice", GLOSSARY, [term(), term(sv=SWEDISH | {"slug": "annat"})], "annat"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line_and_changes_nothing(
    pack: PackFolder, rows: Rows, file: str, data: object, at: str
) -> None:
    before = rows()
    pack.yaml(file, data)
    problems = pack.problems()
    assert {problem.file for problem in problems} == {file}
    assert all(problem.line in pack.lines_of_row(file, at) for problem in problems)
    assert rows() == before
