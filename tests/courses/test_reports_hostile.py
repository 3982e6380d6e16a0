"""No address breaks a report, and a report costs the same whatever there is to count."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from hypothesis import example, given, settings
from hypothesis import strategies as st

from agencies.models import Agency, County, Role, User
from courses.domain.spec import UnitKind
from courses.reports.asked import Asked, By, parse
from tests.agencies.test_visibility import rolled_back
from tests.factories.learning import AgencyFactory, UnitFactory, completed, moment, person
from tests.walk import parse as parse_html

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_swedish() -> Iterator[None]:
    """Addresses are in the language that is active, and a request leaves its own behind."""
    with translation.override("sv"):
        yield


NAMES = ("by", "kind", "unit", "county", "year", "quarter", "view")
odd_values = st.text() | st.sampled_from(
    ["agency", "county", "area", "unit", "year", "quarter", "course", "module", "now", "2025",
     "nationwide", "9999", "1000", "0", "4", "-1", "2e3", "٢٠٢٥", "NaN", "\0", "'\"", "a" * 12]
)  # fmt: skip
queries = st.dictionaries(st.sampled_from(NAMES) | st.text(), odd_values, max_size=7)


def urls(agency: Agency, code: str) -> list[str]:
    names = ("reports", "reports_csv", "reports_xlsx", "reports_everything", "my_agency")
    return [
        *map(reverse, names),
        reverse("report_agency", args=[agency.key]),
        reverse("report_unit", args=[code]),
    ]


def answered(response: HttpResponse) -> bool:
    if response.streaming:
        b"".join(response.streaming_content)
    return response.status_code == 200


@settings(deadline=None, max_examples=8)
@given(query=queries, exact=st.booleans())
@example(query={"year": "\0", "by": "quarter"}, exact=False)
@example(query={"year": "9999", "quarter": "4"}, exact=True)
@example(query={"by": "area", "kind": "course"}, exact=True)
def test_no_query_breaks_a_report(query: dict[str, str], exact: bool) -> None:
    with rolled_back():
        agency, course = AgencyFactory(), UnitFactory()
        completed(course, agency, moment(2025), 6)
        client = Client()
        client.force_login(person((Role.ADMINISTRATOR if exact else Role.EDITOR, agency)))
        for url in urls(agency, course.key.hex[:12]):
            assert answered(client.get(url, query)), url
        cache.clear()


@settings(deadline=None, max_examples=5)
@given(raw=st.binary(max_size=40).map(lambda raw: "".join(f"%{byte:02x}" for byte in raw)))
@example(raw="%ff")
@example(raw="%00")
def test_no_bytes_break_a_report(raw: str) -> None:
    with rolled_back():
        agency, course = AgencyFactory(), UnitFactory()
        client = Client()
        client.force_login(person((Role.EDITOR, agency)))
        query = "&".join([raw, *(f"{name}={raw}" for name in NAMES)])
        for url in urls(agency, course.key.hex[:12]):
            assert answered(client.get(f"{url}?{query}")), url
        for name in ("report_agency", "report_unit"):
            path = f"{reverse(name, args=['x']).removesuffix('x/')}{raw}/"
            assert client.get(path).status_code in (200, 301, 302, 404)


@pytest.mark.parametrize("code", ["0" * 12, "x", "ABCDEFABCDEF", "0" * 13, "a" * 5000])
def test_a_course_that_is_not_there_is_not_found(code: str) -> None:
    client = Client()
    client.force_login(User.objects.create_superuser("root@example.org"))
    assert client.get(reverse("report_unit", args=[code])).status_code == 404


@settings(deadline=None, max_examples=200)
@given(queries)
def test_an_address_that_is_read_and_written_again_is_the_same_report(
    query: dict[str, str],
) -> None:
    def read(params: dict[str, str]) -> Asked:
        return parse(params, {"a" * 12: UnitKind.MODULE}, ["dalarna"])

    asked = read(query)
    again = read(dict(pair.split("=") for pair in asked.query.lstrip("?").split("&") if pair))
    assert again.query == asked.query
    assert again.ignored == ()
    assert set(asked.ignored) <= set(NAMES)
    assert again.by in set(By)


def test_a_value_that_is_not_known_is_told_and_left_out() -> None:
    client = Client()
    client.force_login(person((Role.EDITOR, AgencyFactory())))
    response = client.get(reverse("reports"), {"county": "atlantis", "by": "year"})
    [callout] = parse_html(response).xpath("//*[@role='status']")
    assert "county" in callout.text_content()


def test_every_filter_leads_to_a_report() -> None:
    """Each link of each filter, from the first page and from one with everything chosen."""
    agency = AgencyFactory(county=County.objects.first())
    course, module = UnitFactory(), UnitFactory(kind="module", areas=["x"])
    for unit in (course, module):
        completed(unit, agency, moment(2025), 6)
    client = Client()
    client.force_login(person((Role.EDITOR, agency)))
    start = reverse("reports")
    chosen = f"?by=quarter&county={agency.county.key}&year=2025&quarter=1&unit="
    for address in (start, f"{start}{chosen}{course.key.hex[:12]}"):
        page = parse_html(client.get(address))
        links = [link.get("href") for link in page.xpath("//nav[contains(@class, 'filters')]//a")]
        assert len(links) > 10
        for link in set(links):
            query = urlsplit(link).query
            response = client.get(f"{start}?{query}")
            assert response.status_code == 200
            assert not parse_html(response).xpath("//*[@role='status']"), link


def number_of_queries(client: Client, url: str) -> int:
    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        assert answered(client.get(url))
    return len(captured)


@pytest.mark.parametrize("role", [Role.EDITOR, Role.ADMINISTRATOR])
def test_the_number_of_queries_is_the_same_whatever_there_is_to_count(role: Role) -> None:
    agency, course = AgencyFactory(), UnitFactory()
    completed(course, agency, moment(2025), 5, scores=(1, 2, 3), words="x")
    client = Client()
    client.force_login(person((role, agency)))
    # Everything as a file asks once more for each course, so as to hold only one at a time.
    everything = reverse("reports_everything")
    wanted = [url for url in urls(agency, course.key.hex[:12]) if url != everything]
    wanted += [f"{wanted[0]}?by=quarter&year=2025", f"{wanted[0]}?by=area"]
    few = [number_of_queries(client, url) for url in wanted]
    for county in County.objects.all()[:5]:
        for unit in (course, UnitFactory(), UnitFactory(kind="module", areas=["x"])):
            completed(unit, AgencyFactory(county=county), moment(2024), 6, scores=(1, 2, 3))
    assert [number_of_queries(client, url) for url in wanted] == few
    assert max(few) < 30
