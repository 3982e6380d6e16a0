"""What one person may see of the figures: agencies.visibility, asked once for a report."""

import datetime
from dataclasses import dataclass

from agencies.visibility import ALL, Anyone, rights_of, sees_exactly, totals_visible_to


@dataclass(frozen=True)
class Scope:
    """`agencies` are seen, `known` exactly; small agencies together are seen in `counties`.

    Who sees an agency exactly that is one of many gets the whole table protected, see `shown`.
    """

    agencies: frozenset[int] = frozenset()
    counties: frozenset[int] = frozenset()
    known: frozenset[int] = frozenset()
    all: bool = False
    exact: bool = False

    def __bool__(self) -> bool:
        return self.all or bool(self.agencies)

    def sees(self, agency: int | None, county: int | None) -> bool:
        """A figure of an agency, or of small agencies together where `agency` is None."""
        return self.all or (agency in self.agencies if agency else county in self.counties)


def scope_of(user: Anyone, today: datetime.date) -> Scope:
    rights = rights_of(user, today)
    agencies = frozenset(totals_visible_to(user, today).values_list("pk", flat=True))
    known = sees_exactly(user, today)
    if known == ALL:
        return Scope(agencies, all=True, exact=True)
    exact = not rights.all and agencies <= known
    return Scope(agencies, rights.counties, known, all=rights.all, exact=exact)
