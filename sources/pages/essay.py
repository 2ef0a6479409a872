"""An essay, with what each of its sources says beside it."""

from dataclasses import dataclass

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext

from sources.models import Bearing, Essay, EssayClaim, Source
from sources.pages import linked_data
from sources.pages.blocks import blocks_of
from sources.querysets import may_see_drafts


@dataclass(frozen=True)
class Note:
    """What the margin says of one source; in short where it was said before."""

    source: Source
    claim: EssayClaim | None
    is_open: bool  # a draft is named to visitors, and not linked
    is_first: bool = True

    @property
    def bearings(self):
        return self.source.bearings.all() if self.is_open else ()


@dataclass(frozen=True)
class Beside:
    """One block of the essay's body, and the notes beside it."""

    html: str
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class Margin:
    """The sources of an essay that one reader may know of: three queries."""

    sources: tuple[Source, ...]
    claims: tuple[EssayClaim, ...]
    sees_drafts: bool

    @classmethod
    def of(cls, essay, places, user):
        """`places` are the "work/place" that the body names."""
        pairs = [place.partition("/")[::2] for place in places]
        claims = tuple(essay.claims.to_name(user).order_by("number"))
        bearings = Bearing.objects.visible_to(user).for_page()
        nameable = Source.objects.to_name(user).select_related("work")
        mentioned = nameable.at_places(pairs, and_keys=[c.source_id for c in claims])
        sources = mentioned.prefetch_related(Prefetch("bearings", bearings))
        return cls(tuple(sources.order_by("pk")), claims, may_see_drafts(user))

    @cached_property
    def _claimed(self):
        return {claim.source_id: claim for claim in self.claims}

    def at(self, place):
        """The sources at one place; where several stand, those that have a claim."""
        work, _, address = place.partition("/")
        here = [
            source
            for source in self.sources
            if source.work.slug == work
            and address in (source.place_in_url, source.address)
        ]
        return [source for source in here if source.pk in self._claimed] or here

    def note(self, source, is_first=True):
        is_open = self.sees_drafts or source.is_published
        return Note(source, self._claimed.get(source.pk), is_open, is_first)

    def beside(self, blocks):
        """Each block with its notes, in the order in which it names its sources."""
        said = set()
        for block in blocks:
            named = [source for place in block.places for source in self.at(place)]
            notes = [
                self.note(source, is_first=source.pk not in said)
                for source in dict.fromkeys(named)
            ]
            said |= {source.pk for source in named}
            yield Beside(block.html, tuple(notes))

    def unsaid(self, rows):
        """Notes on the sources that have a claim and stand beside no block."""
        said = {note.source.pk for row in rows for note in row.notes}
        by_key = {source.pk: source for source in self.sources}
        keys = [claim.source_id for claim in self.claims]
        return [self.note(by_key[key]) for key in keys if key in by_key.keys() - said]


def essay(request, slug):
    """One essay; its body in blocks, and its sources in the order it names them."""
    found = get_object_or_404(Essay.objects.visible_to(request.user), slug=slug)
    blocks = blocks_of(found.body_html)
    places = dict.fromkeys(place for block in blocks for place in block.places)
    margin = Margin.of(found, places, request.user)
    rows = list(margin.beside(blocks))
    further = margin.unsaid(rows)
    notes = [note for row in rows for note in row.notes if note.is_first] + further
    context = {
        "essay": found,
        "rows": rows,
        "further": further,
        "notes": notes,
        "crumbs": [(gettext("Paths"), reverse("paths")), (found.title, "")],
        "linked_data": [article(found, notes)],
    }
    return render(request, "sources/essay.html", context)


def article(essay, notes):
    """An essay in schema.org's words, with the addresses of its open sources."""
    cited = [note.source.get_absolute_url() for note in notes if note.is_open]
    return linked_data.thing(
        "Article",
        essay.title,
        headline=essay.title,
        description=essay.lede,
        inLanguage="en",
        citation=cited,
        url=essay.get_absolute_url(),
    )
