"""Wires what happens at the door to the services that answer to it."""

from typing import Any

from allauth.account.signals import user_logged_in
from django.dispatch import receiver
from django.utils import timezone

from agencies.models import User
from agencies.services import welcome


@receiver(user_logged_in)
def on_signed_in(sender: type[User], user: User, **kwargs: Any) -> None:
    """Sent by allauth alone: not when an editor opens the admin with a password."""
    welcome(user, timezone.localdate())
