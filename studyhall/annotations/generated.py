"""Readers and notes of a generated library, for measuring. They say nothing."""

import random
import uuid
from datetime import timedelta

from django.db import connection
from django.db.models import F

from sources import bulk, markdown, statistics
from sources.filler import Filler
from sources.generated import WHEN
from sources.models import Revision, Source, Text
from studyhall.accounts.models import User
from studyhall.accounts.names import folded
from studyhall.annotations import searching
from studyhall.annotations.anchoring import describe
from studyhall.annotations.models import Annotation, NoteVersion, NoteWord
from studyhall.keeping.marks import raise_mark

AT_ONCE = 100
BODIES = 1000  # bodies that are unlike one another
NOTES_OF_A_READER = 50
STANDINGS = [("public", "approved")] * 16 + [("public", "waiting")] + [("private", "")]


def generate(count, seed):
    """Write `count` notes of generated readers on the words of published sources.

    The first sources have the most, as the best known have in life; one in ten is a
    reply. The same library, count and seed give the same notes. Inside a transaction.
    """
    Notes(seed, count).run(count)
    bulk.count_on([User, Annotation, NoteVersion])
    statistics.refresh(connection)
    raise_mark("notes")


class Notes:
    """One run: its readers and bodies, and the notes that may be replied to."""

    def __init__(self, seed, count):
        self.chance = random.Random(f"notes {seed}")
        filler = Filler(self.chance)
        readers = range(1, 2 + count // NOTES_OF_A_READER)
        self.readers = bulk.written(User, map(_reader, readers))
        self.bodies = [_body(filler) for _ in range(min(BODIES, count))]
        sources = Source.objects.published().order_by("pk")
        self.sources = list(sources.values_list("pk", flat=True))
        self.earlier = []

    def run(self, count):
        for start in range(0, count if self.sources else 0, AT_ONCE):
            self._write(range(start, min(start + AT_ONCE, count)))

    def _write(self, numbers):
        """A batch of notes, each with its first version and its words for search."""
        drawn = [self._source() for _ in numbers]
        texts = _texts_of(drawn)
        notes, words = [], []
        for number, source in zip(numbers, drawn, strict=True):
            note, held = self._note(number, texts[source])
            notes.append(note)
            words.append(held)
        bulk.written(Annotation, notes)
        bulk.written(NoteVersion, map(_version, notes))
        pairs = zip(notes, words, strict=True)
        rows = [(note.pk, word) for note, held in pairs for word in held]
        bulk.insert(NoteWord, ("note_id", "word"), rows)
        shown = [note for note in notes if note.standing and not note.parent_id]
        self.earlier = (self.earlier + shown)[-200:]

    def _source(self):
        """The id of a source: an early one far more often than a late one."""
        return self.sources[int(len(self.sources) * self.chance.random() ** 2)]

    def _note(self, number, text):
        body, html, words = self.chance.choice(self.bodies)
        visibility, standing = self.chance.choice(STANDINGS)
        at = WHEN + timedelta(minutes=number)
        note = Annotation(
            uuid=self._key(),
            creation_key=self._key(),
            reader=self.chance.choice(self.readers),
            source_id=text.source_id,
            body=body,
            body_html=html,
            rendered_with=markdown.RENDERER,
            visibility=visibility,
            standing=standing,
            was_public=standing == "approved",
            created_at=at,
            modified_at=at,
        )
        if self.earlier and self.chance.random() < 0.1:
            parent = self.chance.choice(self.earlier)
            note.parent_id, note.source_id = parent.pk, parent.source_id
            note.motivation = Annotation.Motivation.REPLYING
            return note, sorted(words)
        self._anchor(note, text)
        return note, sorted(words | searching.words_of(note.exact))

    def _key(self):
        return uuid.UUID(int=self.chance.getrandbits(128), version=4)

    def _anchor(self, note, text):
        """Let the note stand on some words of one line."""
        line = self.chance.choice(text.lines())
        words = line.words.split(" ")
        first = self.chance.randrange(len(words))
        some = words[first : first + self.chance.randint(1, 5)]
        start = line.start + sum(len(word) + 1 for word in words[:first])
        end = start + len(" ".join(some))
        selectors = describe(text.words, start, end)
        note.text, note.line = text, line.number
        note.made_on_id = note.holds_on_id = text.revision
        note.original_start = note.start = start
        note.original_end = note.end = end
        note.exact = selectors.exact
        note.prefix, note.suffix = selectors.prefix, selectors.suffix


def _texts_of(sources):
    """The original of each of these sources, with the id of its last revision."""
    texts = Text.objects.filter(source__in=set(sources), role=Text.Role.ORIGINAL)
    last = Revision.objects.filter(text__in=texts, number=F("text__number"))
    revisions = dict(last.values_list("text_id", "pk"))
    found = {}
    for text in texts:
        text.revision = revisions[text.pk]
        found[text.source_id] = text
    return found


def _reader(number):
    name = f"generated reader {number}"
    return User(
        email=f"reader-{number}@generated.invalid",
        display_name=name,
        folded_name=folded(name),
        password="!",
        is_active=False,
    )


def _body(filler):
    body = f"{filler.sentence(8, 60)} *{filler.words(2)}*"
    return body, markdown.render(body).html, searching.words_of(body)


def _version(note):
    return NoteVersion(
        note=note,
        number=1,
        body=note.body,
        motivation=note.motivation,
        visibility=note.visibility,
        was_shown=note.standing == "approved",
        at=note.created_at,
    )
