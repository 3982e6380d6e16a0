"""What is written about people: who somebody is, and which agency they belong to."""

import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.db.models.functions import Lower

from agencies.models import Membership, Role, User
from agencies.selectors import agency_of_address


def person_with(email: str) -> User:
    """The person with an address in lower case that has been proved, made if there is none."""
    people = User.objects.alias(address=Lower("email")).filter(address=email)
    if person := people.first():
        return person
    try:
        with transaction.atomic():
            return User.objects.create_user(email)
    except IntegrityError:
        # Made by the same person in another tab, since we looked.
        return people.get()


def set_name(user: User, first_name: str, last_name: str) -> None:
    user.first_name, user.last_name = first_name, last_name
    user.save(update_fields=["first_name", "last_name"])


def welcome(user: User, today: datetime.date) -> Membership | None:
    """Makes a person who belongs to no agency a learner in the one that the address shows.

    To be called when the person has just proved to read mail at the address. The membership
    that was made, or None where there is one already or no agency fits.
    """
    if user.memberships.filter(Q(end=None) | Q(end__gte=today)).exists():
        return None
    agency = agency_of_address(user.email, today)
    if agency is None:
        return None
    try:
        with transaction.atomic():
            return Membership.objects.create(
                user=user, agency=agency, role=Role.LEARNER, start=today
            )
    except IntegrityError:
        # The database refuses a second one: another sign-in was quicker.
        return None
