"""What only reading finds: places that overlap, titles that clash, dead references.

No question to the database tells these, so each record is read once and what was
found is remembered until the record changes. One look reads so many records and no
more: a large library is read over several looks, and each says how many are left. A
glance, such as the desk's first page takes, reads nothing of a large library.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, F, Max, Prefetch, Sum

from sources import catalogue, gaps
from sources.models import Essay, Path, Source, Stamp, State, Topic, Work
from sources.text import skeleton

AT_ONCE = 300  # records that one look reads
SMALL = 2000  # records of a library that a glance reads too


@dataclass(frozen=True)
class Finding:
    """A sentence, and the records that it is about: (kind, key, name) of each."""

    sentence: str
    records: tuple


@dataclass(frozen=True)
class Look:
    """What is found so far, and how many records were not read yet."""

    found: list
    unread: int


class Memory:
    """What reading found in each record, by the version at which it was read.

    `versions()` gives {record: version} of all there is to read, the first to be
    read first; `read(records)` gives {record: what was found in it}.
    """

    def __init__(self, versions: Callable, read: Callable, at_once=AT_ONCE):
        self._versions, self._read, self._at_once = versions, read, at_once
        self.forget()

    def forget(self):
        self._kept, self._stamp, self._last = {}, None, None

    def look(self, is_glance=False):
        """A Look at the library: one query where nothing changed since the last."""
        stamp = Stamp.objects.filter(pk=1).values_list("number", "digest").first()
        is_same = self._last and stamp and stamp == self._stamp and stamp[1]
        if is_same and (is_glance or not self._last.unread):
            return self._last
        if self._stamp and stamp and stamp[0] < self._stamp[0]:
            self.forget()  # another database, or one that was put back
        versions = self._versions()
        kept = {
            each: self._kept[each]
            for each, version in versions.items()
            if each in self._kept and self._kept[each][0] == version
        }
        unread = [each for each in versions if each not in kept]
        passes = is_glance and len(versions) > SMALL
        now = [] if passes else unread[: self._at_once]
        found = self._read(now) if now else {}
        kept |= {each: (versions[each], found.get(each, [])) for each in now}
        every = [row for each in sorted(kept) for row in kept[each][1]]
        self._kept, self._stamp = kept, stamp
        self._last = Look(every, len(unread) - len(now))
        return self._last


def _works():
    """Each work by its version."""
    return dict(Work.objects.order_by("pk").values_list("pk", "version"))


def _shelves():
    """Each work that holds sources, by what changes when one of them does."""
    rows = Source.objects.exclude(state=State.WITHDRAWN).order_by("work")
    rows = rows.values("work", written=F("work__version"))
    told = rows.annotate(Count("pk"), Max("pk"), Sum("version"))
    return {row["work"]: tuple(row.values()) for row in told}


def _overlaps(works):
    """For each work the pairs of its sources that share a place."""
    standing = Source.objects.exclude(state=State.WITHDRAWN).order_by("sort_key", "pk")
    shelves = Work.objects.filter(pk__in=works).select_related("explains")
    shelves = shelves.prefetch_related("titles", Prefetch("sources", standing))
    found = {}
    for work in shelves.order_by("pk"):
        pairs = gaps.overlaps(catalogue.as_reference_work(work), work.sources.all())
        found[work.pk] = [
            Finding(f"{one} and {other} share a place.", _named(one, other))
            for one, other in pairs
        ]
    return found


def _named(*records):
    return tuple((each._meta.model_name, each.pk, str(each)) for each in records)


def _titles(works):
    """For each work its titles: (folded, as written, (kind, key, name) of the work)."""
    named = Work.objects.filter(pk__in=works).prefetch_related("titles")
    found = {}
    for work in named.order_by("pk"):
        written = [work.title, work.title_he, *(row.text for row in work.titles.all())]
        folded = {skeleton(title): title for title in reversed(written) if title}
        found[work.pk] = [
            (name, title, _named(work)[0]) for name, title in folded.items()
        ]
    return found


def _clashing(look):
    """Of a Look at titles, those by which a reader may mean either of two works."""
    holders = defaultdict(list)
    for folded, title, work in look.found:
        holders[folded].append((title, work))
    found = []
    for rows in holders.values():
        if len(rows) > 1:
            works = tuple(work for _, work in rows)
            names = " or ".join(name for *_, name in works)
            found.append(Finding(f"“{rows[0][0]}” may mean {names}.", works))
    return Look(found, look.unread)


MARKDOWN = {model._meta.model_name: model for model in (Essay, Path, Topic, Source)}


def _written():
    """Every record with Markdown, the newest first, by its version and the works'."""
    works = tuple(Work.objects.aggregate(Count("pk"), Sum("version")).values())
    return {
        (kind, key): (version, works)
        for kind, model in MARKDOWN.items()
        for key, version in model.objects.exclude(state=State.WITHDRAWN)
        .order_by("-pk")
        .values_list("pk", "version")
    }


def _dead_references(records):
    """For each record the references in its Markdown that name no place."""
    known = catalogue.current()
    found = {}
    for kind, model in MARKDOWN.items():
        keys = [key for each, key in records if each == kind]
        rows = model.objects.filter(pk__in=keys).order_by("pk")
        if model is Source:
            rows = rows.prefetch_related("bearings")
        for record in rows if keys else ():
            texts = [getattr(record, name) for name in record.markdown]
            if model is Source:
                texts += [bearing.reasoning for bearing in record.bearings.all()]
            found[(kind, record.pk)] = [
                Finding(f"{record}: {sentence}", _named(record))
                for text in texts
                for sentence in _dead_in(known, text)
            ]
    return found


def _dead_in(known, text):
    """Sentences for the references in a text that lead nowhere, or to several."""
    read = known.find(text)
    for rejected in read.rejected:
        yield f"“{rejected.text}” names no place. {rejected.why}"
    for citation in read.citations:
        if citation.reference is None:
            places = " or ".join(str(each.reference) for each in citation.choices)
            yield f"“{citation.text}” may mean {places}."


_overlapping = Memory(_shelves, _overlaps)
_titled = Memory(_works, _titles, at_once=10 * AT_ONCE)
_referring = Memory(_written, _dead_references)
MEMORIES = (_overlapping, _titled, _referring)


@dataclass(frozen=True)
class Kind:
    """One kind of finding: its title, what to do, who may, and how it is looked for."""

    title: str
    says: str
    right: str
    find: Callable


LOOKS = {
    "references": Kind(
        "references that do not resolve",
        "Correct the reference, or put a backslash before it if it is none.",
        "sources.change_source",
        _referring.look,
    ),
    "overlaps": Kind(
        "sources that overlap",
        "Merge them, narrow one, or leave both where each says something of its own.",
        "sources.change_source",
        _overlapping.look,
    ),
    "titles": Kind(
        "titles that clash",
        "Take the title from the work that is less often meant by it.",
        "sources.change_work",
        lambda is_glance=False: _clashing(_titled.look(is_glance)),
    ),
}


def look(name):
    """The Look that a kind of LOOKS gives now. Raises KeyError for no such kind."""
    return LOOKS[name].find()
