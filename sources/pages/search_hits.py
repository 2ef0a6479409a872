"""What a search found, as its page shows each: a name, and the line that matches."""

from dataclasses import dataclass, replace

from django.db.models import Model, Prefetch, prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from sources.models import Bearing
from sources.search.marking import marked
from sources.templatetags.sources import MARKUP, first_sentence

KINDS = {
    "source": _("Source"),
    "reference": _("Reference"),
    "work": _("Work"),
    "author": _("Author"),
    "topic": _("Topic"),
    "path": _("Path"),
    "essay": _("Essay"),
}
BEFORE = 120  # code points that are shown before the first match of a line
LONGEST = 360  # and of the whole line
GAP = "…"
RIGHT_TO_LEFT = {"he", "arc"}


@dataclass(frozen=True)
class Shown:
    """One hit: a record with its names, and what matches in `pieces`."""

    kind: str
    record: Model
    title: str
    title_he: str
    line: int | None
    language: str
    pieces: tuple

    @property
    def is_source(self):
        return self.kind == "source"

    @property
    def kind_name(self):
        return KINDS[self.kind]

    @property
    def direction(self):
        return "rtl" if self.language in RIGHT_TO_LEFT else "ltr"

    @property
    def address(self):
        """The record's page; for a line after the first, that line."""
        below = f"#line-{self.line}" if self.line and self.line > 1 else ""
        return f"{self.record.get_absolute_url()}{below}"


def shown(hits, user, wanted):
    """The hits as the page shows them. Three queries, whatever their number.

    `wanted` is what is marked, in a source's readings too where nothing else is.
    """
    records = [hit.record for hit in hits if hit.kind == "source"]
    prefetch_related_objects(
        records,
        "work__author",
        Prefetch("bearings", Bearing.objects.visible_to(user).for_page()),
    )
    return [_shown(_by_reading(hit, wanted)) for hit in hits]


def _by_reading(hit, wanted):
    """The hit; where none of its words is marked, with the sentence of a reading."""
    if hit.kind != "source" or any(piece.is_marked for piece in hit.pieces):
        return hit
    for bearing in hit.record.bearings.all():
        for sentence in _sentences(bearing.reasoning):
            pieces = plain_pieces(marked(sentence, wanted))
            if any(piece.is_marked for piece in pieces):
                return replace(hit, line=None, language="en", pieces=pieces)
    return hit


def _sentences(text):
    while text := text.strip():
        sentence = first_sentence(text)
        yield sentence
        text = text[len(sentence) :]


def _shown(hit):
    title, title_he = names_of(hit.kind, hit.record)
    words = "".join(piece.words for piece in hit.pieces)
    pieces = hit.pieces if hit.kind == "source" else plain_pieces(hit.pieces)
    # A name stands in the link already.
    pieces = () if words in {title, title_he} else around_match(pieces)
    return Shown(hit.kind, hit.record, title, title_he, hit.line, hit.language, pieces)


def plain_pieces(pieces):
    """The pieces of a line of Markdown without its signs, cut where they were."""
    words = "".join(piece.words for piece in pieces)
    kept, end = [], 0
    for sign in MARKUP.finditer(words):
        inner = sign.span(1) if sign[1] is not None else sign.span(2)
        kept += [(end, sign.start()), inner]
        end = sign.end()
    kept.append((end, len(words)))
    plain, start = [], 0
    for piece in pieces:
        stop = start + len(piece.words)
        left = "".join(words[max(a, start) : max(start, min(b, stop))] for a, b in kept)
        plain.append(replace(piece, words=left))
        start = stop
    return tuple(piece for piece in plain if piece.words)


def names_of(kind, record):
    """A record's name in English and in Hebrew; "" where it has none."""
    if kind == "source":
        return record.reference_en, record.reference_he
    if kind in {"path", "essay"}:
        return record.title, getattr(record, "title_he", "")
    if kind == "work":
        return record.title, record.title_he
    return record.name, record.name_he


def around_match(pieces):
    """The pieces of a line, cut between words where much stands around the match."""
    kept, room, is_begun = [], LONGEST, False
    for piece in pieces:
        if not (is_begun or piece.is_marked):
            piece = replace(piece, words=_end_of(piece.words))
        is_begun = is_begun or piece.is_marked
        if len(piece.words) > room:
            start = piece.words[:room]
            cut = start if piece.is_marked else start.rpartition(" ")[0]
            return (*kept, replace(piece, words=f"{cut} {GAP}"))
        room -= len(piece.words)
        kept.append(piece)
    return tuple(kept)


def _end_of(words):
    """The last words, where there are many."""
    if len(words) <= BEFORE:
        return words
    return f"{GAP} {words[-BEFORE:].partition(' ')[2]}"
