"""What the log says of an event: one line, and nothing that anyone wrote or is.

No body, query string, name, address of mail or of a machine, and no words of an
exception, which may quote a row: its kind and where it was raised, without values.
"""

import json
import logging
import re
import traceback
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path

from django.http import HttpRequest

BASE = f"{Path(__file__).resolve().parent.parent.parent}/"
OURS = ("studyhall", "sources")  # loggers whose arguments we answer for
HIDDEN = {"name", "token", "key", "uidb36"}  # parts of an address that name or admit
GONE = "…"
LONGEST = 300  # characters of a message or a path
DEEPEST = 30  # frames
PERSONAL = re.compile(
    r"[^\s/@\"'<>]+@[^\s/@\"'<>]+|\b\d{1,3}(?:\.\d{1,3}){3}\b|\b(?:[0-9a-f]*:){3,}\S*"
)
REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record):
        return json.dumps(told(record))


class PlainLines(logging.Formatter):
    """The same for a person's eyes: a line, and one for each frame."""

    def format(self, record):
        said = told(record)
        frames = said.pop("trace", [])
        first = " ".join(repr(str(value))[1:-1] for value in said.values())
        return "\n    ".join([first, *frames])


def told(record):
    """All that is said of a record: a dictionary of texts, numbers and lists."""
    moment = datetime.fromtimestamp(record.created, UTC)
    return {
        "time": moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "level": record.levelname,
        "logger": record.name,
        "message": _scrubbed(_message(record)),
        **_request(record),
        **_error(record),
    }


def _message(record):
    """What happened, without what Django or a library would put into the words."""
    if record.name.startswith(OURS):
        return record.getMessage()
    if record.name.startswith("django.security."):
        return record.name.removeprefix("django.security.")
    status = getattr(record, "status_code", None)
    if status in {*HTTPStatus}:
        return HTTPStatus(status).phrase
    return str(record.msg).partition("\n")[0]


def _request(record):
    """The method, the path and the status; the proxy's name for the request."""
    request = getattr(record, "request", None)
    if not isinstance(request, HttpRequest):
        return {}
    found = {
        "status": getattr(record, "status_code", None),
        "method": request.method,
        "path": _scrubbed(path_of(request)),
    }
    name = request.META.get("HTTP_X_REQUEST_ID", "")
    return found | ({"request": name} if REQUEST_ID.fullmatch(name) else {})


def path_of(request):
    """The path without what names a person or lets one in.

    Of an address that is none of ours the first part alone: it may be anything.
    """
    match = request.resolver_match
    if match is None:
        first, slash, _ = request.path[1:].partition("/")
        return f"/{first}/{GONE}" if slash else f"/{first}"
    path = request.path
    for name in HIDDEN & match.kwargs.keys():
        path = path.replace(str(match.kwargs[name]), GONE)
    return path


def _error(record):
    """The kinds of the exceptions, the last first, and where the last came from."""
    error = record.exc_info[1] if record.exc_info else None
    if error is None:
        return {}
    frames = traceback.extract_tb(error.__traceback__)[-DEEPEST:]
    trace = [
        f"{frame.filename.removeprefix(BASE)}:{frame.lineno} {frame.name}"
        for frame in frames
    ]
    kinds = []
    while error is not None and len(kinds) < DEEPEST:
        kinds.append(f"{type(error).__module__}.{type(error).__qualname__}")
        error = error.__cause__ or error.__context__
    return {"error": kinds, "trace": trace}


def _scrubbed(words):
    return PERSONAL.sub(GONE, words[:LONGEST])
