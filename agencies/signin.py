"""Signing in by a code that is sent by e-mail. The address need not be known beforehand.

allauth keeps the code in the session and counts the tries. Its own process sends no code to an
unknown address, but a letter that says so. Here known and unknown addresses take the same way:
who the person is, is asked when the code is right.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from allauth.account import app_settings
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from django.contrib.sessions.models import Session
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from agencies.services import person_with


class SignIn(LoginCodeVerificationProcess):
    """One code, sent to one address, for one session."""

    @classmethod
    def begin(cls, request: HttpRequest, email: str) -> None:
        """Sends a code, which takes the place of one that the session had.

        Raises OSError (as SMTPException is) where the mail could not be sent.
        """
        login = Login(email=email)
        login.state["stages"] = {"current": LoginByCodeStage.key}
        stage = LoginByCodeStage(LoginStageController(request, login), request, login)
        stage.state.update(cls.initial_state(user=None, email=email), initiated_by_user=True)
        process = cls(stage)
        process.send()
        process.persist()

    @classmethod
    def pending(cls, request: HttpRequest) -> "SignIn | None":
        """The session's own, as long as its code is valid."""
        stage = LoginStageController.enter(request, LoginByCodeStage.key)
        process: SignIn | None = cls(stage).abort_if_invalid() if stage else None
        return process

    @property
    def email(self) -> str:
        return str(self.state["email"])

    def send_by_email(self, email: str, skip_enumeration_mails: bool = False) -> None:
        send_code(self.request, email, self.generate_code())

    def finish(self, redirect_url: str | None) -> HttpResponse:
        self._user = person_with(self.email)
        response: HttpResponse = super().finish(redirect_url)
        return response


def minutes_valid() -> int:
    return app_settings.LOGIN_BY_CODE_TIMEOUT // 60


def send_code(request: HttpRequest, email: str, code: str) -> None:
    """In the language that is active, as text and as HTML."""
    context = {"code": code, "minutes": minutes_valid()}
    subject, text, html = (
        render_to_string(name, context, request).strip()
        for name in ("email/code_subject.txt", "email/code.txt", "email/code.html")
    )
    message = EmailMultiAlternatives(
        subject, text, to=[email], headers={"Auto-Submitted": "auto-generated"}
    )
    message.attach_alternative(html, "text/html")
    message.send()


@contextmanager
def one_at_a_time(request: HttpRequest) -> Iterator[None]:
    """Tries that one session sends side by side wait for each other, so that each is counted.

    To be entered before anything has read the session. On PostgreSQL its row is locked, on
    SQLite the transaction itself lets nobody else write.
    """
    session = request.session
    with transaction.atomic():
        key = session.session_key
        Session.objects.select_for_update().filter(pk=key).first()
        yield
        if session.modified and session.session_key == key:
            # The middleware would save it once more when others have gone on.
            session.save()
            session.modified = False
