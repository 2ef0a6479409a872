"""Which versions of a note others may read beside its writer."""

from django.db.models import Exists, OuterRef

from studyhall.annotations.gate import PRIVATE, REFUSED
from studyhall.annotations.models import Act, NoteVersion


def readable(note, *, is_own):
    """Those that a reader may see of a note, in order: its writer sees all."""
    return list(note.versions.order_by("number")) if is_own else public(note)


def was_edited():
    """Whether others may see more than one version of a public note, for a query."""
    shown = NoteVersion.objects.filter(was_shown=True)
    later = shown.filter(note=OuterRef("note"), number__gt=OuterRef("number"))
    since = shown.filter(note=OuterRef("pk"), at__gte=OuterRef("created_at"))
    return Exists(since.filter(Exists(later)))


def public(note):
    """Those saved in public since the note was last made private or refused.

    The last one is what everyone reads now; an edit that waits is none of them.
    """
    versions, refused = list(note.versions.order_by("number")), _last_refused(note)
    read = [version for version in versions if version.was_shown][-1:]
    kept = []
    for version in versions:
        is_old = refused is not None and version.at <= refused
        if version.visibility == PRIVATE:
            kept = []
        elif version in read or (version.was_shown and not is_old):
            kept.append(version)
    return kept


def _last_refused(note):
    """When moderators last returned or hid it and did not undo that; None for never."""
    refused, was_refusal = [], False
    for act in note.acts.order_by("pk"):
        if act.deed == Act.Deed.UNDO and was_refusal:
            refused.pop()
        was_refusal = act.after in REFUSED
        if was_refusal:
            refused.append(act.at)
    return refused[-1] if refused else None
