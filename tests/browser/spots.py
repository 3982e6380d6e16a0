"""Where to look: a page of every type, and the states that a type alone does not show."""

from collections.abc import Callable
from itertools import product

from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import override
from playwright.sync_api import Page as Tab
from playwright.sync_api import Response
from wagtail.models import Locale, Page, get_page_models

from agencies.models import User
from kb.models import (
    CountyPage,
    ExampleIndexPage,
    GoodExamplePage,
    LegislationGuidePage,
    MethodPage,
)
from kb.selectors import examples_in, examples_of_method
from tests.browser import learning
from tests.browser.every_block import page_with_every_block
from tests.courses import cast

LANGUAGES = [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]
WORD = {"sv": "trakasserier", "en": "harassment"}


def page_of(model: type[Page], language: str, **wanted: object) -> Page:
    """The first page of a type that the starter content has."""
    found = model.objects.live().filter(locale__language_code=language, **wanted)
    first: Page | None = found.order_by("path").first()
    assert first, f"the content has no {model.__name__} in {language}"
    return first


def method_with_example(language: str) -> MethodPage:
    methods = MethodPage.objects.live().filter(locale__language_code=language).order_by("path")
    return next(method for method in methods if examples_of_method(method).exists())


def example_with_method(language: str) -> GoodExamplePage:
    found: GoodExamplePage = examples_of_method(method_with_example(language))[0]
    return found


def search_address(language: str, query: str = "") -> str:
    with override(language):
        return reverse("search", query={"q": query} if query else None)


def _list_without_hits(language: str) -> str:
    """The address of a list of examples with two filters that no example fits."""
    locale = Locale.objects.get(language_code=language)
    examples = examples_in(locale.pk)
    years = sorted(set(examples.values_list("year", flat=True)))
    counties = CountyPage.objects.filter(locale=locale).exclude(county=None)
    for county, year in product(counties.values_list("county__key", flat=True), years):
        if not examples.filter(county_key=county, year=year).exists():
            return f"{page_of(ExampleIndexPage, language).url}?county={county}&year={year}"
    raise AssertionError("every county has an example from every year")


def _list_with_filter(language: str) -> str:
    area = page_of(GoodExamplePage, language).focus_areas.first()
    return f"{page_of(ExampleIndexPage, language).url}?area={area.key}"


SPOTS: dict[str, Callable[[str], str]] = {
    **{
        model.__name__: lambda language, model=model: page_of(model, language).url
        for model in get_page_models()
        if model is not Page
    },
    "method with an example": lambda language: method_with_example(language).url,
    "example with a method": lambda language: example_with_method(language).url,
    "repealed act": lambda language: (
        page_of(LegislationGuidePage, language, in_force_to__lt=localdate()).url
    ),
    "every block": lambda language: page_with_every_block(language).url,
    "list with a filter": _list_with_filter,
    "list with an unknown filter": lambda language: (
        f"{page_of(ExampleIndexPage, language).url}?county=atlantis"
    ),
    "empty list": _list_without_hits,
    "search": search_address,
    "search with hits": lambda language: search_address(language, WORD[language]),
    "search without hits": lambda language: search_address(language, "xyzzy"),
    "sign-in": lambda language: f"/{language}/konto/",
    "missing page": lambda language: f"/{language}/no-such-page/",
    "lesson with a guest's progress": learning.lesson_of_a_guest,
    "quiz, start": learning.quiz_start,
    **{
        f"quiz, {kind}": lambda language, kind=kind: learning.question_asked(kind, language)
        for kind in ("one", "several", "truth", "match", "order", "case", "scale")
    },
    "quiz, wrong answer": lambda language: learning.question_answered(
        "match", cast.wrong, language
    ),
    "quiz, right answer": lambda language: learning.question_answered(
        "several", cast.right, language
    ),
    "quiz, failed": lambda language: learning.result(cast.wrong, language),
    "quiz, passed": lambda language: learning.result(cast.right, language),
    "whole module": learning.whole_module,
    "whole module with the guide": lambda language: learning.whole_module(language, "?guide=1"),
    "certificate": learning.certificate_check,
    "unknown certificate": lambda language: f"/intyg/xyzzyxyzzyxy?language={language}",
    "my courses": learning.for_busy(lambda language: cast.url("my_courses", language=language)),
    "my courses, none": learning.nobody_new,
    "notes": learning.for_busy(lambda language: cast.url("my_notes", language=language)),
    "completed course": learning.completed(cast.LAW),
    "completed course with a certificate": learning.completed(cast.TRAINER),
    "course of a learner": learning.for_busy(lambda language: learning.leadership(language).url),
    "module of a learner": learning.for_busy(lambda language: learning.module_page(language).url),
    "lesson of a learner": learning.for_busy(lambda language: learning.lesson_page(language).url),
    "account": learning.for_busy(lambda language: f"/{language}/konto/"),
}
STATUS = {"missing page": 404, "unknown certificate": 410}
# Who is signed in there; elsewhere nobody is. The address itself makes the user.
READER = {
    "my courses, none": learning.NEW,
    **dict.fromkeys(
        (
            "my courses", "notes", "completed course", "completed course with a certificate",
            "course of a learner", "module of a learner", "lesson of a learner", "account",
        ),
        learning.BUSY,
    ),
}  # fmt: skip


def open_spot(page: Tab, spot: str, language: str) -> Response:
    address = SPOTS[spot](language)
    if spot in READER:
        learning.sign_in(page, User.objects.get(email=READER[spot]))
    response = page.goto(address)
    assert response
    return response


def fetch_spot(spot: str, language: str) -> tuple[str, bytes]:
    """The address and what the server answers there."""
    client, address = Client(), SPOTS[spot](language)
    if spot in READER:
        client.force_login(User.objects.get(email=READER[spot]))
    return address, client.get(address).content
