"""What is known of people and agencies on a day. Reads, never writes."""

import datetime

from django.db.models import Case, Q, Value, When

from agencies.lineage import lineage
from agencies.models import Agency, AgencyDomain, Membership, Role, User


def agency_on(user: User, day: datetime.date) -> Agency | None:
    """The agency that a record of that day names: where the person is a learner, or else has
    the newest other role. One query."""
    active = Membership.objects.filter(Q(end=None) | Q(end__gte=day), user=user, start__lte=day)
    first = Case(When(role=Role.LEARNER, then=Value(0)), default=Value(1))
    membership = active.select_related("agency").order_by(first, "-start", "-pk").first()
    return membership.agency if membership else None


def domains_of(address: str) -> list[str]:
    """The domain of an e-mail address and those above it, nearest first, no top domain."""
    labels = address.rpartition("@")[2].lower().split(".")
    return [".".join(labels[start:]) for start in range(len(labels) - 1)]


def agency_of_address(address: str, day: datetime.date) -> Agency | None:
    """The agency whose e-mail domain is nearest to the address's own.

    If that agency is not active on the day: its successor, where only one of them is.
    """
    domains = domains_of(address)
    rows = AgencyDomain.objects.filter(domain__in=domains).select_related("agency")
    nearest = min(rows, key=lambda row: domains.index(row.domain), default=None)
    if nearest is None:
        return None
    agency: Agency = nearest.agency
    if is_active(agency, day):
        return agency
    after = Agency.objects.filter(pk__in=lineage(agency, day).successors)
    active = [successor for successor in after if is_active(successor, day)]
    return active[0] if len(active) == 1 else None


def is_active(agency: Agency, day: datetime.date) -> bool:
    started = agency.active_from is None or agency.active_from <= day
    return started and (agency.active_to is None or day <= agency.active_to)
