"""Rendering again what reads otherwise once a work has other titles or bounds.

What named the work before has left its Mention. What could not be read then has left
nothing: it is found by its words, as the search tables hold them, so that a new title
costs one question however large the library is. What is not searched (the reasoning
of a draft bearing) waits for its next save, or for `manage.py render`.
"""

from dataclasses import astuple

from django.db import connection

from sources import catalogue, rendering, search_tables
from sources.models import Mention, SearchDocument, Work
from sources.models.ledger import SEARCHED
from sources.search.query import Alternative, stemmed

MOST = 2000
"""Documents that are looked at for one change; the rest wait for `render`."""


def as_read(record):
    """What citations are read by, of a work as it is stored; None of all else."""
    if not isinstance(record, Work) or record.pk is None:
        return None
    stored = Work.objects.select_related("explains").filter(pk=record.pk).first()
    return catalogue.as_reference_work(stored) if stored else None


def follow(record, before):
    """Render again what names this work, or could by its new titles.

    `before` is what `as_read` said of it before the change.
    """
    now = as_read(record)
    # Works are equal by their slugs alone.
    if now is None or (before is not None and astuple(now) == astuple(before)):
        return
    mentions = Mention.objects.filter(work=record.pk)
    chosen = set(mentions.values_list("kind", "record_id"))
    new = _names(now)
    if before is not None and _reach(before) == _reach(now):
        new -= _names(before)
    rendering.render_each(chosen | holding(new))


def holding(names):
    """(kind, id) of the records whose prose holds any of these folded titles."""
    if not names:
        return set()
    clause = tuple(Alternative(tuple(name.split())) for name in sorted(names))
    documents = search_tables.held_by(SearchDocument.objects, connection, [clause])
    columns = documents.values_list("body", *(f"{kind}_id" for kind in SEARCHED))
    found = set()
    for body, *ids in columns[:MOST]:
        # The titles of a source hold its own work's: that is no mention.
        if any(f" {name} " in f" {body} " for name in names):
            found |= {(k, key) for k, key in zip(SEARCHED, ids, strict=True) if key}
    return found


def _names(work):
    """The titles of a work, and its commentator's names, as documents hold them."""
    titles = [work.title, work.title_he]
    titles += [title.text for title in (*work.titles, *work.commentator)]
    return set(filter(None, map(stemmed, titles)))


def _reach(work):
    """What decides which places of a work there are."""
    return work.scheme, work.bounds, work.explains
