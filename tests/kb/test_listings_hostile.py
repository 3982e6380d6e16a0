"""No address breaks a list: odd values are told, or mean what they say, and counts stay true."""

import pytest
from django.http import HttpResponse
from django.test import Client
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kb.models import GoodExamplePage
from tests.walk import LISTINGS, index_of, parse, words_of

pytestmark = pytest.mark.django_db

FILTERS = ("area", "level", "status", "county", "year")
odd_values = st.text() | st.sampled_from(
    ["process", "start", "repealed", "2006", "2e3", "-1", "NaN", "Infinity", "\0", "'\""]
)
queries = st.dictionaries(
    st.sampled_from([*FILTERS, "page", "q"]) | st.text(),
    odd_values,
    max_size=5,
)


def counts_agree(response: HttpResponse) -> bool:
    """Whether the number beside each chosen filter is the number of pages listed."""
    root = parse(response)
    listed = words_of(root.get_element_by_id("list-title")).split()[0]
    chosen = root.iterfind(".//nav[@aria-labelledby='filter-title']//a[@aria-current]")
    numbers = [words_of(link.find_class("facet__count")[0]).split()[0] for link in chosen]
    return all(number == listed for number in numbers)


@settings(deadline=None, max_examples=40)
@given(query=queries)
@example(query={"year": "\0"})
def test_no_filter_value_breaks_a_list_or_its_counts(query: dict[str, str]) -> None:
    for kind in LISTINGS:
        response = Client().get(index_of(kind, "sv").url, query)
        assert response.status_code == 200, kind
        assert counts_agree(response), kind


@pytest.mark.parametrize("write", ["{}.0", "0{}", " {} ", "{}e0"])
def test_a_year_written_in_another_way_is_the_same_year_or_is_told(
    client: Client, write: str
) -> None:
    index = index_of("ExampleIndexPage", "sv")
    year = GoodExamplePage.objects.live().filter(locale=index.locale).first().year
    response = client.get(index.url, {"year": write.format(year)})
    root = parse(response)
    [section] = root.find_class("sifted__list")
    assert counts_agree(response)
    assert section.find_class("card")


@settings(deadline=None, max_examples=20)
@given(raw=st.binary(max_size=60).map(lambda raw: "".join(f"%{byte:02x}" for byte in raw)))
@example(raw="%ff")
@example(raw="%00")
def test_no_bytes_break_a_list(raw: str) -> None:
    for kind in LISTINGS:
        query = "&".join([raw, f"{raw}=process", *(f"{name}={raw}" for name in FILTERS)])
        response = Client().get(f"{index_of(kind, 'sv').url}?{query}&page={raw}")
        assert response.status_code == 200, kind
