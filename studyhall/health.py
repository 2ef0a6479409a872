"""Whether this process lives, and whether it is ready: for whoever watches the site."""

import time
from functools import cache as kept_for_good
from functools import lru_cache

from django.core.cache import cache
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sources.models import Question
from studyhall.busy import errors_of_redis

SIGN, SIGN_LASTS = "readyz", 60  # seconds
OK = "ok"
UNASKED = "not asked, for the database does not answer"
WAIT = 5  # seconds


@require_safe
@never_cache
def healthz(request):
    """`ok` from a process that lives; it asks nothing of anyone."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request):
    """200 if all that a page needs is there, else 503; one line for each part."""
    parts = parts_at(int(time.monotonic()))
    is_ready = all(word == OK for word in parts.values())
    return HttpResponse(
        "".join(f"{name}: {word}\n" for name, word in parts.items()),
        status=200 if is_ready else 503,
        content_type="text/plain",
        headers={} if is_ready else {"Retry-After": str(WAIT)},
    )


@lru_cache(maxsize=1)
def parts_at(second):
    """What each part says in this second: whoever asks more often costs nothing.

    How long a part may take is bounded where its connection is made.
    """
    database = _asked(_database)
    if database != OK:
        others = dict.fromkeys(("migrations", "cache", "library"), UNASKED)
        return {"database": database, **others}
    return {
        "database": database,
        "migrations": _asked(_migrations),
        "cache": _asked(_cache),
        "library": _asked(_library),
    }


def _asked(part):
    """What a part says; where it cannot be asked, that, and no word of the error."""
    try:
        return part()
    except (Error, *errors_of_redis()):
        return "does not answer"


def _database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return OK


def _migrations():
    applied = MigrationRecorder(connection).applied_migrations()
    missing = _last_migrations() - applied.keys()
    return f"{len(missing)} apps wait for `manage.py migrate`" if missing else OK


@kept_for_good
def _last_migrations():
    """The last migration of each app, as this release has them."""
    return frozenset(MigrationLoader(None).graph.leaf_nodes())


def _cache():
    """Written once a minute, for on SQLite every writing is a turn taken."""
    if cache.get(SIGN) != OK:
        cache.set(SIGN, OK, SIGN_LASTS)
        if cache.get(SIGN) != OK:
            return "does not keep what it is given"
    return OK


def _library():
    return OK if Question.objects.exists() else "empty: run `manage.py load_library`"
