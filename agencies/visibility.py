"""Who may see the totals of which agencies. The one rule, in two shapes that are equal.

Contact persons and trainers see their own agency and what came before it: what was the agency's
stays the agency's. A co-ordinator at a county board sees the agencies of that board's county.
Editors and administrators see all. What is seen exactly is told by `sees_exactly`; all else only
as courses.domain.privacy allows. Roles hold from their first day to their last, both included.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from agencies.lineage import Edge, lineage_of
from agencies.models import Agency, AgencyKind, Membership, Role, SuccessionLink, User

Anyone = User | AnonymousUser
ALL: Final = "all"

_OF_THE_AGENCY = (Role.CONTACT_PERSON, Role.TRAINER)
_OF_THE_SITE = (Role.EDITOR, Role.ADMINISTRATOR)


@dataclass(frozen=True)
class Rights:
    """What somebody's roles of a day give. `own` and `counties` are primary keys."""

    own: frozenset[int] = frozenset()
    counties: frozenset[int] = frozenset()
    all: bool = False
    all_exactly: bool = False


def rights_of(user: Anyone, today: datetime.date) -> Rights:
    """One query; none for a stranger or a superuser."""
    if not isinstance(user, User) or not user.is_active:
        return Rights()
    if user.is_superuser:
        return Rights(all=True, all_exactly=True)
    active = Membership.objects.filter(Q(end=None) | Q(end__gte=today), user=user, start__lte=today)
    rows = list(active.values_list("role", "agency", "agency__kind", "agency__county"))
    return Rights(
        own=frozenset(agency for role, agency, _, _ in rows if role in _OF_THE_AGENCY),
        counties=frozenset(
            county
            for role, _, kind, county in rows
            if role == Role.COUNTY_COORDINATOR and kind == AgencyKind.COUNTY_BOARD and county
        ),
        all=any(role in _OF_THE_SITE for role, *_ in rows),
        all_exactly=any(role == Role.ADMINISTRATOR for role, *_ in rows),
    )


def can_see_totals(user: Anyone, agency: Agency, today: datetime.date) -> bool:
    rights = rights_of(user, today)
    if rights.all or agency.pk in rights.own or agency.county_id in rights.counties:
        return True
    if not rights.own:
        return False
    after = lineage_of(agency.pk, successions_until(today), today).successors
    return not rights.own.isdisjoint(after)


def totals_visible_to(user: Anyone, today: datetime.date) -> QuerySet[Agency]:
    rights = rights_of(user, today)
    if rights.all:
        return Agency.objects.all()
    own = with_predecessors(rights.own, today)
    return Agency.objects.filter(Q(pk__in=own) | Q(county__in=rights.counties))


def sees_exactly(user: Anyone, today: datetime.date) -> frozenset[int] | Literal["all"]:
    """Primary keys of the agencies whose figures the person may see as they are, or ALL."""
    rights = rights_of(user, today)
    return ALL if rights.all_exactly else with_predecessors(rights.own, today)


def with_predecessors(agencies: Iterable[int], today: datetime.date) -> frozenset[int]:
    """The agencies and all that came before them: one query, none for no agency."""
    found = frozenset(agencies)
    if not found:
        return found
    edges = successions_until(today)
    return found.union(*(lineage_of(agency, edges, today).predecessors for agency in found))


def successions_until(today: datetime.date) -> list[Edge]:
    """All that went over into something by the day, that day included."""
    rows = SuccessionLink.objects.filter(successor__isnull=False, succession__date__lte=today)
    return [
        Edge(predecessor, successor, date)
        for predecessor, successor, date in rows.values_list(
            "predecessor_id", "successor_id", "succession__date"
        )
        if successor is not None
    ]
