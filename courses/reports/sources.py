"""What every report is made of, for one person on one day."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from wagtail.models import Locale

from agencies.visibility import Anyone
from courses.reports.asked import NATIONWIDE, Asked
from courses.reports.register import Place, Register, Subject, load_register, load_subjects
from courses.reports.scope import Scope, scope_of
from home.selectors import focus_areas_in


@dataclass(frozen=True)
class Sources:
    """`areas` are names of focus areas by key."""

    scope: Scope
    register: Register
    subjects: Mapping[int, Subject]
    areas: Mapping[str, str]
    today: datetime.date

    def units(self, asked: Asked) -> list[int]:
        return [
            pk
            for pk, subject in self.subjects.items()
            if (subject.id == asked.unit if asked.unit else subject.kind == asked.kind)
        ]

    def places(self, asked: Asked) -> dict[int, Place]:
        """The agencies that the person sees, of the county that is asked for."""
        county = self.county(asked)
        return {
            pk: place
            for pk, place in self.register.places.items()
            if pk in self.scope.agencies and (county is None or (place.county or 0) == county)
        }

    def county(self, asked: Asked) -> int | None:
        """The primary key of the county that is asked for, 0 for the whole country."""
        if asked.county == NATIONWIDE:
            return 0
        counties = self.register.counties.values()
        return next((one.pk for one in counties if one.key == asked.county), None)


def sources_for(user: Anyone, today: datetime.date) -> Sources:
    areas = {area.key: area.name for area in focus_areas_in(Locale.get_active().pk)}
    return Sources(scope_of(user, today), load_register(today), load_subjects(), areas, today)
