"""Typed readers of environment variables, which refuse what they do not understand."""

import os
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off"}
_MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


@dataclass(frozen=True)
class MailServer:
    """`kind` is the backend's name in Django: smtp or console."""

    kind: str
    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False


def text(name: str, default: str | None = None) -> str:
    """The variable's value. Without a default it is required.

    Raises ImproperlyConfigured where it is required and empty or missing.
    """
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise ImproperlyConfigured(f"{name} must be set in the environment.")
    return default


def boolean(name: str, default: bool) -> bool:
    """True for 1, true, yes or on; False for 0, false, no or off, in any case."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if value.lower() in _TRUE:
        return True
    if value.lower() in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be true or false, not {value!r}.")


def integer(name: str, default: int, minimum: int = 0) -> int:
    """A whole number, not below `minimum`."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    try:
        number = int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from None
    if number < minimum:
        raise ImproperlyConfigured(f"{name} must be at least {minimum}, not {number}.")
    return number


def words(name: str, default: list[str] | None = None) -> list[str]:
    """Items parted by commas. Without a default at least one is required."""
    value = os.environ.get(name, "")
    found = [item.strip() for item in value.split(",") if item.strip()]
    if not found and default is None:
        raise ImproperlyConfigured(f"{name} must be set in the environment.")
    return found or default or []


def choice(name: str, allowed: Collection[str], default: str) -> str:
    """One of `allowed`."""
    value = text(name, default)
    if value not in allowed:
        raise ImproperlyConfigured(
            f"{name} must be one of {', '.join(sorted(allowed))}, not {value!r}."
        )
    return value


def mail_server(name: str, default: str) -> MailServer:
    """`smtp://host`, `smtp+tls://` (STARTTLS) or `smtps://user:password@host:port`; `console:`.

    User and password are percent-encoded. The message of a refusal does not hold the value.
    """
    value = text(name, default)
    if value == "console:":
        return MailServer("console")
    try:
        return _smtp_server(value)
    except (KeyError, ValueError):
        raise ImproperlyConfigured(
            f"{name} must be such as smtp+tls://user:password@host:587, smtps://host or console:."
        ) from None


def _smtp_server(value: str) -> MailServer:
    """Raises KeyError or ValueError where the address is none, or holds more than it may."""
    url = urlsplit(value)
    usual = _MAIL_PORTS[url.scheme]
    if not url.hostname or url.path.strip("/") or url.query or url.fragment:
        raise ValueError
    return MailServer(
        kind="smtp",
        host=url.hostname,
        port=url.port or usual,
        user=unquote(url.username or ""),
        password=unquote(url.password or ""),
        starttls=url.scheme == "smtp+tls",
        tls=url.scheme == "smtps",
    )
