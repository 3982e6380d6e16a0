"""Pages of the knowledge base, published below a parent unless `live=False`."""

import datetime
from typing import Any

import factory
from wagtail_factories import PageFactory

from home.models import FocusArea
from kb.models import GoodExamplePage, LegislationGuidePage, MethodPage

STEP = {
    "title": "Börja",
    "what": "<p>Samla gruppen.</p>",
    "who": "Chef",
    "how_long": "En dag",
    "tools": "",
}


class KnowledgePageFactory(PageFactory):
    title = factory.Sequence(lambda number: f"Xyzzy {number}")
    slug = factory.Sequence(lambda number: f"xyzzy-{number}")
    search_description = "En sida som bara finns i ett test."
    locale = factory.SelfAttribute("parent.locale")

    class Meta:
        abstract = True

    @factory.post_generation
    def areas(self, create: bool, keys: list[str] | None, **kwargs: Any) -> None:
        """Focus areas by key, in the page's language; all of them where none are named."""
        areas = FocusArea.objects.filter(locale=self.locale)
        self.focus_areas.set(areas if keys is None else areas.filter(key__in=keys))
        self.save()


class MethodPageFactory(KnowledgePageFactory):
    purpose = "<p>Till för att prövas.</p>"
    fits_when = "<p>Passar i test.</p>"
    level = "start"
    time = "En dag"
    people = "Två"
    steps = factory.LazyFunction(lambda: [("step", dict(STEP))])
    origin = "<p>Påhittad.</p>"

    class Meta:
        model = MethodPage


class LegislationGuidePageFactory(KnowledgePageFactory):
    act = "Xyzzylagen"
    sfs = "2020:1"
    in_force_from = datetime.date(2020, 1, 1)
    checked_on = datetime.date(2026, 1, 1)
    checked_against = "lydelsen i ett test"
    official_url = "https://example.org/lag"

    class Meta:
        model = LegislationGuidePage


class GoodExamplePageFactory(KnowledgePageFactory):
    year = 2020
    situation = "<p>Det var ett test.</p>"
    done = "<p>Det prövades.</p>"

    class Meta:
        model = GoodExamplePage
