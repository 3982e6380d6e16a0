"""What every list can be narrowed by. Names are in addresses and are the same in all languages."""

from collections.abc import Iterable, Mapping
from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

Choices = Iterable[tuple[Any, Any]]


class KnowledgeFilter(django_filters.FilterSet):
    """Narrows by focus area. `choices` gives the values that are known only at run time."""

    area = django_filters.ChoiceFilter(
        field_name="focus_areas__key", label=_("Focus area"), distinct=True
    )

    def __init__(self, *args: Any, choices: Mapping[str, Choices], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, values in choices.items():
            self.filters[name].extra["choices"] = values
