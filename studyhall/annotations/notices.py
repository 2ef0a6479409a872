"""What a reader is told once: on the site, and by mail who asks for it."""

from collections import Counter
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from sources.models import Source
from studyhall.annotations.models import Annotation, Notice


@dataclass(frozen=True)
class Told:
    """A notice as its page shows it.

    `note` is None where the reader may no longer read it; `words` are those under
    the note now, "" where it stands on none that the reader may see.
    """

    notice: Notice
    note: Annotation | None
    words: str

    @property
    def must_be_attached(self):
        """Whether the words that it was on are not where it could stand."""
        return self.note is not None and self.note.anchor != Annotation.Anchor.ANCHORED


def unread(reader):
    """The notices that this reader has not yet said to have read."""
    return Notice.objects.filter(reader=reader, read_at__isnull=True)


def mark_read(reader, last):
    """Everything up to this notice, by its key, is read now."""
    unread(reader).filter(pk__lte=last).update(read_at=timezone.now())


def tell_moved(told, now):
    """Tell the writers of notes, given as (note, words before) pairs, of a change.

    Who has not read that a note's words changed is not told again: the page shows
    the words of then, and those of now. Former readers and deleted notes have nobody
    to be told.
    """
    told = [
        (note, words)
        for note, words in told
        if note.reader_id is not None and note.deleted_at is None
    ]
    kind = Notice.Kind.MOVED
    waiting = Notice.objects.filter(
        kind=kind, read_at__isnull=True, note__in=[note.pk for note, _words in told]
    )
    known = set(waiting.values_list("note_id", flat=True))
    new = [
        Notice(reader_id=note.reader_id, note=note, kind=kind, words=words, at=now)
        for note, words in told
        if note.pk not in known
    ]
    Notice.objects.bulk_create(new)
    if new:
        counts = Counter(notice.reader_id for notice in new)
        transaction.on_commit(partial(_mail, counts), robust=True)


def _mail(counts):
    """Write to those who ask for it, once each: how many, and where to read of it.

    `counts` are notes by their reader's key. No word of a note or a text is sent.
    """
    asked = get_user_model().objects.filter(
        pk__in=counts, wants_mail=True, is_active=True
    )
    subject = gettext("studyhall: words under your notes have changed")
    mails = [
        EmailMessage(subject, _sentences(counts[reader.pk]), to=[reader.email])
        for reader in asked
    ]
    if mails:
        get_connection(fail_silently=True).send_messages(mails)


def _sentences(count):
    said = ngettext(
        "The words under %d note of yours have changed. The note is kept.",
        "The words under %d notes of yours have changed. The notes are kept.",
        count,
    )
    where = gettext("Read what changed on the site, after signing in: %s")
    return f"{said % count}\n\n{where % (_site() + reverse('notices'))}\n"


def _site():
    """The site's own address, as "https://example.org": no request tells it here."""
    scheme = "https" if settings.HTTPS else "http"
    return f"{scheme}://{settings.ALLOWED_HOSTS[0].removeprefix('.')}"


def settled(note):
    """The writer has seen to the note's place: there is nothing left to tell of it."""
    waiting = Notice.objects.filter(
        note=note, reader=note.reader, kind=Notice.Kind.MOVED, read_at__isnull=True
    )
    waiting.update(read_at=timezone.now())


def shown(reader, notices):
    """These notices of a reader as their page shows them: in constant queries."""
    keys = [notice.note_id for notice in notices]
    own = Annotation.objects.of(reader) | Annotation.objects.visible_to(reader)
    rows = own.filter(pk__in=keys).select_related("source__work", "text", "holds_on")
    rows = rows.defer("text__words", "body", "body_html")
    notes = {note.pk: note for note in rows}
    sources = Source.objects.visible_to(reader).filter(
        pk__in=[note.source_id for note in notes.values()]
    )
    seen = set(sources.values_list("pk", flat=True))
    return [_told(notice, notes.get(notice.note_id), seen) for notice in notices]


def _told(notice, note, seen):
    """Nothing of a text that this reader may not see, or where the note is lost."""
    if note is None or note.holds_on_id is None or note.source_id not in seen:
        return Told(notice, note, "")
    if note.anchor != Annotation.Anchor.ANCHORED:
        return Told(notice, note, "")
    return Told(notice, note, note.holds_on.words[note.start : note.end])
