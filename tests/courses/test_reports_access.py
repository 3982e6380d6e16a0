"""What each of the cast sees of figures, on every surface: pages, CSV and XLSX."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook

from agencies.models import Agency, AgencyKind, County, Role, User
from courses.models import Attitude, Unit
from tests.factories.learning import (
    AgencyFactory,
    UnitFactory,
    UnitVersionFactory,
    completed,
    moment,
    person,
)
from tests.walk import parse, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_swedish() -> Iterator[None]:
    """Addresses are in the language that is active, and a request leaves its own behind."""
    with translation.override("sv"):
        yield


OVERVIEW = ("reports", "reports_csv", "reports_xlsx", "reports_everything")
# Figures that nothing else on a page or in a file can be taken for.
LARGE, SMALL, FAR = 23, 3, 17
WORDS = "Jag heter Xyzzy och jag vill ha mer."


@dataclass(frozen=True)
class Stage:
    """In the county a large and a small agency beside its board, and one in another county."""

    course: Unit
    board: Agency
    large: Agency
    small: Agency
    far: Agency

    def code(self) -> str:
        return self.course.key.hex[:12]


@pytest.fixture
def stage() -> Stage:
    here, there = County.objects.all()[:2]
    found = Stage(
        UnitFactory(titles={"sv": "Kursen Xyzzy", "en": "The Xyzzy course"}),
        AgencyFactory(name="Länsstyrelsen Xyzzy", kind=AgencyKind.COUNTY_BOARD, county=here),
        AgencyFactory(name="Stora Xyzzy", county=here),
        AgencyFactory(name="Lilla Xyzzy", county=here),
        AgencyFactory(name="Fjärran Xyzzy", county=there),
    )
    at = moment(2025)
    completed(found.course, found.large, at, LARGE, scores=(5, 4, 3), words=WORDS)
    completed(found.course, found.small, at, SMALL)
    completed(found.course, found.far, at, FAR)
    return found


def client_of(user: User | None) -> Client:
    client = Client()
    if user:
        client.force_login(user)
    return client


def cast(stage: Stage, name: str) -> Client:
    roles: dict[str, list[tuple[Role, Agency]]] = {
        "learner": [(Role.LEARNER, stage.large)],
        "colleague": [(Role.CONTACT_PERSON, stage.far)],
        "contact person": [(Role.CONTACT_PERSON, stage.large), (Role.LEARNER, stage.large)],
        "trainer": [(Role.TRAINER, stage.small)],
        "co-ordinator": [(Role.COUNTY_COORDINATOR, stage.board)],
        "both": [(Role.COUNTY_COORDINATOR, stage.board), (Role.CONTACT_PERSON, stage.small)],
        "editor": [(Role.EDITOR, stage.board)],
        "administrator": [(Role.ADMINISTRATOR, stage.board)],
    }
    return client_of(person(*roles[name]) if name in roles else None)


def rows_on(response: HttpResponse) -> dict[str, str]:
    """The completed people of each row, by its label."""
    found = {}
    for row in parse(response).xpath("//tbody/tr"):
        cells = row.xpath("th|td")
        found[words_of(cells[0])] = words_of(cells[2])
    return found


def rows_in_csv(response: Any) -> dict[str, str]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text), delimiter=";"))
    return {line[0]: line[2] for line in lines[1:-1] if line[0] not in ("Tillsammans", "Together")}


def rows_in_xlsx(response: Any) -> dict[str, str]:
    sheet = load_workbook(io.BytesIO(response.content)).active
    lines = [line for line in sheet.iter_rows(min_row=2, values_only=True) if line[2] is not None]
    return {line[0]: str(line[2]) for line in lines if line[0] != "Tillsammans"}


TOGETHER = "Myndigheter med färre än fem, tillsammans"
SEEN = {
    "colleague": {"Fjärran Xyzzy": str(FAR)},
    "contact person": {"Stora Xyzzy": str(LARGE)},
    "trainer": {"Lilla Xyzzy": str(SMALL)},
    "co-ordinator": {"Stora Xyzzy": str(LARGE)},
    "both": {"Stora Xyzzy": str(LARGE)},
    "editor": {"Stora Xyzzy": str(LARGE), "Fjärran Xyzzy": str(FAR)},
    "administrator": {
        "Stora Xyzzy": str(LARGE),
        "Lilla Xyzzy": str(SMALL),
        "Fjärran Xyzzy": str(FAR),
    },
}


@pytest.mark.parametrize("name", SEEN)
def test_each_sees_the_same_rows_on_every_surface(stage: Stage, name: str) -> None:
    client = cast(stage, name)
    question = {"unit": stage.code()}
    assert rows_on(client.get(sv("reports"), question)) == SEEN[name]
    assert rows_in_csv(client.get(sv("reports_csv"), question)) == SEEN[name]
    assert rows_in_xlsx(client.get(sv("reports_xlsx"), question)) == SEEN[name]


def test_small_agencies_are_one_row_where_they_are_five_together(stage: Stage) -> None:
    completed(stage.course, stage.board, moment(2025), 4)
    wanted = {**SEEN["editor"], TOGETHER: str(SMALL + 4)}
    client = cast(stage, "editor")
    assert rows_on(client.get(sv("reports"), {"unit": stage.code()})) == wanted
    # For who knows one of them exactly there is no such row.
    client = cast(stage, "both")
    assert rows_on(client.get(sv("reports"), {"unit": stage.code()})) == SEEN["both"]


def sv(name: str, *args: str) -> str:
    """The address in Swedish, which is the language of tests."""
    return reverse(name, args=args)


@pytest.mark.parametrize("view", [*OVERVIEW, "reports_completions", "my_agency"])
def test_a_stranger_is_asked_to_sign_in_and_comes_back(stage: Stage, view: str) -> None:
    response = Client().get(f"{sv(view)}?year=2025")
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))
    assert "next=" in response["Location"]
    assert "year%3D2025" in response["Location"]


def test_a_stranger_learns_of_no_agency(stage: Stage) -> None:
    there, nowhere = sv("report_agency", stage.large.key), sv("report_agency", "nowhere")
    assert Client().get(there).status_code == Client().get(nowhere).status_code == 302


@pytest.mark.parametrize("view", [*OVERVIEW, "reports_completions"])
def test_a_learner_is_told_who_can_see_figures_and_sees_none(stage: Stage, view: str) -> None:
    response = cast(stage, "learner").get(sv(view))
    assert response.status_code == 403
    assert "Vem som kan se dem" in response.content.decode()
    assert not parse(response).xpath("//table")


def test_a_learner_is_told_kindly_on_the_page_of_the_own_agency(stage: Stage) -> None:
    response = cast(stage, "learner").get(sv("my_agency"))
    assert response.status_code == 200
    assert "Vem som kan se dem" in response.content.decode()
    assert not parse(response).xpath("//table")


PAGES = {
    "stranger": {},
    "learner": {},
    "colleague": {"far": str(FAR)},
    "contact person": {"large": str(LARGE)},
    "trainer": {"small": str(SMALL)},
    "co-ordinator": {"large": str(LARGE), "small": None, "board": None},
    "both": {"large": str(LARGE), "small": str(SMALL), "board": None},
    "editor": {"large": str(LARGE), "small": None, "board": None, "far": str(FAR)},
    "administrator": {"large": str(LARGE), "small": str(SMALL), "board": None, "far": str(FAR)},
}


@pytest.mark.parametrize("name", PAGES)
def test_the_page_of_an_agency(stage: Stage, name: str) -> None:
    """None where the page is seen and has nothing to show; 404 for all others."""
    client = cast(stage, name)
    for where in ("large", "small", "far", "board"):
        response = client.get(sv("report_agency", getattr(stage, where).key))
        if name == "stranger":
            assert response.status_code == 302
        elif where not in PAGES[name]:
            assert response.status_code == 404
            assert "Xyzzy" not in response.content.decode()
        else:
            expected = PAGES[name][where]
            assert rows_on(response) == ({"Kursen Xyzzy": expected} if expected else {})


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("contact person", "Stora Xyzzy"),
        ("trainer", "Lilla Xyzzy"),
        ("both", "Lilla Xyzzy"),
        ("co-ordinator", "Länsstyrelsen Xyzzy"),
    ],
)
def test_ones_own_agency(stage: Stage, name: str, heading: str) -> None:
    response = cast(stage, name).get(sv("my_agency"))
    assert words_of(parse(response).find(".//h1")) == heading


def test_who_answers_for_two_agencies_finds_both(stage: Stage) -> None:
    user = person((Role.TRAINER, stage.large), (Role.CONTACT_PERSON, stage.small))
    response = client_of(user).get(sv("my_agency"))
    links = [link.get("href") for link in parse(response).iter("a")]
    assert words_of(parse(response).find(".//h1")) == "Lilla Xyzzy"
    assert sv("report_agency", stage.large.key) in links


# -- the report of a course --------------------------------------------------------------------


@pytest.mark.parametrize("name", ["learner", "colleague", "contact person", "co-ordinator"])
def test_what_learners_thought_is_for_editors_alone(stage: Stage, name: str) -> None:
    assert cast(stage, name).get(sv("report_unit", stage.code())).status_code == 404


@pytest.mark.parametrize("name", ["editor", "administrator"])
def test_words_are_shown_without_names_where_five_have_answered(stage: Stage, name: str) -> None:
    text = cast(stage, name).get(sv("report_unit", stage.code())).content.decode()
    assert text.count(WORDS) == LARGE
    assert "@example.org" not in text.split("<main")[1].split("</main")[0]


def test_words_of_fewer_than_five_are_not_shown(stage: Stage) -> None:
    course = UnitFactory()
    completed(course, stage.far, moment(2025), 4, scores=(1, 2, 3), words=WORDS)
    client = cast(stage, "administrator")
    url = sv("report_unit", course.key.hex[:12])
    assert WORDS not in client.get(url).content.decode()
    completed(course, stage.large, moment(2025), 1, scores=(1, 2, 3))
    assert client.get(url).content.decode().count(WORDS) == 4


def test_attitudes_are_shown_as_means_where_five_have_answered(stage: Stage) -> None:
    module = UnitFactory(kind="module")
    quiz = UnitFactory(kind="quiz", part_of=module)
    texts = {"sv": {"many.text": "Det vet jag.", "few.text": "Det vet jag inte."}}
    UnitVersionFactory(unit=quiz, spec={"structure": {"questions": []}, "texts": texts})
    for question, agency, step, number in (
        ("many", stage.large, 5, 3),
        ("many", stage.far, 1, 2),
        ("few", stage.large, 5, 4),
    ):
        Attitude.objects.create(
            quiz=quiz, question=question, agency=agency, step=step, number=number
        )
    response = cast(stage, "editor").get(sv("report_unit", module.key.hex[:12]))
    rows = [list(map(words_of, row.iterchildren())) for row in parse(response).iter("tr")]
    assert [row for row in rows if "Det vet jag" in row[0]] == [["Det vet jag.", "3,4", "5"]]


# -- never kept, never found -------------------------------------------------------------------


def test_no_report_is_kept_by_anybody_or_found_in_a_search_engine(stage: Stage) -> None:
    client = cast(stage, "administrator")
    addresses = [sv(view) for view in (*OVERVIEW, "reports_completions", "my_agency")]
    addresses += [sv("report_agency", stage.large.key), sv("report_unit", stage.code())]
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200, address
        assert "no-store" in response["Cache-Control"]
        if response["Content-Type"].startswith("text/html"):
            assert parse(response).xpath("//meta[@name='robots'][@content='noindex']")
        else:
            assert response["X-Robots-Tag"] == "noindex"


def test_what_was_remembered_for_one_is_not_shown_to_another(stage: Stage) -> None:
    for name in ("administrator", "editor", "both", "co-ordinator", "colleague"):
        response = cast(stage, name).get(sv("reports"), {"unit": stage.code()})
        assert rows_on(response) == SEEN[name]


def test_what_has_just_been_completed_is_counted(stage: Stage) -> None:
    client = cast(stage, "editor")
    for extra in range(3):
        response = client.get(sv("reports"), {"unit": stage.code()})
        assert rows_on(response)["Stora Xyzzy"] == str(LARGE + extra)
        completed(stage.course, stage.large, moment(2025), 1)


def test_english_pages_have_english_words(stage: Stage) -> None:
    response = cast(stage, "editor").get("/en/reports/")
    assert response.status_code == 200
    assert words_of(parse(response).find(".//h1")) == "Reports"
    assert cast(stage, "contact person").get("/en/my-agency/").status_code == 200
    assert cast(stage, "contact person").get("/sv/min-myndighet/").status_code == 200
