"""Reports as files: what a spreadsheet makes of them, and that nothing in them is a formula."""

import csv
import datetime
import io
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook

from agencies.models import Agency, Role, User
from courses.reports.exports import BOM, csv_lines
from courses.reports.table import Hidden
from tests.factories.learning import AgencyFactory, UnitFactory, completed, moment, person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_swedish() -> Iterator[None]:
    """Addresses are in the language that is active, and a request leaves its own behind."""
    with translation.override("sv"):
        yield


DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx"]


@pytest.fixture
def agency() -> Agency:
    return AgencyFactory(name="Myndigheten Å; Ö", employees=50)


@pytest.fixture
def root() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("root@example.org"))
    return client


def editor(agency: Agency) -> Client:
    client = Client()
    client.force_login(person((Role.EDITOR, agency)))
    return client


def text_of(response: Any) -> str:
    return b"".join(response.streaming_content).decode()


def lines_of(response: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text_of(response).removeprefix(BOM)), delimiter=";"))


def test_a_csv_has_a_mark_semicolons_a_header_and_a_last_line_that_says_what_it_is(
    agency: Agency,
) -> None:
    course = UnitFactory(titles={"sv": "Kursen", "en": "The course"})
    completed(course, agency, moment(2025), 6, scores=(5, 4, 4))
    client, code = editor(agency), course.key.hex[:12]
    response = client.get(f"/sv/rapporter/tabell.csv?unit={code}&year=2025")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"].startswith('attachment; filename="rapport-20')
    text = text_of(response)
    assert text.startswith(BOM)
    [head, row, note] = csv.reader(io.StringIO(text.removeprefix(BOM)), delimiter=";")
    assert head[:3] == ["Myndighet", "Påbörjat", "Genomfört"]
    assert row == ["Myndigheten Å; Ö", "6", "6", "–", "12", "2 timmar", "4,3", "6"]
    [note] = note
    assert note.startswith("Kursen, 2025")
    assert str(datetime.date.today().year) in note
    assert "färre än fem" in note
    english = lines_of(client.get(f"/en/reports/table.csv?unit={code}"))
    assert english[0][0] == "Agency"
    assert english[1][6] == "4.3"


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_cell_of_a_csv_is_never_a_formula(text: str) -> None:
    [mark, line] = csv_lines([[text, f"a{text}"]])
    assert mark == BOM
    [[cell, inside]] = csv.reader(io.StringIO(line, newline=""), delimiter=";")
    assert cell == f"'{text}"
    assert inside == f"a{text}"


def test_numbers_and_what_is_hidden_are_written_plainly() -> None:
    [_mark, line] = csv_lines([[1, 4.25, None, Hidden.FEW, "x"]])
    assert line.strip().split(";")[2:] == ["", "–", "x"]


def test_a_name_that_looks_like_a_formula_is_text_in_both_files(root: Client) -> None:
    agency = AgencyFactory(name='=HYPERLINK("http://x")')
    completed(UnitFactory(), agency, moment(2025), 5)
    line = lines_of(root.get(reverse("reports_csv")))[1]
    assert line[0] == f"'{agency.name}"
    content = root.get(reverse("reports_xlsx")).content
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
        assert not any("hyperlink" in name for name in book.namelist())
    sheet = load_workbook(io.BytesIO(content)).active
    assert sheet["A2"].value == agency.name
    assert sheet["A2"].data_type == "s"


def test_an_xlsx_has_numbers_as_numbers_and_a_header_that_stays(
    agency: Agency, root: Client
) -> None:
    completed(UnitFactory(), agency, moment(2025), 6, scores=(5, 4, 4))
    sheet = load_workbook(io.BytesIO(root.get(reverse("reports_xlsx")).content)).active
    assert sheet.freeze_panes == "B2"
    assert [cell.value for cell in sheet[2]] == [
        agency.name, 6, 6, 0, 12, "2 timmar", 4.3, 6
    ]  # fmt: skip
    assert "exakta" in sheet.cell(sheet.max_row, 1).value


def test_everything_is_a_row_for_each_unit_agency_and_quarter(agency: Agency, root: Client) -> None:
    course, module = UnitFactory(), UnitFactory(kind="module")
    for unit in (course, module):
        for quarter in (1, 3):
            completed(unit, agency, moment(2025, quarter), quarter)
    completed(course, None, moment(2025), 2)
    head, *rows, note = lines_of(root.get(reverse("reports_everything")))
    assert head[:6] == ["Slag", "Kurs eller modul", "Myndighet", "Län", "År", "Kvartal"]
    assert len(rows) == 5
    assert {(row[0], row[2], row[4], row[5], row[7]) for row in rows} == {
        ("Kurs", agency.name, "2025", "1", "1"),
        ("Kurs", agency.name, "2025", "3", "3"),
        ("Kurs", "", "2025", "1", "2"),
        ("Modul", agency.name, "2025", "1", "1"),
        ("Modul", agency.name, "2025", "3", "3"),
    }
    assert len(note) == 1
    # Protected: one and three are joined with the two that have no agency, and below five alone.
    _head, *rows, _note = lines_of(editor(agency).get(reverse("reports_everything")))
    assert [[*row[2:6], row[7]] for row in rows] == [
        ["Myndigheter med färre än fem, tillsammans", "", "2025", "3", "6"]
    ]


def test_all_completions_are_for_administrators_and_name_nobody(
    agency: Agency, root: Client
) -> None:
    course = UnitFactory(titles={"sv": "Kursen"})
    [done] = completed(course, agency, moment(2025), took=datetime.timedelta(days=3, hours=5))
    done.user = person((Role.LEARNER, agency), email="nagon@example.org", first_name="Namnet")
    done.save()
    response = root.get(reverse("reports_completions"))
    text = text_of(response)
    assert "nagon" not in text
    assert "Namnet" not in text
    assert "2025-01-01;Kursen;Kurs;" in text
    assert text.splitlines()[1].endswith(";1;3")
    assert editor(agency).get(reverse("reports_completions")).status_code == 404
