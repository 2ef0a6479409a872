"""Who writes to SQLite takes a turn.

SQLite lets one write at a time and has no queue: those who wait ask it again and again,
and of many some wait for long. In a process they wait for one another here instead.
"""

from threading import Lock

from django.core.exceptions import MiddlewareNotUsed
from django.db import connection

from studyhall.busy import READINGS

LONGEST = 2  # seconds; then it tries all the same, for what goes before may not write


class Turns:
    """Middleware: what may write goes one by one, where the database is SQLite."""

    def __init__(self, get_response):
        if connection.vendor != "sqlite":
            raise MiddlewareNotUsed
        self.get_response, self.turn = get_response, Lock()

    def __call__(self, request):
        if request.method in READINGS:
            return self.get_response(request)
        has_turn = self.turn.acquire(timeout=LONGEST)
        try:
            return self.get_response(request)
        finally:
            if has_turn:
                self.turn.release()
