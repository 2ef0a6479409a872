"""Where a source stands among others: what it cites, what cites it, what is next."""

from dataclasses import dataclass

from django.db.models import F, Prefetch, Q, Subquery, prefetch_related_objects
from django.db.models.functions import Coalesce

from sources.models import Bearing, Citation, Source
from sources.querysets import may_see_drafts

MOST_BESIDE = 60  # sources that are looked through for what disagrees
IN_BAR = 3  # sources on each side of the chain bar
NO_ERA, NO_YEAR = 99, 32_767  # after every real one

PASSIVE = {
    Citation.Relation.CITES: "cited",
    Citation.Relation.QUOTES: "quoted",
    Citation.Relation.CITES_AS_EVIDENCE: "cited as evidence",
    Citation.Relation.COMMENTS_ON: "commented on",
    Citation.Relation.EXPLAINS: "explained",
    Citation.Relation.SUPPORTS: "supported",
    Citation.Relation.DISPUTES: "disputed",
    Citation.Relation.QUALIFIES: "qualified",
    Citation.Relation.EXTENDS: "carried further",
    Citation.Relation.PARALLELS: "paralleled",
}


@dataclass(frozen=True)
class End:
    """The other end of a link, as this user may see it."""

    source: Source
    relation: str
    note: str
    is_open: bool  # a draft is named to visitors, and not linked

    @property
    def bearings(self):
        return self.source.bearings.all() if self.is_open else ()

    @property
    def signs(self):
        """The signs of the positions it bears on, each once."""
        signs = [each.position.sign for each in self.bearings if each.position]
        return list(dict.fromkeys(signs))


@dataclass(frozen=True)
class Chain:
    """The links of one source: earlier ends and later ones.

    `beside` are other sources that build on something this one cites.
    """

    cited: tuple[End, ...]
    citing: tuple[End, ...]
    beside: tuple[End, ...] = ()

    @property
    def before(self):
        return self.cited[-IN_BAR:]

    @property
    def after(self):
        return self.citing[:IN_BAR]

    def disagreeing(self, bearings):
        """(end, bearing) of the sources linked or beside it that hold otherwise.

        Otherwise is to support another position, or to dispute one that this
        source supports.
        """
        held = {each.position_id for each in bearings if each.direction == "supports"}
        if not held:
            return []
        return [
            (end, bearing)
            for end in self._each_once()
            for bearing in end.bearings
            if opposes(bearing, held)
        ]

    def _each_once(self):
        ends = self.cited + self.citing + self.beside
        return {end.source.pk: end for end in ends}.values()


def opposes(bearing, held):
    """Whether a bearing stands against all of the positions that are held."""
    if bearing.direction == "supports":
        return bearing.position_id not in held
    return bearing.direction == "disputes" and bearing.position_id in held


def chain_of(source, user):
    """The source's links in order of generation: three queries."""
    links = Citation.objects.to_name(user).of(source)
    links = list(links.select_related("citing__work", "cited__work"))
    others = [other_end(link, source) for link in links]
    beside = building_on_the_same(source, links, user)
    seen = Bearing.objects.visible_to(user).for_page()
    prefetch_related_objects([*others, *beside], Prefetch("bearings", seen))
    cited, citing = [], []
    for link, other in zip(links, others, strict=True):
        makes = link.citing_id == source.pk
        words = link.get_relation_display() if makes else PASSIVE[link.relation]
        opens = is_open(other, user)
        end = End(other, words, link.note if makes or opens else "", opens)
        (cited if makes else citing).append(end)
    ends = tuple(End(other, "", "", is_open=True) for other in beside)
    return Chain(in_time(cited), in_time(citing), ends)


def building_on_the_same(source, links, user):
    """Sources not linked to this one that build on what it cites: one query."""
    cited = [link.cited_id for link in links if link.citing_id == source.pk]
    linked = {source.pk} | {other_end(link, source).pk for link in links}
    builds = Citation.objects.visible_to(user).filter(cited__in=cited).values("citing")
    others = (
        Source.objects.visible_to(user).filter(pk__in=builds).exclude(pk__in=linked)
    )
    return list(others.select_related("work").in_order()[:MOST_BESIDE])


def other_end(link, source):
    return link.cited if link.citing_id == source.pk else link.citing


def in_time(ends):
    return tuple(sorted(ends, key=lambda end: generation(end.source)))


def generation(source):
    """Where a source stands in time, as `SourceQuerySet.in_order` has it."""
    return (*age(source.work), source.sort_key, source.pk)


def age(work):
    era = NO_ERA if work.era is None else work.era
    year = NO_YEAR if work.year_from is None else work.year_from
    return era, year, work.order, work.pk


def is_open(source, user):
    return source.is_published or may_see_drafts(user)


def neighbours(source, user):
    """(previous, next) source in order of generation, or None: one query."""
    readable = Source.objects.visible_to(user)
    previous, following = (
        _nearest(readable, source, True),
        _nearest(readable, source, False),
    )
    beside = readable.with_work().filter(Q(pk=previous) | Q(pk=following))
    here = generation(source)
    earlier = [other for other in beside if generation(other) < here]
    later = [other for other in beside if generation(other) > here]
    return next(iter(earlier), None), next(iter(later), None)


def _nearest(readable, source, back):
    """The key of the next source of the same work, else the first of the next work."""
    names = ["sort_key", "pk"]
    values = [getattr(source, name) for name in names]
    beside = readable.filter(_past(names, values, back), work=source.work_id)
    works = ["at_era", "at_year", "work__order", "work_id"]
    dated = readable.annotate(
        at_era=Coalesce(F("work__era"), NO_ERA),
        at_year=Coalesce(F("work__year_from"), NO_YEAR),
    )
    further = dated.filter(_past(works, age(source.work), back))
    return Coalesce(
        _first_key(beside, _ways(names, back)),
        _first_key(further, _ways([*works, *names], back)),
    )


def _first_key(readable, order):
    return Subquery(readable.order_by(*order).values("pk")[:1])


def _past(names, values, back):
    """What stands after these values (before them: `back`), compared in turn."""
    side = "lt" if back else "gt"
    past, equal = Q(), Q()
    for name, value in zip(names, values, strict=True):
        past |= equal & Q(**{f"{name}__{side}": value})
        equal &= Q(**{name: value})
    return past


def _ways(names, back):
    return [f"-{name}" if back else name for name in names]
