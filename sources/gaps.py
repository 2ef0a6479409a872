"""What the library lacks, or where it may be wrong: sentences for its editors.

Each kind of gap is a function from the sources that are read once, in a fixed number
of queries, to sentences. Nothing that is withdrawn is looked at.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Prefetch

from sources import references
from sources.catalogue import as_reference_work
from sources.models import (
    Bearing,
    Citation,
    EssayClaim,
    PathStep,
    Source,
    State,
    Text,
    Topic,
    Work,
)
from sources.text import skeleton

STANDING = {
    State.DRAFT: "is a draft",
    State.IN_REVIEW: "is in review",
    State.WITHDRAWN: "is withdrawn",
}


@dataclass(frozen=True)
class Gap:
    """One kind of gap, and a sentence for each place where it is."""

    title: str
    sentences: list


class Shelf:
    """All sources and works that stand, with what the kinds of gaps ask of them."""

    def __init__(self):
        bearings = Bearing.objects.exclude(state=State.WITHDRAWN).order_by("pk")
        stands = Source.objects.exclude(state=State.WITHDRAWN).with_work()
        self.sources = {
            source.pk: source
            for source in stands.in_order().prefetch_related(
                Prefetch("bearings", bearings)
            )
        }
        self.published = [row for row in self.sources.values() if row.is_published]
        works = Work.objects.order_by("order", "pk").select_related("explains")
        self.works = list(works.prefetch_related("titles"))


def find():
    """Every Gap that has a sentence, in the order of KINDS."""
    shelf = Shelf()
    gaps = [Gap(title, list(found(shelf))) for title, found in KINDS]
    return [gap for gap in gaps if gap.sentences]


def _without_translation(shelf):
    translated = set(
        Text.objects.filter(role=Text.Role.TRANSLATION).values_list("source", flat=True)
    )
    for source in shelf.published:
        if source.pk not in translated:
            yield f"{source} has no translation."


def _without_bearing(shelf):
    for source in shelf.published:
        if not source.bearings.all():
            yield f"{source} has no bearing on the question."


def _without_words(shelf):
    for source in shelf.published:
        count = sum(not bearing.words for bearing in source.bearings.all())
        if count:
            bearings = "a bearing" if count == 1 else f"{count} bearings"
            yield f"{source} has {bearings} without the exact words."


def _drafts(shelf):
    for source in shelf.sources.values():
        if not source.is_published:
            yield f"{source} {STANDING[source.state]}."


def _without_source(shelf):
    topics = Topic.objects.exclude(state=State.WITHDRAWN).with_counts_for(None)
    for topic in topics.in_order():
        if not topic.source_count:
            yield f"{topic.name} has no published source."


def _later_cited(shelf):
    rows = Citation.objects.exclude(relation=Citation.Relation.PARALLELS)
    for pair in rows.order_by("pk").values_list("citing", "cited"):
        citing, cited = map(shelf.sources.get, pair)
        if citing and cited and _is_later(cited.work, citing.work):
            earlier, later = _dated(citing), _dated(cited)
            yield f"{earlier} cites {later}, which is later."


def _is_later(work, other):
    """Whether a work is later by all that is known: its shelf, and its years.

    A work that one of them puts earlier, such as the Zohar, is not called later.
    """
    by_era = work.era - other.era if work.era and other.era else 0
    by_years = 0
    if work.years and other.years:
        by_years = (work.year_from > other.year_to) - (work.year_to < other.year_from)
        if not by_years:
            return False
    return by_era >= 0 and by_years >= 0 and (by_era > 0 or by_years > 0)


def _dated(source):
    when = filter(None, (source.work.get_era_display(), source.work.years))
    return f"{source} ({', '.join(when)})"


def _shared_titles(shelf):
    """Titles by which a reader may mean either of two works."""
    holders = defaultdict(dict)
    for work in shelf.works:
        own = [work.title, work.title_he, *(row.text for row in work.titles.all())]
        for title in filter(None, own):
            holders[skeleton(title)].setdefault(work.title, title)
    for works in holders.values():
        if len(works) > 1:
            title = next(iter(works.values()))
            yield f"“{title}” may mean {' or '.join(works)}."


def _overclaims(shelf):
    claims = EssayClaim.objects.exclude(essay__state=State.WITHDRAWN)
    rows = claims.filter(finding="").select_related("essay", "source")
    for row in rows.order_by("essay__order", "essay", "number"):
        reason = _weakness(shelf.sources.get(row.source_id, row.source))
        if reason:
            yield (
                f"“{row.essay}”, claim {row.number}: {row.source} {reason}, and the "
                "claim has no note."
            )


def _weakness(source):
    """Why a claim says more than its source, or ""."""
    if not source.is_published:
        return STANDING[source.state]
    published = [row for row in source.bearings.all() if row.is_published]
    if published and all(row.basis == Bearing.Basis.INFERRED for row in published):
        return "is only read so by others"
    return ""


def _unready_steps(shelf):
    steps = PathStep.objects.exclude(path__state=State.WITHDRAWN)
    rows = steps.exclude(source__state=State.PUBLISHED)
    rows = rows.select_related("path", "source")
    for step in rows.order_by("path__order", "path", "number"):
        standing = STANDING[step.source.state]
        yield f"“{step.path}”, step {step.number}: {step.source} {standing}."


def _overlapping(shelf):
    works = {work.pk: as_reference_work(work) for work in shelf.works}
    held = defaultdict(list)
    for source in shelf.sources.values():
        held[source.work_id].append(source)
    for work_id, sources in held.items():
        if len(sources) > 1:
            for one, other in overlaps(works[work_id], sources):
                yield f"{one} and {other} share a place."


def overlaps(work, sources):
    """The pairs of one work's sources that share a place; `work` as references know it.

    Sources are compared with those alone that reach as far as they begin, so that
    many sources of one work cost little. Parts of one place are no overlap.
    """
    spans, whole = [], []
    for source in sources:
        reference = references.from_address(work, source.address)
        spans += [(span, source) for span in reference.spans]
        whole += [] if reference.spans else [source]
    pairs = {}
    still_open = []
    for span, source in sorted(spans, key=lambda row: (row[0], row[1].pk)):
        still_open = [row for row in still_open if row[0].overlaps(span)]
        pairs |= {(row[1].pk, source.pk): (row[1], source) for row in still_open}
        still_open.append((span, source))
    for one in whole:
        pairs |= {(one.pk, other.pk): (one, other) for _, other in spans}
    told = set()
    for one, other in pairs.values():
        pair = frozenset((one.pk, other.pk))
        if one.address != other.address and pair not in told:
            told.add(pair)
            yield one, other


KINDS = (
    ("Published sources without a translation", _without_translation),
    ("Published sources without a bearing", _without_bearing),
    ("Bearings without exact words", _without_words),
    ("Citations of a later source", _later_cited),
    ("Titles that two works share without a rule", _shared_titles),
    ("Essays that claim more than the source, without a note", _overclaims),
    ("Paths with a step on an unpublished source", _unready_steps),
    ("Sources that overlap", _overlapping),
    ("Topics without a source", _without_source),
    ("Drafts", _drafts),
)
