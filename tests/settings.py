"""The site's settings, faster where only tests may be."""

import os
import tempfile
from pathlib import Path

from studyhall import settings as site

# Browser tests run an event loop beside the ORM's own threads.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

globals().update({name: value for name, value in vars(site).items() if name.isupper()})

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = site.STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}

DATABASES = {"default": dict(site.DATABASES["default"])}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, for threads that write at once lock a database in memory otherwise
    # than one on disk; one for each run, so that two runs do not meet.
    name = f"studyhall-test-{os.getpid()}.sqlite3"
    DATABASES["default"]["TEST"] = {"NAME": str(Path(tempfile.gettempdir()) / name)}
    DATABASES["default"]["OPTIONS"] = DATABASES["default"]["OPTIONS"] | {
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
    }
