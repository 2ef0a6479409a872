"""A new note, stored once however often it is sent."""

from django.db import IntegrityError, transaction

from sources.models import Revision, Source, Text
from studyhall.annotations import pace
from studyhall.annotations.anchoring import describe
from studyhall.annotations.gate import html_of, writing
from studyhall.annotations.models import Annotation, NoteTag, TaggedNote

MOST_TAGS = 20


class Moved(Exception):
    """The words of the text have changed since the form was checked, or the address."""


class Written(Exception):
    """This form has made a note already, and says something else now.

    `note` is that note, as it is stored.
    """

    def __init__(self, note):
        super().__init__("This form has made a note already.")
        self.note = note


def create(reader, source, *, key, span=None, tags=(), **fields):
    """The note of this reader that has this key: a new one, or the one it made before.

    `span` is the Span that it stands on. Raises Moved, Written, pace.TooMany.
    """
    made = Annotation.objects.filter(creation_key=key).first()
    if made is not None and made.reader_id == reader.pk:
        body = fields.get("body", "")
        if body and not made.versions.filter(body=body).exists():
            raise Written(made)
        return made
    if made is not None:
        key = None  # another's, which nobody is told of
    html = html_of(fields.get("body", ""))  # the slow part, while nobody has to wait
    try:
        with transaction.atomic():
            return _created(reader, source, key, span, tags, fields, html)
    except IntegrityError:
        made = Annotation.objects.filter(creation_key=key, reader=reader).first()
        if made is None:
            raise
        return made


def _created(reader, source, key, span, tags, fields, html):
    """The new note, inside a transaction in which its text does not change."""
    pace.check(reader)
    _hold_source(source)
    note = Annotation(reader=reader, source=source, **fields)
    if key is not None:
        note.creation_key = key
    if span is not None:
        anchor(note, span)
    with writing(note, html=html):
        pass
    set_tags(note, tags)
    return note


def _hold_source(source):
    """Raise Moved where the source has another address now: such as one merged since.

    Its row is held, so that whoever merges it sees the note, or is seen here.
    """
    held = Source.objects.select_for_update(no_key=True).only("place_in_url")
    if held.get(pk=source.pk).place_in_url != source.place_in_url:
        raise Moved


def anchor(note, span):
    """Set a new note on a Span of a text as it stands. Raises Moved."""
    revision = hold(span)
    selectors = describe(revision.words, span.start, span.end)
    note.text, note.line = span.text, span.line
    note.made_on = note.holds_on = revision
    note.original_start = note.start = span.start
    note.original_end = note.end = span.end
    note.exact = selectors.exact
    note.prefix, note.suffix = selectors.prefix, selectors.suffix


def hold(span):
    """The Revision on which a Span of a text stands now. Raises Moved.

    Inside a transaction: the text's row is held, so that whoever changes it either
    sees this note or is seen by it.
    """
    text = Text.objects.select_for_update(no_key=True).filter(pk=span.text.pk).first()
    if text is None or text.words != span.text.words:
        raise Moved
    return Revision.objects.filter(text=text).order_by("-number").first()


def set_tags(note, names):
    """Let the note have exactly these tags of its reader, made where they are new."""
    known = {tag.name.casefold(): tag for tag in note.reader.note_tags.all()}
    wanted = {}
    for name in names:
        folded = name.casefold()
        if folded not in known:
            known[folded], _ = NoteTag.objects.get_or_create(
                reader=note.reader, name=name
            )
        wanted[known[folded].pk] = known[folded]
    note.tagged.exclude(tag__in=list(wanted)).delete()
    has = set(note.tagged.values_list("tag_id", flat=True))
    for key, tag in wanted.items():
        if key not in has:
            TaggedNote.objects.create(tag=tag, content_object=note)
