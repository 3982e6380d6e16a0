"""Settings of the test suite: those of development, with what makes tests quick and apart."""

import tempfile
from pathlib import Path

import dj_database_url

from config import env
from config.settings import *  # noqa: F403

if url := env.text("TEST_DATABASE_URL", ""):
    DATABASES = {"default": dj_database_url.parse(url)}
    DATABASES["default"]["TEST"] = {"NAME": f"test_{DATABASES['default']['NAME']}_snackan"}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="snackan-media-"))
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DEBUG = False
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
