"""Finding by words: strictly, and where that finds nothing, loosely.

The order is ours and not the database's: sources whose reference or titles hold every
word; then those that need their decisive words for it; then their text; then our
summary and the readings. Within each by generation and place. Before all sources
stand the works, authors, topics, paths and essays whose own titles hold every word;
after them those that hold the words elsewhere.

At most a thousand sources are looked at, those of the titles first and then those
written first, so a common word costs no more in a large library than in a small one.
"""

from dataclasses import dataclass, field
from itertools import chain

from django.db import connection
from django.db.models import Exists, Model, OuterRef

from sources import search_tables
from sources.models import Author, Essay, Path, SearchDocument, Source, Topic, Work
from sources.search import facets, spelling
from sources.search.facets import Facet
from sources.search.marking import Piece, Wanted, best_line, cut, marked
from sources.search.query import OTHER, Alternative, Clause, read

MOST = 1000
"""Sources that one search looks at; a total of this many may stand for more."""

MOST_OTHERS = 100
"""Works, authors and so on that one search looks at."""

ORDERS = ("fit", "time")
OTHERS = {"work": Work, "author": Author, "topic": Topic, "path": Path, "essay": Essay}

# What is shown of a record that is no source: the first of these that matches.
_SHOWN = (
    *("title", "name", "title_he", "name_he"),
    *("lede", "description", "body", "note", "category"),
)

_TITLES, _DECISIVE, _TEXT, _ALL = range(1, len(search_tables.FIELDS) + 1)


@dataclass(frozen=True)
class Hit:
    """One record that was found, and what in it matches.

    `pieces` are of the `line` of a source's text in `language`; where no line
    matches, of its summary, and of other records their title or description, `line`
    is None.
    """

    kind: str
    record: Model
    line: int | None
    language: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Results:
    """What a search found: one page of it, and how much there is in all.

    `total` counts up to a thousand sources; `is_capped` says that there are more, of
    which neither `total` nor `facets` tell. `is_loose`: nothing holds exactly what was
    asked, and this is near it.
    """

    query: str
    terms: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    is_loose: bool = False
    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    is_capped: bool = False
    pages: int = 0
    facets: dict[str, list[Facet]] = field(default_factory=dict)


@dataclass(frozen=True)
class _Found:
    """All that was found, in order: (kind, key) of each, and rows of the sources."""

    clauses: tuple[Clause, ...]
    keys: list[tuple[str, int]]
    rows: list[tuple]
    is_capped: bool


def find(query, user, *, filters=None, order="fit", page=1, size=20):
    """What this user may see and holds every word and phrase of the query: Results.

    `filters` narrow the sources by the names of `facets.NAMES`; other records are
    found only without any. No query is malformed.
    """
    asked = read(query)
    terms = tuple(chain(asked.terms, *(each.split() for each in asked.phrases)))
    if not asked.words:
        return Results(query)
    given = filters or {}
    filters = {name: given[name] for name in facets.NAMES if name in given}
    found, is_loose = _strict_or_loose(asked, user, filters, order)
    start = (max(page, 1) - 1) * size
    ids = [key for kind, key in found.keys if kind == "source"]
    return Results(
        query=query,
        terms=tuple(dict.fromkeys(terms)),
        phrases=asked.phrases,
        is_loose=is_loose,
        hits=_hits(found.keys[start : start + size], Wanted.of(found.clauses)),
        total=len(found.keys),
        is_capped=found.is_capped,
        pages=-(-len(found.keys) // size),
        facets=facets.count(ids, found.rows, filters, user) if ids else {},
    )


def _strict_or_loose(asked, user, filters, order):
    """What was found, and whether it is only near what was asked.

    A filter that leaves nothing of what holds the words makes no search loose.
    """
    strict = _found(asked.clauses(), user, filters, order)
    if strict.keys or (filters and _found(asked.clauses(), user, {}, order).keys):
        return strict, False
    words = asked.words
    others = spelling.spellings(words)
    for widen in (lambda: {}, lambda: spelling.slips(words)):
        wider = widen()
        clauses = tuple(
            spelling.as_alternatives(
                word, dict.fromkeys([*others[word], *wider.get(word, ())])
            )
            for word in words
        )
        loose = _found(clauses, user, filters, order)
        if loose.keys:
            return loose, True
    return strict, False


def _found(clauses, user, filters, order):
    """All that meets the clauses, in order."""
    documents, is_capped = _candidates(clauses, user, filters)
    ids = _in_tiers(clauses, documents, order)
    first, last = ([], []) if filters else _others(clauses, user)
    keys = [*first, *(("source", row[0]) for row in ids), *last]
    return _Found(clauses, keys, [row[1:] for row in ids], is_capped)


def _candidates(clauses, user, filters):
    """{id of a source: whether its titles meet the clauses}, and if there are more."""
    sources = facets.narrowed(Source.objects.visible_to(user), filters, user)
    titled = _holding(sources, clauses, _TITLES)
    found = dict.fromkeys(titled[:MOST], True)
    for source_id in _holding(sources, clauses, _ALL):
        found.setdefault(source_id, False)
    return dict(list(found.items())[:MOST]), len(found) > MOST or len(titled) > MOST


def _holding(sources, clauses, most):
    """The keys of these sources that meet the clauses: one more than is looked at."""
    documents = SearchDocument.objects.filter(
        Exists(sources.filter(pk=OuterRef("source")))
    )
    found = search_tables.held_by(documents, connection, clauses, most)
    return list(found.values_list("source", flat=True)[: MOST + 1])


def _keys(ids):
    return search_tables.keys(connection, ids)


def _in_tiers(clauses, titled, order):
    """(id, era, slug and title of the work) of each source, as they are shown."""
    names = ("pk", "work__era", "work__slug", "work__title")
    by_generation = (
        Source.objects.filter(pk__in=_keys(titled)).in_order().values_list(*names)
    )
    rows = list(by_generation)
    if order == "time" or not rows:
        return rows
    rest = [source_id for source_id, is_titled in titled.items() if not is_titled]
    tiers = dict.fromkeys(titled, _TITLES) | dict.fromkeys(rest, _ALL)
    for tier in (_TEXT, _DECISIVE) if rest else ():
        documents = SearchDocument.objects.filter(source__in=_keys(rest))
        held = search_tables.held_by(documents, connection, clauses, tier)
        tiers |= dict.fromkeys(held.values_list("source", flat=True), tier)
    return sorted(rows, key=lambda row: tiers[row[0]])


def _others(clauses, user):
    """(kind, key) of what is no source: first what its titles name, then the rest."""
    titled, held = (others_held(clauses, most) for most in (_TITLES, _ALL))
    seen = {
        kind: _visible(kind, {*titled.get(kind, ()), *held.get(kind, ())}, user)
        for kind in OTHERS
        if kind in titled or kind in held
    }
    named = [(kind, key) for kind, keys in seen.items() for key in keys]
    return (
        [each for each in named if each[1] in titled.get(each[0], ())],
        [each for each in named if each[1] not in titled.get(each[0], ())],
    )


def others_held(clauses, most):
    """The keys, by kind, of what is no source and meets the clauses."""
    names = [f"{kind}_id" for kind in OTHERS]
    documents = SearchDocument.objects.filter(source=None)
    clauses = (*clauses, (Alternative((OTHER,)),))
    held = search_tables.held_by(documents, connection, clauses, most)
    found = {}
    for row in held.values_list(*names)[:MOST_OTHERS]:
        for kind, key in zip(OTHERS, row, strict=True):
            if key is not None:
                found.setdefault(kind, set()).add(key)
    return found


def _visible(kind, keys, user):
    """Those of the keys that this user may see, in their order.

    Of works and authors, those of which there is a source to read.
    """
    records = OTHERS[kind].objects
    if kind in ("work", "author"):
        seen = records.with_sources_for(user)
    else:
        seen = records.visible_to(user)
    return list(seen.filter(pk__in=keys).in_order().values_list("pk", flat=True))


def _hits(keys, wanted):
    """A Hit for each (kind, key), in their order."""
    records = {}
    for kind in {kind for kind, _ in keys}:
        ids = [key for each, key in keys if each == kind]
        rows = OTHERS[kind].objects if kind in OTHERS else Source.objects.with_work()
        if kind == "source":
            rows = rows.prefetch_related("texts")
        records |= {(kind, key): row for key, row in rows.in_bulk(ids).items()}
    return [_hit(key[0], records[key], wanted) for key in keys if key in records]


def _hit(kind, record, wanted):
    if kind != "source":
        return _hit_of_other(kind, record, wanted)
    texts = sorted(record.texts.all(), key=lambda text: (text.role, text.pk))
    found = best_line(texts, wanted)
    if found is not None:
        text, line, spans = found
        return Hit(kind, record, line.number, text.language, cut(line.words, spans))
    summary = marked(record.summary, wanted)
    if texts and not any(piece.is_marked for piece in summary):
        line = texts[0].lines()[0]
        return Hit(kind, record, 1, texts[0].language, cut(line.words, []))
    return Hit(kind, record, None, "en", summary)


def _hit_of_other(kind, record, wanted):
    """The title where it matches, else the first other words of it that do."""
    texts = [
        (text, "he" if name.endswith("_he") else "en")
        for name in _SHOWN
        if (text := getattr(record, name, ""))
    ]
    for text, language in texts:
        for line in text.split("\n"):
            pieces = marked(line, wanted)
            if any(piece.is_marked for piece in pieces):
                return Hit(kind, record, None, language, pieces)
    return Hit(kind, record, None, "en", cut(texts[0][0], []))
