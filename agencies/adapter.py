"""Where this site does otherwise than allauth."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from agencies.services import welcome

LONGEST_ADDRESS = 2000


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _("That is not the code. Take it from the newest e-mail."),
    }

    def is_safe_url(self, url: str) -> bool:
        """Whether to go there after signing in: to a path of this site, and not to a monster."""
        short = url.startswith("/") and len(url) <= LONGEST_ADDRESS
        return short and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Not when an editor opens the admin with a password. The agency is found first: what
        waited for the sign-in is counted for it."""
        if isinstance(user, User):
            welcome(user, timezone.localdate())
        super().login(request, user)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """None of allauth's: what is not shown at once would lie in a cookie. Views say theirs."""
