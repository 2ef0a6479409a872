"""Which versions of a note others may read beside its writer."""

from studyhall.annotations.gate import PRIVATE, REFUSED
from studyhall.annotations.models import Act


def public(note):
    """Those saved in public since the note was last made private or refused.

    The last one is what everyone reads now.
    """
    versions, refused = list(note.versions.order_by("number")), _last_refused(note)
    kept = []
    for version in versions:
        is_old = refused is not None and version.at <= refused
        if version.visibility == PRIVATE:
            kept = []
        elif version is versions[-1] or (version.was_shown and not is_old):
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
