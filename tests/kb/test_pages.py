"""What each page of the knowledge base shows its reader, on the starter content."""

from itertools import pairwise

import pytest
from django.test import Client
from django.utils import formats, timezone, translation
from django.utils.text import slugify
from wagtail.models import Locale

from agencies.models import Agency, SuccessionLink
from kb.models import ExampleMethod, GlossaryTerm
from kb.models.example import PARTS
from kb.rules import ActStatus, act_status
from tests.walk import (
    Visit,
    each_language,
    each_page_type,
    links_in,
    parse,
    shown,
    visits,
    words_of,
)

pytestmark = pytest.mark.django_db


def facts_shown(visit: Visit) -> str:
    return " ".join(shown(visit.root, "facts"))


def day(value: object, language: str) -> str:
    with translation.override(language):
        return formats.date_format(value, "DATE_FORMAT")


@each_language
@each_page_type
def test_every_page_answers_with_one_heading_and_its_summary(kind: str, language: str) -> None:
    for visit in visits(kind, language):
        assert visit.response.status_code == 200, visit.url
        [heading] = visit.root.iter("h1")
        assert words_of(heading) == getattr(visit.page, "headline", visit.page.title)
        [description] = visit.root.xpath("//meta[@name='description']/@content")
        assert description == visit.page.summary != ""


@each_language
@each_page_type
def test_headings_go_down_one_step_at_a_time(kind: str, language: str) -> None:
    for visit in visits(kind, language):
        [main] = visit.root.iter("main")
        levels = [int(heading.tag[1]) for heading in main.iter("h1", "h2", "h3", "h4", "h5", "h6")]
        assert levels[0] == 1, visit.url
        assert all(low - high <= 1 for high, low in pairwise(levels)), visit.url


@each_language
def test_a_method_tells_its_facts_and_its_steps_in_order(language: str) -> None:
    for visit in visits("MethodPage", language):
        page = visit.page
        with translation.override(language):
            wanted = [page.time, page.people, page.get_level_display()]
        for fact in [*wanted, day(page.last_reviewed, language)]:
            assert fact in facts_shown(visit), visit.url
        [steps] = [e for e in visit.root.find_class("steps") if e.find("li/h3") is not None]
        titles = [words_of(heading) for heading in steps.iterfind("li/h3")]
        assert titles == [step.value["title"] for step in page.steps]
        for step, told in zip(page.steps, steps.iterfind("li"), strict=True):
            facts = " ".join(shown(told, "steps__facts"))
            for name in ("who", "how_long", "tools"):
                assert step.value[name] in facts, (visit.url, name)


@each_language
def test_a_proposal_of_the_platform_is_called_so(language: str) -> None:
    for visit in visits("MethodPage", language):
        assert bool(visit.root.find_class("proposal")) == visit.page.proposal, visit.url


@each_language
def test_a_guide_tells_its_act_and_what_it_was_checked_against(language: str) -> None:
    for visit in visits("LegislationGuidePage", language):
        page, facts = visit.page, facts_shown(visit)
        assert f"{page.act} ({page.sfs})" in facts
        assert page.checked_against in facts
        assert day(page.checked_on, language) in facts
        assert page.official_url in links_in(visit.root.find_class("facts")[0])
        [duties] = visit.root.find_class("duties") or [None]
        citations = shown(duties, "duties__law") if duties is not None else []
        assert citations == [duty.value["citation"] for duty in page.duties]


@each_language
def test_a_repealed_act_says_so_on_top_and_points_onward(language: str) -> None:
    repealed = 0
    for visit in visits("LegislationGuidePage", language):
        page = visit.page
        status = act_status(page.in_force_from, page.in_force_to, timezone.localdate())
        [head] = visit.root.find_class("article__head")
        notices = head.find_class("callout--important")
        assert bool(notices) == (status is ActStatus.REPEALED), visit.url
        if not notices:
            continue
        repealed += 1
        assert day(page.in_force_to, language) in words_of(notices[0])
        assert links_in(notices[0]) == [guide.value.url for guide in page.replaced_by]
        assert links_in(notices[0]), "points at nothing"
        [duties] = visit.root.find_class("duties")
        assert "duties--history" in duties.classes
    assert repealed


@each_language
def test_an_example_tells_its_year_and_status_and_leads_to_its_agency(language: str) -> None:
    for visit in visits("GoodExamplePage", language):
        [facts] = visit.root.find_class("facts")
        agency = visit.page.get_parent()
        with translation.override(language):
            status = visit.page.get_status_display()
        assert {str(visit.page.year), status} <= {words_of(dd) for dd in facts.iter("dd")}
        assert agency.title in words_of(facts)
        assert links_in(facts) == [agency.url]


@each_language
def test_an_example_tells_its_parts_and_names_those_that_the_sources_leave_out(
    language: str,
) -> None:
    left_out = 0
    for visit in visits("GoodExamplePage", language):
        headings = [words_of(heading) for heading in visit.root.iter("h2")]
        with translation.override(language):
            labels = {name: str(label) for name, label in PARTS}
        told = [label for name, label in labels.items() if getattr(visit.page, name)]
        assert [heading for heading in headings if heading in labels.values()] == told
        missing = [label.lower() for name, label in labels.items() if label not in told]
        sentences = shown(visit.root, "untold")
        assert bool(sentences) == bool(missing), visit.url
        for label in missing:
            assert label in sentences[0], visit.url
        left_out += len(missing)
    assert left_out


@each_language
def test_methods_and_examples_link_to_each_other(language: str) -> None:
    uses = ExampleMethod.objects.filter(example__locale__language_code=language)
    pairs = {(use.method.url, use.example.url) for use in uses.select_related("method", "example")}
    beside = {
        visit.url: links_in(visit.root.find_class("beside")[0])
        for kind in ("MethodPage", "GoodExamplePage")
        for visit in visits(kind, language)
    }
    assert pairs
    for method, example in pairs:
        assert example in beside[method]
        assert method in beside[example]
    examples = {visit.url for visit in visits("GoodExamplePage", language)}
    linked = {(url, to) for url, found in beside.items() for to in found if to in examples}
    assert {(method, to) for method, to in linked if method not in examples} == pairs


@each_language
def test_an_agency_page_tells_what_became_of_the_agency(language: str) -> None:
    told = 0
    for visit in visits("AgencyPage", language):
        links = SuccessionLink.objects.filter(succession__date__lte=timezone.localdate())
        near = {link.successor_id for link in links.filter(predecessor=visit.page.agency_id)}
        near |= {link.predecessor_id for link in links.filter(successor=visit.page.agency_id)}
        with translation.override(language):
            names = [str(agency) for agency in Agency.objects.filter(pk__in=near - {None})]
        for name in names:
            assert name in facts_shown(visit), visit.url
        closing = links.filter(predecessor=visit.page.agency_id, successor=None).first()
        if closing:
            assert day(closing.succession.date, language) in facts_shown(visit)
        told += len(names) + bool(closing)
    assert told


@each_language
def test_an_agency_page_tells_its_kind_and_lists_its_examples(language: str) -> None:
    for visit in visits("AgencyPage", language):
        with translation.override(language):
            kind = visit.page.agency.get_kind_display()
        assert kind.casefold() in facts_shown(visit).casefold()
        cards = visit.root.find_class("card")
        examples = {page.url for page in visit.page.get_children().live()}
        assert {link for card in cards for link in links_in(card)} == examples


@each_language
def test_a_county_page_lists_its_agencies_with_their_number_of_examples(language: str) -> None:
    for visit in visits("CountyPage", language):
        cards = {links_in(card)[0]: words_of(card) for card in visit.root.find_class("card")}
        agencies = list(visit.page.get_children().live())
        assert set(cards) == {agency.url for agency in agencies}
        for agency in agencies:
            number = agency.get_children().live().count()
            assert f" {number} " in f" {cards[agency.url]} ", agency.url


@each_language
def test_the_counties_list_every_agency(language: str) -> None:
    [visit] = visits("CountyIndexPage", language)
    listed = {link for card in visit.root.find_class("card") for link in links_in(card)}
    pages = [page for kind in ("CountyPage", "AgencyPage") for page in visits(kind, language)]
    assert listed == {page.url for page in pages}


@each_language
def test_a_focus_area_shows_all_that_belongs_to_it(language: str) -> None:
    for visit in visits("FocusAreaPage", language):
        listed = {link for rows in visit.root.find_class("rows") for link in links_in(rows)}
        key = visit.page.focus_area.key
        for kind in ("MethodPage", "GoodExamplePage", "LegislationGuidePage"):
            for other in visits(kind, language):
                if getattr(other.page, "in_force_to", None):
                    continue
                belongs = any(area.key == key for area in other.page.focus_areas.all())
                assert (other.url in listed) == belongs, (visit.url, other.url)


@each_language
def test_the_home_page_counts_what_the_focus_areas_show(language: str) -> None:
    [home] = visits("HomePage", language)
    areas = {links_in(area)[0]: words_of(area).split() for area in home.root.find_class("area")}
    for visit in visits("FocusAreaPage", language):
        listed = [link for rows in visit.root.find_class("rows") for link in links_in(rows)]
        for kind in ("MethodPage", "GoodExamplePage"):
            number = sum(other.url in listed for other in visits(kind, language))
            assert str(number) in areas[visit.url], (visit.url, kind)


def test_the_glossary_goes_from_a_to_o_with_the_swedish_letters_last(
    client: Client, sv: Locale
) -> None:
    [visit] = visits("GlossaryIndexPage", "sv")
    for word in ("Öppen rekrytering", "Ärende", "Åldersgräns"):
        GlossaryTerm.objects.create(
            locale=sv, term=word, slug=slugify(word), definition="Ett ord i ett test."
        )
    root = parse(client.get(visit.url))
    initials = [text[0] for text in shown(root, "letter")]
    assert initials == sorted(set(initials), key="ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖ".index)
    assert initials[-3:] == ["Å", "Ä", "Ö"]


@each_language
def test_the_glossary_explains_every_term_under_its_letter(language: str) -> None:
    [visit] = visits("GlossaryIndexPage", language)
    terms = GlossaryTerm.objects.filter(locale__language_code=language)
    for term in terms:
        place = visit.root.get_element_by_id(term.slug)
        assert term.term in words_of(place)
        assert term.definition in words_of(place)
        [letter] = place.iterancestors("section")
        assert words_of(letter.find("h2")) == term.term[0].upper()
        if term.page:
            assert term.page.url in links_in(place)
    [jump] = visit.root.find_class("letters")
    for link in links_in(jump):
        assert visit.root.get_element_by_id(link.removeprefix("#")).tag == "h2"


@each_language
def test_terms_in_running_text_lead_to_their_explanation(language: str) -> None:
    [glossary] = visits("GlossaryIndexPage", language)
    marked = [
        (visit.url, link.get("href"))
        for kind in ("MethodPage", "LegislationGuidePage", "GoodExamplePage", "StandardPage")
        for visit in visits(kind, language)
        for link in visit.root.find_class("term")
    ]
    assert marked
    assert len(set(marked)) == len(marked), "a term is marked twice on a page"
    for _url, target in marked:
        page, _, slug = target.partition("#")
        assert page == glossary.url
        assert glossary.root.get_element_by_id(slug) is not None
