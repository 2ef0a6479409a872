"""What a reader may mean: while typing, and where nothing was found."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Exists, OuterRef

from sources import catalogue, search_tables
from sources.models import SearchDocument, Source
from sources.search import spelling
from sources.search.finding import OTHERS, others_held
from sources.search.query import Alternative, read
from sources.text import fold

NEAREST = 6
_TITLES = 1


@dataclass(frozen=True)
class Suggestion:
    """A record by its names, and the path of its page. `text_he` may be empty."""

    text: str
    text_he: str
    kind: str
    url: str


def suggest(text, user, limit=8, *, with_sources=True):
    """Records whose titles hold these words, the last of them perhaps unfinished.

    Works first, then authors, topics, paths and essays, then sources by their
    references. Where the words go on past every title, as a place does, fewer of
    them are asked: "Beitzah 5a" suggests Beitzah. What no title holds at all is
    asked again in other spellings.
    """
    words = read(text).words
    for count in range(len(words), 0, -1):
        found = _titled(_begun(words[:count]), user, limit, with_sources)
        if found:
            return found
    for clauses in _other_spellings(words) if words else ():
        found = _titled(clauses, user, limit, with_sources)
        if found:
            return found
    return []


def nearest(query, user):
    """Works, authors, topics and so on whose titles are near any word of a query."""
    words = read(query).words
    if not words:
        return []
    _, loose = _other_spellings(words)
    anything = tuple(alternative for clause in loose for alternative in clause)
    works = [_suggestion("work", work) for work in _near_works(query, user)]
    found = [*works, *_records([anything], user, NEAREST)]
    return list(dict.fromkeys(found))[:NEAREST]


def _near_works(query, user):
    """Works whose titles are written much as the query is."""
    slugs = [work.slug for work in catalogue.current().suggest(query)]
    works = OTHERS["work"].objects.visible_to(user).filter(slug__in=slugs)
    return sorted(works, key=lambda work: slugs.index(work.slug))


def _begun(words):
    """The clauses that ask for every word, the last as a beginning."""
    *whole, last = words
    clauses = [(Alternative((word,)),) for word in whole]
    return [*clauses, (Alternative((last,), is_prefix=True),)]


def _other_spellings(words):
    """Clauses that ask for words that sound alike, and for those one letter off too."""
    others = spelling.spellings(words)
    yield [spelling.as_alternatives(word, others[word]) for word in words]
    slips = spelling.slips(words)
    yield [
        spelling.as_alternatives(
            word, dict.fromkeys([*others[word], *slips.get(word, ())])
        )
        for word in words
    ]


def _titled(clauses, user, limit, with_sources):
    """Suggestions whose titles meet every clause; sources only for several."""
    found = _records(clauses, user, limit)
    room = limit - len(found)
    if with_sources and len(clauses) > 1 and room > 0:
        visible = Source.objects.visible_to(user)
        documents = SearchDocument.objects.filter(
            Exists(visible.filter(pk=OuterRef("source")))
        )
        held = search_tables.held_by(documents, connection, clauses, _TITLES)
        rows = held.select_related("source__work")[:room]
        found += [_suggestion("source", row.source) for row in rows]
    return found


def _records(clauses, user, limit):
    """Suggestions of what is no source, those that begin as the clauses do first."""
    start = clauses[0][0].words[0]
    held = others_held(clauses, _TITLES)
    found = []
    for kind in OTHERS:
        if kind in held:
            rows = OTHERS[kind].objects.visible_to(user).filter(pk__in=held[kind])
            found += [_suggestion(kind, row) for row in rows.in_order()]
    return sorted(found, key=lambda each: not _begins(each, start))[:limit]


def _begins(suggestion, word):
    return fold(suggestion.text).startswith(word)


def _suggestion(kind, record):
    text, text_he = _NAMES[kind](record)
    return Suggestion(text, text_he, kind, record.get_absolute_url())


_NAMES = {
    "source": lambda source: (source.reference_en, source.reference_he),
    "work": lambda work: (work.title, work.title_he),
    "author": lambda author: (author.name, author.name_he),
    "topic": lambda topic: (topic.name, topic.name_he),
    "path": lambda path: (path.title, path.title_he),
    "essay": lambda essay: (essay.title, ""),
}
