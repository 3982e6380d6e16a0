"""The fixed cast: nobody in particular, and the demo accounts of the site."""

from django.test import Client

from agencies.models import User
from home.demo import ACCOUNTS, make_demo

STRANGER = "stranger"
CAST = (STRANGER, *(account.role for account in ACCOUNTS))


def browser_of(role: str) -> Client:
    """A client signed in as one of the cast; the stranger has no account."""
    client = Client()
    if role != STRANGER:
        make_demo()
        email = next(account.email for account in ACCOUNTS if account.role == role)
        client.force_login(User.objects.get(email=email))
    return client
