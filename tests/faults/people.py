"""What the faults need in the site's database; run inside it by `manage.py shell`."""

import json
from pathlib import Path

from django.conf import settings
from django.contrib.auth import login
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.http import HttpRequest

from studyhall.annotations.models import Annotation
from tests import make

WORDS, ENGLISH = "כי טוב\nכי לעולם חסדו", "For it is good\nFor ever is His kindness"


def prepare(path, readers):
    """Make a source and so many readers; write its address and their sessions."""
    source = make.source("9b", words=WORDS, translation=ENGLISH, supports="before")
    said = {"source": source.get_absolute_url(), "sessions": []}
    for _ in range(readers):
        request = HttpRequest()
        request.session = SessionStore()
        login(request, make.reader(), backend=settings.AUTHENTICATION_BACKENDS[0])
        request.session.save()
        said["sessions"].append(request.session.session_key)
    Path(path).write_text(json.dumps(said))


def notes(path):
    """Write the words of every note."""
    bodies = [*Annotation.objects.values_list("body", flat=True)]
    Path(path).write_text(json.dumps(bodies))


def lose_cache(path):
    """Take away the table that is the cache."""
    table = settings.CACHES["default"]["LOCATION"]
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {table}")
    Path(path).write_text(json.dumps(table))
