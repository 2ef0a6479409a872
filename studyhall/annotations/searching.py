"""Search in notes: points, case and Hebrew prefixes are passed over.

A note is found if it holds every word that is asked for. What is found stands in the
order of its writing, so no private note moves what others find.
"""

from sources.search import query
from studyhall.annotations.models import NoteWord

AT_ONCE = 500  # rows


def index(note):
    """Keep the words of a note and of what it stands on; called by the gate."""
    words = words_of(f"{note.body}\n{note.exact}")
    held = set(note.search_words.values_list("word", flat=True))
    gone = held - words
    if gone == held and held:
        note.search_words.all().delete()
    else:
        for some in _in_parts(sorted(gone)):
            note.search_words.filter(word__in=some).delete()
    rows = [NoteWord(note=note, word=word) for word in sorted(words - held)]
    NoteWord.objects.bulk_create(rows, batch_size=AT_ONCE)


def find(notes, text):
    """Those of the notes that hold every word of a query; None if it has no word."""
    asked = query.read(text).words
    if not asked:
        return None
    for word in asked:
        held = NoteWord.objects.filter(word=word[: NoteWord.LONGEST])
        notes = notes.filter(pk__in=held.values("note"))
    return notes


def words_of(text):
    """The distinct words as they are compared, each at most so long."""
    return {word[: NoteWord.LONGEST] for word in query.stemmed(text).split()}


def _in_parts(words):
    return (words[at : at + AT_ONCE] for at in range(0, len(words), AT_ONCE))
