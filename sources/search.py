"""Finding sources by words: one function over both databases.

Every term must be held by a source's reference, titles, words or summary; points,
case and quotes are passed over. Never more than a thousand sources are looked at,
so a common word costs no more in a large library than in a small one.
"""

from dataclasses import dataclass, field

from django.db import connections

from sources import search_tables
from sources.models import Source
from sources.text import clean_text, fold

MOST = 1000
"""Sources that one search looks at; a total of this many may stand for more."""

LONGEST = 300
"""Code points of a query that are read."""

MOST_TERMS = 12

# Bytes of each field: together they stay within what PostgreSQL can index of one row.
_TITLES_BYTES = 20_000
_WORDS_BYTES = 280_000
_BODY_BYTES = 100_000


@dataclass(frozen=True)
class Results:
    """What a search found: one page of sources, and how many there are in all.

    `total` counts up to a thousand; `is_capped` says that there are more.
    """

    query: str
    terms: tuple[str, ...]
    sources: list[Source] = field(default_factory=list)
    total: int = 0
    is_capped: bool = False
    pages: int = 0


def find(query, user, page=1, size=20):
    """The sources visible to this user that hold every term of the query.

    Those whose reference or titles hold them come first; then by generation. No
    query is malformed: what is neither letter nor digit is passed over.
    """
    terms = terms_of(query)
    if not terms:
        return Results(query, terms)
    ids, is_capped = _found(terms, user)
    start = (max(page, 1) - 1) * size
    return Results(
        query,
        terms,
        _in_given_order(ids[start : start + size]),
        len(ids),
        is_capped,
        -(-len(ids) // size),
    )


def terms_of(query):
    """The folded words of a query, each once: twelve at most."""
    words = fold(clean_text(query[:LONGEST])).split()
    return tuple(dict.fromkeys(words))[:MOST_TERMS]


def document_for(source):
    """The folded fields of a source's SearchDocument.

    Asks nothing more of the database where the source's work with its author and
    titles, its texts and its bearings are fetched already. Bearings count only when
    published, whoever searches.
    """
    return {
        "titles": _folded(_titles_of(source), _TITLES_BYTES),
        "words": _folded([text.words for text in source.texts.all()], _WORDS_BYTES),
        "body": _folded(_body_of(source), _BODY_BYTES),
    }


def _found(terms, user):
    """The ids of all that was found, in order, and whether there are more."""
    visible = Source.objects.visible_to(user)
    titled = _holding(visible, terms, titles_only=True)[:MOST]
    candidates = dict.fromkeys([*titled, *_holding(visible, terms)])
    ids = list(candidates)[:MOST]
    in_order = Source.objects.filter(pk__in=ids).in_order()
    by_generation = in_order.values_list("pk", flat=True)
    first = set(titled)
    ordered = sorted(by_generation, key=lambda source_id: source_id not in first)
    return ordered, len(candidates) > MOST


def _holding(visible, terms, *, titles_only=False):
    """The ids of visible sources that hold the terms: one more than is looked at."""
    matching = search_tables.matching(
        connections[visible.db], terms, titles_only=titles_only
    )
    found = visible.filter(search_document__pk__in=matching).order_by()
    return list(found.values_list("pk", flat=True)[: MOST + 1])


def _in_given_order(ids):
    """These sources with their works, in the order of their ids here."""
    sources = Source.objects.with_work().in_bulk(ids)
    return [sources[source_id] for source_id in ids if source_id in sources]


def _titles_of(source):
    """Every way in which the source's place and its work are named."""
    work = source.work
    author = [work.author.name, work.author.name_he] if work.author else []
    return [
        source.reference_en,
        source.reference_he,
        source.part_title,
        source.part_title_he,
        work.title,
        work.title_he,
        *[title.text for title in work.titles.all()],
        *author,
    ]


def _body_of(source):
    """What we say of the source: its summary and its published bearings."""
    bearings = [bearing for bearing in source.bearings.all() if bearing.is_published]
    readings = [(bearing.read_by, bearing.reasoning) for bearing in bearings]
    return [
        source.section,
        source.summary,
        *[words for pair in readings for words in pair],
    ]


def _folded(texts, most_bytes):
    """The texts as one folded line, cut where the database could not index it."""
    folded = " ".join(filter(None, map(fold, texts)))
    return folded.encode()[:most_bytes].decode(errors="ignore")
