"""The pages below /konto/: the door, the code, one's own account, and out again."""

import logging

from allauth.account.utils import (
    get_login_redirect_url,
    get_next_redirect_url,
    passthrough_next_redirect_url,
)
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from agencies.forms import AddressForm, CodeForm, NameForm
from agencies.models import User
from agencies.selectors import agency_on
from agencies.services import set_name
from agencies.signin import SignIn, minutes_valid, one_at_a_time

logger = logging.getLogger(__name__)


@never_cache
def account(request: HttpRequest) -> HttpResponse:
    """The door, or for a person who is signed in, the account."""
    if not request.user.is_authenticated:
        return _door(request)
    if get_next_redirect_url(request) or "email" in request.POST:
        # Signed in in another tab since the door was opened in this one.
        return HttpResponseRedirect(get_login_redirect_url(request))
    return _own_account(request, request.user)


def _door(request: HttpRequest) -> HttpResponse:
    """Sends a code to the address, whether or not it is known."""
    form = AddressForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            SignIn.begin(request, form.cleaned_data["email"])
        except OSError:
            logger.exception("A code could not be sent.")
            form.add_error("email", _("The e-mail could not be sent. Try again in some minutes."))
        else:
            return _go("account_confirm_login_code", request)
    context = {"form": form, "next": get_next_redirect_url(request)}
    return render(request, "account/login.html", context)


@never_cache
def code(request: HttpRequest) -> HttpResponse:
    with one_at_a_time(request):
        if request.user.is_authenticated:
            return HttpResponseRedirect(get_login_redirect_url(request))
        sign_in = SignIn.pending(request)
        if sign_in is None:
            messages.error(request, _("The code is not valid any more. Ask for a new one."))
            return _go("account_login", request)
        form = CodeForm(request.POST if request.method == "POST" else None, code=sign_in.code)
        next_url = get_next_redirect_url(request)
        if form.is_valid():
            return sign_in.finish(next_url)
        if form.is_wrong() and not sign_in.record_invalid_attempt():
            messages.error(request, _("That was one try too many. Ask for a new code."))
            return _go("account_login", request)
    context = {"form": form, "next": next_url, "email": sign_in.email, "minutes": minutes_valid()}
    return render(request, "account/confirm_login_code.html", context)


def _own_account(request: HttpRequest, user: User) -> HttpResponse:
    form = NameForm(request.POST if request.method == "POST" else None, instance=user)
    if form.is_valid():
        set_name(user, **form.cleaned_data)
        messages.success(request, _("Your name is saved."))
        return redirect("account_login")
    context = {"form": form, "agency": agency_on(user, timezone.localdate())}
    return render(request, "account/account.html", context)


@never_cache
def sign_out(request: HttpRequest) -> HttpResponse:
    """By POST alone: a link from elsewhere signs nobody out."""
    if request.method == "POST":
        logout(request)
        messages.success(request, _("You are signed out."))
    return redirect("account_login")


@never_cache
def inactive(request: HttpRequest) -> HttpResponse:
    return render(request, "account/account_inactive.html")


def _go(name: str, request: HttpRequest) -> HttpResponse:
    """To a page of the sign-in, with the address to go to after it."""
    url = passthrough_next_redirect_url(request, reverse(name), REDIRECT_FIELD_NAME)
    return HttpResponseRedirect(url)
