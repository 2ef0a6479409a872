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
from functools import cache
from itertools import chain
from operator import attrgetter, itemgetter

from django.db import connection
from django.db.models import Model

from sources import search_tables
from sources.models import Author, Essay, Path, Source, Text, Topic, Work
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

_TITLES, _ALL = 1, search_tables.ALL


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
    wanted: Wanted = field(default_factory=Wanted)


@dataclass(frozen=True)
class _Found:
    """All that was found: (kind, key) of each in order, rows of sources as _sources."""

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
    start, wanted = (max(page, 1) - 1) * size, Wanted.of(found.clauses)
    return Results(
        query=query,
        terms=tuple(dict.fromkeys(terms)),
        phrases=asked.phrases,
        is_loose=is_loose,
        hits=_hits(found.keys[start : start + size], wanted),
        total=len(found.keys),
        is_capped=found.is_capped,
        pages=-(-len(found.keys) // size),
        facets=facets.count(found.rows, filters, user) if found.rows else {},
        wanted=wanted,
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
    rows, is_capped = _sources(clauses, user, filters)
    in_order = sorted(rows, key=itemgetter(-1)) if order == "fit" else rows
    first, last = ([], []) if filters else _others(clauses, user)
    keys = [*first, *(("source", row[0]) for row in in_order), *last]
    return _Found(clauses, keys, rows, is_capped)


def _sources(clauses, user, filters):
    """Those that meet the clauses, by generation, and whether there are more.

    (id, era, slug and title of the work, document, tier) of each, in one statement.
    """
    visible = facets.narrowed(Source.objects.visible_to(user), filters, user)
    seen = search_tables.among(visible, f"{search_tables.ROWS}.source_id")
    found = search_tables.in_tiers(connection, clauses, seen, MOST + 1)
    rows = search_tables.rows(connection, found, *_statement())
    is_capped = len(rows) > MOST
    if is_capped:
        rows.remove(max(rows, key=lambda row: (row[-1] > _TITLES, row[-2])))
    return rows, is_capped


@cache
def _statement():
    """The sources of the table `found`, by generation, as _sources gives them."""
    sources = Source.objects.in_order().extra(
        select={"document": "found.document", "tier": "found.tier"},
        tables=["found"],
        where=["found.source_id = sources_source.id"],
    )
    names = ("pk", "work__era", "work__slug", "work__title", "document", "tier")
    return sources.values_list(*names).query.sql_with_params()


def _others(clauses, user):
    """(kind, key) of what is no source: first what its titles name, then the rest."""
    held, titled = others_held(clauses, _ALL), others_held(clauses, _TITLES)
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
    columns = ", ".join(f"{kind}_id" for kind in OTHERS)
    clauses = (*clauses, (Alternative((OTHER,)),))
    no_source = (f"{search_tables.ROWS}.source_id IS NULL", ())
    sql, asked = search_tables.first(
        connection, clauses, most, columns, no_source, MOST_OTHERS
    )
    found = {}
    for row in search_tables.rows(connection, None, sql, asked):
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
    records, texts = {}, {}
    for kind in dict.fromkeys(kind for kind, _ in keys):
        ids = [key for each, key in keys if each == kind]
        rows = OTHERS[kind].objects if kind in OTHERS else Source.objects.with_work()
        records |= {(kind, row.pk): row for row in rows.filter(pk__in=ids)}
        if kind == "source":
            rows = Text.objects.filter(source__in=ids).order_by("pk")
            for text in sorted(rows, key=attrgetter("role")):
                texts.setdefault(text.source_id, []).append(text)
    return [
        _hit_of_other(kind, records[kind, key], wanted)
        if kind in OTHERS
        else _hit(records[kind, key], texts.get(key, ()), wanted)
        for kind, key in keys
        if (kind, key) in records
    ]


def _hit(source, texts, wanted):
    """The line of a text that holds most, else the summary, else the first line."""
    found = best_line(texts, wanted)
    if found is not None:
        text, line, spans = found
        pieces = cut(line.words, spans)
        return Hit("source", source, line.number, text.language, pieces)
    summary = marked(source.summary, wanted)
    if texts and not any(piece.is_marked for piece in summary):
        line = texts[0].lines()[0]
        return Hit("source", source, 1, texts[0].language, cut(line.words, []))
    return Hit("source", source, None, "en", summary)


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
