"""The whole chain of a source: what it rests on and what rests on it, to the end."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Prefetch, prefetch_related_objects
from django.shortcuts import render
from django.utils.translation import gettext

from sources import chains, picture
from sources.models import Bearing, Citation, Source
from sources.pages import crumbs, linked_data
from sources.pages.beneath import led_elsewhere
from sources.pages.chain import generation, is_open
from sources.pages.gathering import SHELVES, UNDATED, era_name, whole


@dataclass(frozen=True)
class Member:
    """One source of the chain, as this user may see it.

    `distance` is how many links away it is; `links` are those that this list tells
    of at this source, each with both its ends.
    """

    source: Source
    is_open: bool  # a draft is named to visitors, and not linked
    distance: int
    links: tuple[Citation, ...] = ()

    @property
    def bearings(self):
        """Those that take a side."""
        seen = self.source.bearings.all() if self.is_open else ()
        return [bearing for bearing in seen if bearing.position]


@dataclass(frozen=True)
class WholeChain:
    """All that one source rests on, and all that rests on it; nearest first."""

    start: Member
    before: tuple[Member, ...]
    after: tuple[Member, ...]
    links: tuple[Citation, ...]
    found: int  # sources, the start among them, shown or not

    @property
    def members(self):
        """Each source once, in order of generation."""
        every = {each.source.pk: each for each in (*self.after, *self.before)}
        every[self.start.source.pk] = self.start
        return sorted(every.values(), key=lambda member: generation(member.source))

    @property
    def is_cut(self):
        return self.found > len(self.members)

    def picture(self):
        """The picture's value, from which its drawings are asked."""
        members = self.members
        return picture.ChainPicture(
            steps=tuple(step_of(each, each is self.start) for each in members),
            arrows=tuple(map(arrow_of, self.links)),
            eras={
                era: (era_name(era), SHELVES[era][0])
                for era in {era_of(each.source) for each in members}
            },
        )


def chain(request, work, place):
    """The chain of the source that stands at a place."""
    readable = Source.objects.visible_to(request.user).for_list(request.user)
    shown = readable.filter(work__slug=work, place_in_url=place).first()
    if shown is None:
        return led_elsewhere(request, work, place)
    drawn = whole_chain(shown, request.user)
    context = {
        "source": shown,
        "chain": drawn,
        "wide": drawn.picture().wide(),
        "narrow": drawn.picture().narrow(),
        "most": chains.MOST,
        "crumbs": crumbs.of_source(shown, gettext("Chain")),
        "linked_data": [as_linked_data(drawn)],
    }
    return render(request, "sources/chain.html", context)


def whole_chain(source, user):
    """The source's chain: two queries, one more for an editor, and the stamp's."""
    walk = chains.walk(source.pk, whole().net_for(user))
    keys = walk.keys
    links = Citation.objects.to_name(user).filter(citing__in=keys, cited__in=keys)
    links = list(links.select_related("citing__work", "cited__work").order_by("pk"))
    one_of_each = {}
    for link in links:
        link.citing = one_of_each.setdefault(link.citing_id, link.citing)
        link.cited = one_of_each.setdefault(link.cited_id, link.cited)
    others = [other for key, other in one_of_each.items() if key != source.pk]
    seen = Bearing.objects.visible_to(user).for_page()
    prefetch_related_objects(others, Prefetch("bearings", seen))
    return told(source, walk, links, user)


def told(source, walk, links, user):
    """The chain as both lists tell it: each link at the farther of its ends."""
    back, on, passed = defaultdict(list), defaultdict(list), []
    for link in links:
        ends = chains.Link(
            link.cited_id,
            link.citing_id,
            is_open(link.cited, user),
            is_open(link.citing, user),
        )
        if not ends.citing_is_open:
            link.note = ""  # what a draft says is not for visitors
        if walk.leads_back(ends):
            back[link.cited].append(link)
        if walk.leads_on(ends):
            on[link.citing].append(link)
        if walk.leads_back(ends) or walk.leads_on(ends):
            passed.append(link)
    return WholeChain(
        start=Member(source, True, 0),
        before=members(back, walk.before, user),
        after=members(on, walk.after, user),
        links=tuple(passed),
        found=walk.found,
    )


def members(links_at, distances, user):
    """The sources at which links are told of, nearest first, then by generation."""
    found = [
        Member(source, is_open(source, user), distances[source.pk], tuple(links))
        for source, links in links_at.items()
    ]
    return tuple(sorted(found, key=lambda one: (one.distance, generation(one.source))))


def era_of(source):
    return source.work.era or UNDATED


def step_of(member, is_current):
    source = member.source
    return picture.Step(
        key=source.pk,
        label=source.reference_en,
        short=source.short or source.reference_en,
        url=source.get_absolute_url() if member.is_open else "",
        era=era_of(source),
        stands=tuple(dict.fromkeys(map(stand_of, member.bearings))),
        is_current=is_current,
    )


def stand_of(bearing):
    position = bearing.position
    return picture.Stand(position.sign, bearing.direction, bearing.basis, position.name)


def arrow_of(link):
    return picture.Arrow(link.cited_id, link.citing_id, link.get_relation_display())


def as_linked_data(chain):
    """The chain as a list of the sources in it that have a page, earliest first."""
    opened = [each.source for each in chain.members if each.is_open]
    return linked_data.thing(
        "ItemList",
        gettext("The chain of %s") % chain.start.source.reference_en,
        numberOfItems=len(opened),
        itemListElement=[
            linked_data.thing(
                "ListItem",
                source.reference_en,
                position=position,
                url=source.get_absolute_url(),
            )
            for position, source in enumerate(opened, 1)
        ],
    )
