"""Lists of notes, the newest first, read on from where a page ended.

A page's address names the last note that was read by its time and its uuid, so that
notes written since move nothing, and no number tells how many notes there are.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q

from studyhall.annotations import shown
from studyhall.annotations.models import Annotation

ON_A_PAGE = 30
_AFTER = re.compile(r"(\d{8}T\d{12})-([0-9a-f]{32})", re.ASCII)
_TIME = "%Y%m%dT%H%M%S%f"


class NoSuchPage(ValueError):
    """An address that reads on from nowhere; the message is a sentence."""


@dataclass(frozen=True)
class Listed:
    """One page of notes; `older` is the query of the next, "" at the end."""

    notes: list[Annotation]
    older: str = ""
    is_first: bool = True


def page(notes, request, **terms):
    """The page of these notes that the address asks for; `terms` stay in it.

    Raises NoSuchPage.
    """
    after = request.GET.get("after", "")
    notes = notes.order_by("-created_at", "-uuid")
    if after:
        at, uuid = read_on(after)
        same = Q(created_at=at, uuid__lt=uuid)
        notes = notes.filter(Q(created_at__lt=at) | same)
    found = list(for_list(notes)[: ON_A_PAGE + 1])
    listed, more = found[:ON_A_PAGE], found[ON_A_PAGE:]
    kept = {name: value for name, value in terms.items() if value}
    older = f"?{urlencode(kept | {'after': name_of(listed[-1])})}" if more else ""
    return Listed(listed, older, is_first=not after)


def for_list(notes):
    """The notes with all that a list shows of each: two queries."""
    return shown.for_page(notes).select_related(
        "reader", "position", "text", "source__work", "edit__position"
    )


def name_of(note):
    """What names a note in the address of what follows it."""
    return f"{note.created_at.astimezone(UTC):{_TIME}}-{note.uuid.hex}"


def read_on(after):
    """(time, uuid) of the note that an address names. Raises NoSuchPage."""
    found = _AFTER.fullmatch(after)
    try:
        if found:
            at = datetime.strptime(found[1], _TIME).replace(tzinfo=UTC)
            return at, UUID(found[2])
    except ValueError as problem:
        raise NoSuchPage("There is no such page of this list.") from problem
    raise NoSuchPage("There is no such page of this list.")
