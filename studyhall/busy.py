"""What is no defect: a database that is busy, away or full, and a cache that is away.

Each is answered by a page that needs none of them, says when to come back, and holds
the form that was sent. A reading whose connection was lost is asked once more.
"""

import sys
import time
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError, Error, InterfaceError, OperationalError, connection
from django.utils.translation import gettext_noop

from sources.errors import BUSY as BUSY_SENTENCE
from sources.errors import server_error as defect_page
from sources.errors import unavailable

READINGS = ("GET", "HEAD")
SOON = 1  # seconds within which a reading may be asked again: nobody waits for long


@dataclass(frozen=True)
class Trouble:
    """Why the site cannot answer now: its status, seconds to wait, and a sentence."""

    status: int
    wait: int
    sentence: str


BUSY = Trouble(503, 2, BUSY_SENTENCE)
AWAY = Trouble(
    503,
    5,
    gettext_noop(
        "The library cannot be reached just now. Try again in a few seconds: what is "
        "sent twice is kept once."
    ),
)
FULL = Trouble(
    507,
    60,
    gettext_noop(
        "There is no room left where the library is kept, so nothing was saved. Keep "
        "what you typed, and send it again later."
    ),
)
UNCOUNTED = Trouble(
    503,
    60,
    gettext_noop(
        "The part of the site that counts tries is away, and what needs it, such as a "
        "new password, waits for it. Nothing was changed: try again in a minute."
    ),
)

# SQLite says these in the same words everywhere.
SIGNS = {
    "database is locked": BUSY,
    "database table is locked": BUSY,
    "database or disk is full": FULL,
}
# PostgreSQL says them in the language of its host, and by code: the longest fits.
STATES = {
    "08": AWAY,  # the connection
    "57P": AWAY,  # the server is shut down or starts
    "53": AWAY,  # no connection or no memory is left
    "53100": FULL,
    "40001": BUSY,
    "40P01": BUSY,  # a deadlock
    "55P03": BUSY,  # a lock was not to be had in time
    "57014": BUSY,  # a statement took too long
}


def trouble_of(error):
    """The Trouble that an exception means, or None where it is a defect."""
    if isinstance(error, errors_of_redis()) or _is_of_cache(error):
        return UNCOUNTED
    if not isinstance(error, Error):
        return None
    if not hasattr(error.__cause__, "pgcode"):
        found = (SIGNS[sign] for sign in SIGNS if sign in str(error))
        return next(found, None) if isinstance(error, OperationalError) else None
    state = error.__cause__.pgcode
    if state is None:
        return AWAY if _is_lost(error) else None
    return next((STATES[state[:n]] for n in (5, 3, 2) if state[:n] in STATES), None)


def errors_of_redis():
    """The classes of what redis raises: none where it was never loaded."""
    redis = sys.modules.get("redis.exceptions")
    return (redis.RedisError,) if redis else ()


def _is_of_cache(error):
    """Whether the database says that the table which is the cache is not there."""
    table = settings.CACHES["default"].get("LOCATION")
    return isinstance(error, DatabaseError) and bool(table) and table in str(error)


def _is_lost(error):
    """Whether psycopg2 means the connection: then the server has sent no code."""
    if isinstance(error, InterfaceError):
        return "connection already closed" in str(error)
    return type(error) in (OperationalError, DatabaseError)


def answer_to(request, trouble):
    """The page about a Trouble. It keeps nothing: its session stays as it was."""
    if hasattr(request, "session"):
        request.session.modified = False
    request.has_lost_connection = trouble is AWAY
    return unavailable(request, trouble.wait, trouble.status, trouble.sentence)


def server_error(request):
    """The site's handler500: what a middleware met may be no defect too."""
    trouble = trouble_of(sys.exc_info()[1])
    return answer_to(request, trouble) if trouble else defect_page(request)


class Busy:
    """Middleware: says when to come back, where what is needed is busy or away."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        end = time.monotonic() + SOON
        response = self.get_response(request)
        if (
            getattr(request, "has_lost_connection", False)
            and request.method in READINGS
            and time.monotonic() < end
            and not connection.in_atomic_block
        ):
            connection.close()
            response = self.get_response(request)
        return response

    def process_exception(self, request, error):
        """The page that says when to come back, or None for a defect."""
        trouble = trouble_of(error)
        return answer_to(request, trouble) if trouble else None
