"""What readers leave for the editors' desk: named in LIBRARY_DESK."""

from django.urls import reverse
from django.utils.translation import gettext as _

from sources.desk.worklist import Item
from studyhall.annotations import corrections, flags, moderating
from studyhall.annotations.models import Annotation, Correction


def from_readers(user):
    """The lines of the desk that this user may do something about."""
    return [*_for_moderators(user), *_for_editors(user)]


def _for_moderators(user):
    if not user.has_perm(moderating.RIGHT):
        return
    yield Item(
        _("notes waiting for a moderator"),
        reverse("moderation"),
        Annotation.objects.waiting().count(),
        _("A newcomer’s note is public once someone has read it."),
    )
    yield Item(
        _("notes that readers flagged"),
        reverse("moderation_flagged"),
        flags.flagged().count(),
        _("Keep each, or return or hide it with a reason."),
    )


def _for_editors(user):
    if not user.has_perm(corrections.RIGHT):
        return
    yield Item(
        _("corrections waiting"),
        reverse("moderation_corrections"),
        Correction.objects.waiting().count(),
        _("Someone has named a mistake: mend it, or keep it as it is."),
    )
    yield Item(
        _("notes with a mistake or another reading"),
        reverse("moderation_readings"),
        corrections.notes_waiting().count(),
        _("Take each up with credit, or keep the source as it is."),
    )
