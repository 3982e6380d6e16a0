"""What the knowledge base's lists can be narrowed by, beside focus areas."""

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from home.filters import KnowledgeFilter
from kb.models import Level
from kb.rules import ActStatus

# The value that stands for agencies of the whole country.
NATIONWIDE = "nationwide"


class YearFilter(django_filters.CharFilter):
    field_class = forms.RegexField


class MethodFilter(KnowledgeFilter):
    level = django_filters.ChoiceFilter(label=_("Level"), choices=Level.choices)


class GuideFilter(KnowledgeFilter):
    """For guides with what `selectors.with_status` adds."""

    status = django_filters.ChoiceFilter(
        label=_("Does it apply?"),
        choices=[
            (ActStatus.IN_FORCE.value, _("In force")),
            (ActStatus.COMING.value, _("Not in force yet")),
            (ActStatus.REPEALED.value, _("Repealed")),
        ],
    )


class ExampleFilter(KnowledgeFilter):
    """For examples with what `selectors.with_agency` adds."""

    county = django_filters.ChoiceFilter(label=_("County"), method="in_county")
    year = YearFilter(label=_("Year"), regex=r"^[12]\d{3}$")

    def in_county(self, examples: QuerySet, name: str, value: str) -> QuerySet:
        return examples.filter(county_key=None if value == NATIONWIDE else value)
