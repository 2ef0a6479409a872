"""Every way in which notes are read. Who may see a note is decided here."""

from django.db import models
from django.db.models import Q

WAITS = Q(standing="waiting") | Q(standing="approved", edit__state="waiting")
SHOWN = Q(visibility="public", standing="approved", deleted_at__isnull=True)


class NoteQuerySet(models.QuerySet):
    def shown(self):
        """Those that everyone may read, where their source is published too."""
        return self.filter(SHOWN, source__state="published")

    def visible_to(self, user):
        """What everyone may read, and one's own; nobody else's, whoever asks."""
        if user is None or not user.is_authenticated:
            return self.shown()
        own = Q(reader=user, deleted_at__isnull=True)
        return self.filter(own | SHOWN & Q(source__state="published"))

    def of(self, reader):
        """A reader's own, but for those that are deleted."""
        return self.filter(reader=reader, deleted_at__isnull=True)

    def for_moderators(self):
        """What its writer has made public, in whatever standing: all they may read."""
        return self.filter(visibility="public", deleted_at__isnull=True)

    def waiting(self):
        """Those on which, or on whose edit, a moderator must decide, oldest first."""
        waits = self.for_moderators().filter(WAITS)
        return waits.order_by("created_at", "pk")

    def on(self, source):
        return self.filter(source=source)

    def threads(self):
        """Without the replies, which stand under what they answer."""
        return self.filter(parent__isnull=True)
