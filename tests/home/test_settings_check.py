"""Settings for production: no warning when they are there, a clear word when they are not."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

PRODUCTION = {
    "SNACKAN_ENV": "production",
    "SECRET_KEY": secrets.token_urlsafe(60),
    "ALLOWED_HOSTS": "example.org",
}
OWN = {
    "ALLOWED_HOSTS", "BASE_URL", "BEHIND_PROXY", "DATABASE_URL", "DATA_DIR", "DEFAULT_FROM_EMAIL",
    "DJANGO_ALLOW_ASYNC_UNSAFE", "DJANGO_SETTINGS_MODULE", "EMAIL_URL", "HSTS_SECONDS",
    "SECRET_KEY", "SNACKAN_ENV", "SSL_REDIRECT",
}  # fmt: skip


def manage(*arguments: str, data: Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """manage.py with `env` alone of the variables that the settings read."""
    inherited = {name: value for name, value in os.environ.items() if name not in OWN}
    return subprocess.run(  # noqa: S603  our own command
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR, env=inherited | env | {"DATA_DIR": str(data)},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def test_production_passes_the_deployment_check_without_a_warning(tmp_path: Path) -> None:
    found = manage("check", "--deploy", "--fail-level", "DEBUG", data=tmp_path, env=PRODUCTION)
    assert found.returncode == 0, found.stderr
    assert found.stderr == ""
    assert "0 silenced" in found.stdout
    assert "WARNING" not in found.stdout


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS"])
@pytest.mark.parametrize("value", [None, "", "  "], ids=["unset", "empty", "blank"])
def test_production_refuses_to_start_without(
    tmp_path: Path, missing: str, value: str | None
) -> None:
    env = {name: text for name, text in PRODUCTION.items() if name != missing}
    found = manage("check", data=tmp_path, env=env if value is None else env | {missing: value})
    assert found.returncode != 0
    assert f"{missing} must be set in the environment." in found.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("name", "value"),
    [("SNACKAN_ENV", "prod"), ("SSL_REDIRECT", "maybe"), ("HSTS_SECONDS", "a year")],
)
def test_a_value_that_is_not_understood_is_refused_by_name(
    tmp_path: Path, name: str, value: str
) -> None:
    found = manage("check", data=tmp_path, env=PRODUCTION | {name: value})
    assert found.returncode != 0
    told = found.stderr.splitlines()[-1]
    assert name in told
    assert repr(value) in told


def test_development_needs_no_variable(tmp_path: Path) -> None:
    found = manage("check", data=tmp_path, env={})
    assert (found.returncode, found.stderr) == (0, "")
