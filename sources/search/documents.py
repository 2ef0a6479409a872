"""What is searched of each record, and keeping it.

A document is written inside the change that makes it, and the database keeps its own
search tables by it. Bearings count only when published, whoever searches; what else
may be found by whom is asked of the record when someone searches.
"""

import re

from django.db import transaction
from django.db.models import prefetch_related_objects

from sources.models import Author, Essay, Path, SearchDocument, Source, Topic, Work
from sources.search import spelling
from sources.search.query import BREAK, OTHER, stemmed
from sources.search_tables import FIELDS

MADE_WITH = 2
"""Raised whenever the same record would make another document."""

AT_ONCE = 500

# Bytes of each field: together they stay within what PostgreSQL can index of one row.
_MOST_BYTES = {
    "titles": 20_000,
    "decisive": 60_000,
    "words": 240_000,
    "body": 100_000,
}
# Where a link of Markdown leads is none of its words.
_TARGET = re.compile(r"\]\([^()\s]*\)")

_FETCHED = {
    Source: ("work__author", "work__titles", "texts", "bearings"),
    Work: ("author", "titles"),
}


def document_for(record):
    """The folded fields of a record's SearchDocument.

    Asks nothing more of the database where what stands in _FETCHED is fetched.
    """
    texts = _TEXTS[type(record)](record)
    document = {name: _folded(texts.get(name, ()), name) for name in FIELDS}
    if not isinstance(record, Source):
        document["titles"] += f" {OTHER}"
    return document


def keep(record):
    """Write a record's document anew, and those that name the record.

    Nothing for a record of a kind that is not searched.
    """
    if type(record) not in _TEXTS:
        return
    document = document_for(record)
    of_it, made = {record._meta.model_name: record}, {"made_with": MADE_WITH}
    # Whoever keeps a document holds the stamp's row: nobody makes the same one.
    if not SearchDocument.objects.filter(**of_it).update(**document, **made):
        SearchDocument.objects.create(**of_it, **document, **made)
    spelling.learn(_words_of([document]))
    if isinstance(record, Author):
        for work in record.works.prefetch_related(*_FETCHED[Work]):
            keep(work)


def write(records, learned=None):
    """Write the documents of records that have none yet, all of one kind, by bulk.

    `learned`, if it is given, is the set of words that the same caller had learned
    before: only others are asked of the database, and are added to it.
    """
    records = list(records)
    if not records:
        return
    kind = type(records[0])
    prefetch_related_objects(records, *_FETCHED.get(kind, ()))
    documents = [document_for(record) for record in records]
    SearchDocument.objects.bulk_create(
        [
            SearchDocument(
                **{kind._meta.model_name: record}, **document, made_with=MADE_WITH
            )
            for record, document in zip(records, documents, strict=True)
        ],
        AT_ONCE,
    )
    words = _words_of(documents)
    if learned is not None:
        words -= learned
        learned |= words
    spelling.learn(words)


@transaction.atomic
def rebuild(progress=lambda done, count: None):
    """Make every document anew; how many there are.

    `progress` is called with how many are made, and how many there will be.
    """
    SearchDocument.objects.all().delete()
    spelling.forget()
    count = sum(model.objects.count() for model in _TEXTS)
    done = 0
    for model in _TEXTS:
        ids = list(model.objects.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(ids), AT_ONCE):
            some = ids[start : start + AT_ONCE]
            write(model.objects.filter(pk__in=some).order_by("pk"))
            done += len(some)
            progress(done, count)
    return count


def rebuild_outdated():
    """Rebuild where any document was made in another way; how many were made."""
    if SearchDocument.objects.exclude(made_with=MADE_WITH).exists():
        return rebuild()
    return 0


def _source(source):
    """A source: its place and its work's names, its words, and what we say of it."""
    texts = list(source.texts.all())
    readings = [bearing for bearing in source.bearings.all() if bearing.is_published]
    return {
        "titles": [
            source.reference_en,
            source.reference_he,
            source.part_title,
            source.part_title_he,
            *_names_of_work(source.work),
            *_names_of_author(source.work.author),
        ],
        "decisive": [
            *(text.words for text in texts if text.is_excerpt),
            *(reading.words for reading in readings),
        ],
        "words": [text.words for text in texts if not text.is_excerpt],
        "body": [
            source.section,
            _plain(source.summary),
            *(
                words
                for reading in readings
                for words in (reading.read_by, _plain(reading.reasoning))
            ),
        ],
    }


def _work(work):
    about = [work.category, work.dating_note, work.attribution_note]
    return {
        "titles": _names_of_work(work),
        "body": [*_names_of_author(work.author), *about],
    }


def _author(author):
    return {"titles": _names_of_author(author), "body": [author.dates, author.note]}


def _topic(topic):
    return {"titles": [topic.name, topic.name_he], "body": [_plain(topic.description)]}


def _path(path):
    return {"titles": [path.title, path.title_he], "body": [_plain(path.description)]}


def _essay(essay):
    return {"titles": [essay.title], "body": [essay.lede, _plain(essay.body)]}


def _plain(markdown):
    return _TARGET.sub("]", markdown)


def _names_of_work(work):
    return [work.title, work.title_he, *(title.text for title in work.titles.all())]


def _names_of_author(author):
    return [author.name, author.name_he] if author else []


_TEXTS = {
    Source: _source,
    Work: _work,
    Author: _author,
    Topic: _topic,
    Path: _path,
    Essay: _essay,
}


def _folded(texts, name):
    """The texts as one folded line, cut where the database could not index it."""
    folded = f" {BREAK} ".join(filter(None, map(stemmed, texts)))
    cut = folded.encode()[: _MOST_BYTES[name]].decode(errors="ignore")
    return f"{cut} {BREAK}" if cut else ""


def _words_of(documents):
    return {
        word
        for document in documents
        for text in document.values()
        for word in text.split()
    }
