"""Two records that are one: what hangs on the one goes over to the other.

The one that goes is withdrawn as it stands, so that it can be restored; its address
leads to the one that stays. All of it is one transaction, and each record that
changes goes through the gate.
"""

from django.core.exceptions import ValidationError
from django.db import transaction

from sources import followers, review
from sources.changes import change, remove
from sources.models import (
    Change,
    Essay,
    FormerAddress,
    Path,
    Source,
    State,
    Text,
)
from sources.text import find_words

LIBRARY = "the library’s files"  # who wrote what no editor has touched
OF_BEARING = ("direction", "basis", "words", "reasoning", "credit")


class Clash(ValidationError):
    """Bearings that say different things of one reading: which stays must be said.

    `bearings` are (kept's, gone's) pairs.
    """

    def __init__(self, bearings):
        super().__init__("Say of each of these readings which of the two stays.")
        self.bearings = bearings


class Merging:
    """One merge in the making: who does it, why, and what it has done so far.

    `said` grows with a sentence for everything that goes over, or stays behind.
    """

    def __init__(self, kept, gone, editor, why):
        self.kept, self.gone, self.editor, self.why = kept, gone, editor, why
        self.writer = _writer(gone, editor)
        self.said = []

    def changing(self, record):
        """The change of one record, at the version that is in hand."""
        return change(
            record,
            opened=record.version,
            editor=self.editor,
            why=self.why,
            written_by=self.writer,
        )

    def tell(self, sentence, *what):
        self.said.append(sentence.format(*what))

    def lead_on(self):
        """Every address that once was the gone one's leads to the kept one now."""
        kind = self.gone._meta.model_name
        for former in FormerAddress.objects.filter(kind=kind, record_id=self.gone.pk):
            former.record_id = self.kept.pk
            former.save(update_fields=["record_id"])


def _writer(gone, editor):
    """Who wrote what goes over, if that is someone else than who merges.

    What was public took two already. Of what was not, nothing may be by who merges: a
    merge must not be a way around the second editor.
    """
    if editor is None:
        return None
    changes = Change.objects.of(gone._meta.model_name, gone.pk).order_by("-number")
    rows = list(changes.select_related("editor").defer("record"))
    others = [row.editor or LIBRARY for row in rows if row.editor_id != editor.pk]
    is_by_others = gone.is_published or len(others) == len(rows)
    return others[0] if others and is_by_others else None


def check(kept, gone):
    """Raise ValidationError where these two cannot be merged."""
    if kept.pk == gone.pk or type(kept) is not type(gone):
        raise ValidationError("Choose two different records of one kind.")
    if gone.state == State.WITHDRAWN or kept.state == State.WITHDRAWN:
        raise ValidationError("One of them is withdrawn: restore it first.")
    if gone.is_published and not kept.is_published:
        raise ValidationError(
            f"{gone} is public and {kept} is not: keep the one that is public."
        )


@transaction.atomic
def merge(kept, gone, *, editor, why, takes=()):
    """Merge one source into another; the sentences that say what went over.

    Both must be as their editor saw them (`version`). `takes` has the ids of the
    bearings of `gone` that replace those of `kept` with the same reading. Raises
    Clash where such a choice is missing (None is no choice), ValidationError where a
    rule forbids it, Stale where someone has saved a record since.
    """
    check(kept, gone)
    merging = Merging(kept, gone, editor, why)
    clashes = clashing(kept, gone)
    if clashes and takes is None:
        raise Clash(clashes)
    _receive_citations(merging)
    _follow_numbered(merging, Path, "steps")
    _follow_numbered(merging, Essay, "claims")
    _withdraw(merging)
    with merging.changing(kept):
        _take_texts(merging)
        _take_bearings(merging, set(takes or ()))
        _take_topics(merging)
        _take_citations(merging)
        kept.save()
    merging.lead_on()
    followers.tell("sources_merged", kept, gone)
    return merging.said


def clashing(kept, gone):
    """(kept's, gone's) bearings of the same reading that say different things."""
    own = {_reading(bearing): bearing for bearing in _standing(kept)}
    pairs = ((own.get(_reading(each)), each) for each in _standing(gone))
    return [(a, b) for a, b in pairs if a is not None and _told(a) != _told(b)]


def _standing(source):
    stands = source.bearings.exclude(state=State.WITHDRAWN)
    return stands.select_related("position", "according_to", "question")


def _reading(bearing):
    """What makes a bearing the one it is, as its unique constraints have it."""
    position, author = bearing.position_id, bearing.according_to_id
    return (bearing.question_id, position, author, bearing.read_by)


def _told(bearing):
    return [getattr(bearing, name) for name in OF_BEARING]


def _withdraw(merging):
    """Out of sight, under an address of its own: the old one leads to the kept one."""
    gone = merging.gone
    merging.tell("{} is withdrawn; its address leads to {}.", gone, merging.kept)
    with merging.changing(gone):
        gone.state, gone.part = State.WITHDRAWN, f"merged-{gone.pk}"
        gone.place_in_url = f"{gone.address}-{gone.part}"
        gone.save()


def _receive_citations(merging):
    """Who cites the gone one cites the kept one."""
    kept, gone = merging.kept, merging.gone
    citing = Source.objects.filter(citations_made__cited=gone).exclude(pk=kept.pk)
    for source in citing.distinct().order_by("pk"):
        with merging.changing(source):
            for link in source.citations_made.filter(cited=gone):
                same = {"cited": kept, "relation": link.relation}
                if source.citations_made.filter(**same).exists():
                    remove(source.citations_made.filter(pk=link.pk))
                else:
                    link.cited = kept
                    link.save()
        merging.tell("{} cites {} now.", source, kept)


def _follow_numbered(merging, model, rows):
    """Steps of paths and claims of essays stand on the kept one."""
    kept, gone = merging.kept, merging.gone
    for record in model.objects.filter(**{f"{rows}__source": gone}).order_by("pk"):
        with merging.changing(record):
            related = getattr(record, rows)
            if related.filter(source=kept).exists():
                remove(related.filter(source=gone))
                merging.tell("“{}” had both: the second goes out.", record)
            else:
                row = related.get(source=gone)
                row.source = kept
                row.save()
                merging.tell("“{}” stands on {} now.", record, kept)


def _copied(row, **values):
    """A new row with the values of an old one, but for these."""
    names = [field.attname for field in row._meta.concrete_fields]
    kept = {name: getattr(row, name) for name in names if name != "id"}
    return type(row)(**kept | values)


def _take_texts(merging):
    """Texts that the kept one lacks, where their lines fit its original."""
    kept, gone = merging.kept, merging.gone
    own = {(t.role, t.language, t.translator): t for t in kept.texts.all()}
    originals = [t.words for t in own.values() if t.role == Text.Role.ORIGINAL]
    for text in gone.texts.all():
        there = own.get((text.role, text.language, text.translator))
        if there and there.words == text.words:
            continue
        is_translation = text.role == Text.Role.TRANSLATION
        theirs = gone.texts.filter(role=Text.Role.ORIGINAL).first()
        fits = not originals or (theirs and theirs.words in originals)
        if there or (is_translation and not fits) or (not is_translation and originals):
            merging.tell("Its {} differs, and stays with it.", text)
            continue
        _copied(text, source_id=kept.pk, number=0).save()
        merging.tell("Its {} goes over.", text)


def _take_bearings(merging, takes):
    kept, own = merging.kept, {}
    for bearing in kept.bearings.all():
        own[_reading(bearing)] = bearing
    for bearing in _standing(merging.gone):
        there = own.get(_reading(bearing))
        if there is None:
            _take_bearing(merging, bearing)
        elif bearing.pk in takes:
            for name in OF_BEARING:
                setattr(there, name, getattr(bearing, name))
            there.words = _words_there(kept, there.words)
            there.save()
            merging.tell("“{}” says what the other said of it.", there)
        elif _told(there) == _told(bearing):
            merging.tell("“{}” is in both: it stays once.", there)
        else:
            merging.tell("“{}” stays as {} has it.", there, kept)


def _take_bearing(merging, bearing):
    """One more reading: what was public is reviewed where it stands now."""
    kept, state = merging.kept, bearing.state
    words = _words_there(kept, bearing.words)
    if words != bearing.words:
        state = State.DRAFT
        merging.tell("“{}” comes as a draft: its words stand not in {}.", bearing, kept)
    elif state == State.PUBLISHED and merging.editor and not review.one_editor():
        state = State.IN_REVIEW
        merging.tell("“{}” comes to review: another editor publishes it.", bearing)
    else:
        merging.tell("“{}” goes over.", bearing)
    fresh = {"reviewed_by_id": None, "reviewed_at": None, "order": _last(kept)}
    _copied(bearing, source_id=kept.pk, state=state, words=words, **fresh).save()


def _words_there(source, words):
    """The words, where they stand in a text of the source; else none."""
    texts = source.texts.values_list("words", flat=True)
    return words if any(find_words(text, words) for text in texts) else ""


def _last(source):
    orders = source.bearings.values_list("order", flat=True)
    return max(orders, default=-1) + 1


def _take_topics(merging):
    kept = merging.kept
    own = set(kept.topic_links.values_list("tag", flat=True))
    for link in merging.gone.topic_links.exclude(tag__in=own).select_related("tag"):
        _copied(link, content_object_id=kept.pk).save()
        merging.tell("The topic “{}” goes over.", link.tag)


def _take_citations(merging):
    """What the gone one cites; the two no longer cite each other."""
    kept, gone = merging.kept, merging.gone
    remove(kept.citations_made.filter(cited=gone))
    own = set(kept.citations_made.values_list("cited", "relation"))
    for link in gone.citations_made.exclude(cited=kept).select_related("cited"):
        if (link.cited_id, link.relation) not in own:
            _copied(link, citing_id=kept.pk).save()
            how = link.get_relation_display()
            merging.tell("Its link goes over: {} {}.", how, link.cited)
