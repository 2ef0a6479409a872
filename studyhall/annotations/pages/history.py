"""How a note was edited: others read only what was saved while it was public."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.shortcuts import render
from django.utils.translation import gettext

from sources.differences import Run, between
from studyhall.annotations import finding, versions
from studyhall.annotations.models import Annotation
from studyhall.annotations.pages.note import context_of


@dataclass(frozen=True)
class Saved:
    """One version: when, who could read it, and what it changed.

    It is numbered among those that its reader may see: no number tells of others.
    """

    number: int
    at: datetime
    is_public: bool
    runs: tuple[Run, ...]


def note_history(request, uuid):
    """The versions that this user may read, the newest first."""
    note = finding.readable(request.user, uuid)
    is_own = finding.is_own(note, request.user)
    readable = versions.readable(note, is_own=is_own)
    shown = [
        Saved(
            number=number,
            at=each.at,
            is_public=each.visibility == Annotation.Visibility.PUBLIC,
            runs=tuple(between(before.body if before else "", each.body)),
        )
        for number, (before, each) in enumerate(pairwise([None, *readable]), 1)
    ]
    context = context_of(request, note, gettext("History")) | {"versions": shown[::-1]}
    return render(request, "notes/history.html", context)
