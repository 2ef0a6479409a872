"""The one gate that writes the library.

    with change(source, opened=3, editor=user, why="a clearer summary") as claim:
        source.summary = ...
        source.save()

In one transaction it claims the record at the version it was opened at, lets the
caller save the record and all that is edited with it, and then keeps what follows
from it: rules, references, revisions, HTML, search row, redirects, followers, the
Change and the stamp. DESIGN.md, rule 5.
"""

from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import unquote

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from sources import followers, rendering, rereading, review, rules, search
from sources.derived import derive
from sources.kept import digest_of, kept_state
from sources.models import (
    Author,
    Change,
    FormerAddress,
    Revision,
    Source,
    Stamp,
    Work,
)


class Stale(Exception):
    """Someone saved the record since it was opened; `stored` is its state now."""

    def __init__(self, stored):
        super().__init__("Someone else has saved this record since you opened it.")
        self.stored = stored


class Claim:
    """A record that is being changed: `record` may be set by whoever makes it."""

    def __init__(self, record, previous_digest):
        self.record = record
        self.previous_digest = previous_digest
        self.places = _places(record)
        self.words = _words(record)
        self.as_read = rereading.as_read(record)
        self.state = {}


@dataclass(frozen=True)
class Made:
    """How a change came about: by whom, why, from which file, on whose words."""

    editor: object
    why: str
    loaded: str
    written_by: object
    proposal: object


@contextmanager
def change(
    record,
    *,
    opened=0,
    editor=None,
    why="",
    loaded="",
    written_by=None,
    proposal=None,
):
    """Change one record of the library, and all that is edited with it.

    `opened` is the version at which the editor opened the record (0 for a new
    one), `loaded` the digest of the file for a change by the loader, `written_by`
    who wrote what this editor keeps, where that is someone else, and `proposal` the
    Proposal that is kept. The body saves the record and its parts; a new record that
    is another instance than `record` is given as `claim.record`. Raises Stale if the
    record has moved on, ValidationError if a rule is broken (`review.TakesTwo` if a
    second editor must keep it); then nothing is written.
    """
    with transaction.atomic():
        # The stamp's row comes first: writers wait here, in one order, so that a
        # loader and an editor can never wait for each other.
        previous = _raise_stamp()
        claim, version = Claim(record, previous), record.version
        if editor is not None:
            claim.state = _stored_state(record)
        try:
            _take(record, opened)
            yield claim
            _keep(claim, Made(editor, why, loaded, written_by, proposal))
        except BaseException:
            record.version = version  # nothing is written: it may be tried again
            raise


def remove(rows):
    """Take rows out of a record that is being changed; its Changes keep them."""
    rows.delete()


@contextmanager
def rehearsal():
    """Whatever is changed inside is undone at its end; nothing of it is kept."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def keep_nothing():
    """Inside a rehearsal, after its change: what is worked out now is not kept."""
    Stamp.objects.filter(pk=1).update(digest="")


def hold():
    """Wait for the stamp's row and keep it until the transaction ends."""
    Stamp.objects.get_or_create(pk=1)
    Stamp.objects.select_for_update().get(pk=1)


def _raise_stamp():
    """Raise the stamp and wait for its row; the digest that it held is returned.

    While a change is open its digest is "", so that nothing that is worked out from
    what may yet be undone is kept under this stamp.
    """
    stamp = Stamp.objects.filter(pk=1)
    if not stamp.update(number=F("number") + 1):
        Stamp.objects.get_or_create(pk=1)  # two may make the first one at once
        stamp.update(number=F("number") + 1)
    number, digest = stamp.values_list("number", "digest").get()
    if number > 1 and not digest:
        raise RuntimeError("A change cannot be made inside another one.")
    stamp.update(digest="")
    return digest


def _take(record, opened):
    """Claim the record: exactly one of those who opened this version gets it."""
    if record.pk is not None:
        manager = type(record)._base_manager
        taken = manager.filter(pk=record.pk, version=opened).update(version=opened + 1)
        if not taken:
            raise Stale(manager.filter(pk=record.pk).first())
    record.version = opened + 1


def _keep(claim, made):
    """All that follows from a save, in the order of DESIGN.md, rule 5."""
    # One time for all that a save leaves: revisions of one save are known by it.
    now = timezone.now()
    given = claim.record
    record = type(given)._base_manager.get(pk=given.pk)
    if record.version == 0:  # saved as another instance than the one claimed
        record.version = 1
        record.save(update_fields=["version"])
    rules.check(record)
    _review(claim, record, made, now)
    for source in _sources_of(record):
        derive(source, now)
        search.keep(source)
    _keep_revisions(record, claim.words, now)
    record = type(record)._base_manager.get(pk=record.pk)
    if not isinstance(record, Source):
        search.keep(record)
    rendering.render(record)
    _follow_places(record, claim.places)
    rereading.follow(record, claim.as_read)
    _append(record, claim.previous_digest, made, now)
    given.version = record.version


def _stored_state(record):
    """The kept state of a record as the database holds it; {} for a new one."""
    stored = type(record)._base_manager.filter(pk=record.pk).first()
    return kept_state(stored) if stored else {}


def _review(claim, record, made, now):
    """Refuse what takes two editors; let the second one's name stand on bearings."""
    if made.editor is None:
        return
    save = review.Save(
        record,
        claim.state,
        kept_state(record),
        made.editor,
        made.why,
        made.written_by,
        made.proposal,
    )
    review.check(save)
    for key, is_second in review.signatures(save).items():
        bearing = record.bearings.get(pk=key)
        bearing.reviewed_by = made.editor if is_second else None
        bearing.reviewed_at = now if is_second else None
        bearing.save(update_fields=["reviewed_by", "reviewed_at"])


def _sources_of(record):
    """The sources whose reference, address or search row may have changed."""
    if isinstance(record, Source):
        return [record]
    if isinstance(record, Work):
        return list(record.sources.select_related("work"))
    if isinstance(record, Author):
        works = Source.objects.filter(work__author=record)
        return list(works.select_related("work"))
    return []


def _words(record):
    """The words of each text before the change, by the text's id."""
    if not isinstance(record, Source) or record.pk is None:
        return {}
    return {text.pk: text.words for text in record.texts.all()}


def _keep_revisions(record, before, now):
    """A Revision for each text that is new or has other words than before."""
    if not isinstance(record, Source):
        return
    for text in record.texts.all():
        if before.get(text.pk) == text.words:
            continue
        old = text.revisions.order_by("-number").first()
        text.number += 1
        text.save(update_fields=["number"])
        new = Revision.objects.create(
            text=text, number=text.number, words=text.words, at=now
        )
        if old is not None:
            followers.tell("text_changed", old, new)


def _places(record):
    """Where the record, and the sources that move with it, can be reached now."""
    if record.pk is None:
        return {}
    stored = type(record)._base_manager.filter(pk=record.pk).first()
    places = {}
    for row in [stored, *_sources_of(stored)] if stored else []:
        if hasattr(row, "get_absolute_url") and row.pk:
            key = (row._meta.model_name, row.pk)
            places[key] = (row.get_absolute_url(), _standing(row))
    return places


def _standing(row):
    """What decides how a mention of a source is written; None for other records."""
    if isinstance(row, Source):
        return (row.work_id, row.address, row.state, row.reference_en)
    return None


def _follow_places(record, before):
    """Redirects from addresses that changed; what mentions them is rendered again."""
    now = _places(record)
    mentioned = set()
    for key, (path, standing) in now.items():
        old_path, old_standing = before.get(key, (path, None))
        FormerAddress.objects.filter(path=unquote(path)).delete()
        if old_path != path:
            FormerAddress.objects.update_or_create(
                path=unquote(old_path), defaults={"kind": key[0], "record_id": key[1]}
            )
            followers.tell("address_changed", old_path, path)
        if standing and (standing != old_standing or old_path != path):
            mentioned.update(s[:2] for s in (standing, old_standing) if s)
    rendering.render_mentions_of(mentioned)


def _append(record, previous_digest, made, now):
    """Append the Change, chained to the row before it by its digest."""
    row = Change(
        kind=record._meta.model_name,
        record_id=record.pk,
        number=record.version,
        editor=made.editor,
        at=now,
        why=made.why,
        record=kept_state(record),
        loaded=made.loaded,
        previous_digest=previous_digest,
    )
    row.digest = digest_of(row)
    row.save()
    Stamp.objects.filter(pk=1).update(digest=row.digest)
