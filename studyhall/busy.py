"""A database that is busy is no defect: come back in a moment."""

import sys

from django.db import OperationalError

from sources.errors import server_error as defect_page
from sources.errors import unavailable

WAIT = 2  # seconds
SIGNS = (
    "database is locked",
    "database table is locked",
    "deadlock detected",
    "could not obtain lock",
    "canceling statement due to lock timeout",
    "too many clients",
)


def is_busy(error):
    """True where waiting will help."""
    return isinstance(error, OperationalError) and any(
        sign in str(error) for sign in SIGNS
    )


def server_error(request):
    """The site's handler500: what a middleware met may be a busy database too."""
    if is_busy(sys.exc_info()[1]):
        return unavailable(request, WAIT)
    return defect_page(request)


class Busy:
    """Middleware: 503 with Retry-After where a view waited too long for a lock."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, error):
        """The page that says when to come back, or None for any other error."""
        return unavailable(request, WAIT) if is_busy(error) else None
