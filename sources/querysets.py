"""Every way in which the site reads the library, named."""

from django.db import models
from django.db.models import Count, Exists, F, Max, OuterRef, Prefetch, Q, Subquery

DRAFT = "draft"
PUBLISHED = "published"
WITHDRAWN = "withdrawn"


def may_see_drafts(user):
    """Editors see drafts; a visitor (`user` None or anonymous) asks no query."""
    return bool(
        user is not None
        and user.is_authenticated
        and user.has_perm("sources.change_source")
    )


class StatedQuerySet(models.QuerySet):
    """Records and rows that have a state of their own."""

    def published(self):
        return self.filter(state=PUBLISHED)

    def visible_to(self, user):
        """Editors see all but what is withdrawn; everyone else what is published."""
        if may_see_drafts(user):
            return self.exclude(state=WITHDRAWN)
        return self.published()


class EverySeenQuerySet(models.QuerySet):
    """Records that have no state: everyone may see them."""

    def visible_to(self, user):
        return self.all()


class QuestionQuerySet(EverySeenQuerySet):
    def first_question(self):
        """The site's question, or None in an empty library."""
        return self.order_by("pk").first()


class PositionQuerySet(EverySeenQuerySet):
    def with_supporters(self):
        """Each with the published sources that support it, and those outright."""
        supports = Q(
            bearings__direction="supports",
            bearings__state=PUBLISHED,
            bearings__source__state=PUBLISHED,
        )
        outright = supports & Q(bearings__basis="explicit")
        return self.annotate(
            supporting=Count("bearings__source", filter=supports, distinct=True),
            outright=Count("bearings__source", filter=outright, distinct=True),
        )

    def in_order(self):
        return self.order_by("order", "pk")


class AuthorQuerySet(EverySeenQuerySet):
    def in_order(self):
        return self.order_by("order", "pk")

    def with_sources_for(self, user):
        """Only authors of sources, or of readings, that this user may see."""
        works = self._related("works").objects.with_sources_for(user)
        readings = self._related("readings").objects.visible_to(user)
        return self.filter(
            Exists(works.filter(author=OuterRef("pk")))
            | Exists(readings.filter(according_to=OuterRef("pk")))
        )

    def _related(self, name):
        return self.model._meta.get_field(name).related_model


class WorkQuerySet(EverySeenQuerySet):
    def in_order(self):
        """By generation: era, then first year, then the work's order."""
        return self.order_by(
            F("era").asc(nulls_last=True),
            F("year_from").asc(nulls_last=True),
            "order",
            "pk",
        )

    def with_sources_for(self, user):
        """Only works that hold a source this user may see."""
        readable = self.model._meta.get_field("sources").related_model.objects
        return self.filter(
            Exists(readable.visible_to(user).filter(work=OuterRef("pk")))
        )


class SourceQuerySet(StatedQuerySet):
    def in_order(self):
        """By generation, then by place in the work."""
        return self.order_by(
            F("work__era").asc(nulls_last=True),
            F("work__year_from").asc(nulls_last=True),
            "work__order",
            "work_id",
            "sort_key",
            "pk",
        )

    def with_work(self):
        return self.select_related("work", "work__author")

    def to_name(self, user):
        """Sources that may be named to this user: what is published, and what of
        the curated library is a draft still, as in `CitationQuerySet.to_name`.
        """
        if may_see_drafts(user):
            return self.visible_to(user)
        known = Q(state=DRAFT, library_name__isnull=False)
        return self.filter(known | Q(state=PUBLISHED))

    def bearing_on(self, position, **terms):
        """Sources with a published bearing on this position."""
        return self.filter(
            pk__in=self._bearings().published().filter(position=position, **terms)
            .values("source")
        )  # fmt: skip

    def taking_a_side(self):
        """Sources with a published bearing on any position."""
        return self.filter(
            Exists(
                self._bearings()
                .published()
                .filter(source=OuterRef("pk"), position__isnull=False)
            )
        )

    def contested(self):
        return self.filter(is_contested=True)

    def linked_for(self, user):
        """Only sources with a link to or from another, both seen by this user."""
        links = self.model._meta.get_field("citations_made").related_model.objects
        seen = links.visible_to(user)
        return self.filter(
            Exists(seen.filter(citing=OuterRef("pk")))
            | Exists(seen.filter(cited=OuterRef("pk")))
        )

    def at_places(self, pairs, and_keys=()):
        """Sources at any of these (work's slug, address or place in the address)."""
        works, places = {work for work, _ in pairs}, {place for _, place in pairs}
        here = Q(address__in=places) | Q(place_in_url__in=places)
        return self.filter(Q(here, work__slug__in=works) | Q(pk__in=and_keys))

    def unverified(self):
        """Drafts of the curated library for which no text was found: named to all.

        Their references alone: what is drafted of them is the editors' to read.
        """
        return self.filter(
            state=DRAFT, library_name__isnull=False, verified_against=""
        ).defer("summary", "notes")

    def for_page(self, user):
        """All that a source's own page shows, in a fixed number of queries."""
        return self.with_work().prefetch_related(
            "texts",
            Prefetch("bearings", self._bearings().visible_to(user).for_page()),
            Prefetch("topic_links", self._links().visible_to(user).for_page()),
        )

    def for_list(self, user):
        """All that a row of a list shows."""
        return self.with_work().prefetch_related(
            Prefetch("bearings", self._bearings().visible_to(user).for_page())
        )

    def _bearings(self):
        return self.model._meta.get_field("bearings").related_model.objects

    def _links(self):
        return self.model._meta.get_field("topic_links").related_model.objects


class TextQuerySet(models.QuerySet):
    def visible_to(self, user):
        if may_see_drafts(user):
            return self.exclude(source__state=WITHDRAWN)
        return self.filter(source__state=PUBLISHED)


class BearingQuerySet(StatedQuerySet):
    def published(self):
        """Published, and its source is too."""
        return self.filter(state=PUBLISHED, source__state=PUBLISHED)

    def visible_to(self, user):
        if may_see_drafts(user):
            return self.exclude(state=WITHDRAWN).exclude(source__state=WITHDRAWN)
        return self.published()

    def taking_a_side(self):
        return self.filter(position__isnull=False)

    def for_page(self):
        return self.select_related("position", "according_to").order_by("order", "pk")

    def by_generation(self):
        return self.order_by(
            F("source__work__era").asc(nulls_last=True),
            F("source__work__year_from").asc(nulls_last=True),
            "source__work__order",
            "source__work_id",
            "source__sort_key",
            "order",
            "pk",
        )


class CitationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A link is seen only if both its ends are."""
        if may_see_drafts(user):
            return self.exclude(citing__state=WITHDRAWN).exclude(cited__state=WITHDRAWN)
        return self.filter(citing__state=PUBLISHED, cited__state=PUBLISHED)

    def to_name(self, user):
        """Links whose ends may be named to this user.

        A draft of the curated library is known from the literature: it is named,
        not linked. What an editor here is drafting is nobody else's to read of.
        """
        if may_see_drafts(user):
            return self.visible_to(user)
        known = {
            end: Q(**{f"{end}__state": PUBLISHED})
            | Q(**{f"{end}__state": DRAFT, f"{end}__library_name__isnull": False})
            for end in ("citing", "cited")
        }
        return self.filter(known["citing"], known["cited"])

    def of(self, source):
        """Links from or to this source."""
        return self.filter(Q(citing=source) | Q(cited=source))

    def for_page(self):
        return self.select_related("citing__work", "cited__work").order_by(
            F("citing__work__era").asc(nulls_last=True),
            F("citing__work__year_from").asc(nulls_last=True),
            "citing__work__order",
            "order",
            "pk",
        )


class TopicQuerySet(StatedQuerySet):
    def in_order(self):
        return self.order_by("order", "pk")

    def with_counts_for(self, user):
        """Each topic with `source_count`, of sources this user may see."""
        states = (
            ~Q(links__content_object__state=WITHDRAWN)
            if may_see_drafts(user)
            else Q(links__content_object__state=PUBLISHED)
        )
        return self.annotate(source_count=Count("links", filter=states))


class TopicLinkQuerySet(models.QuerySet):
    def visible_to(self, user):
        if may_see_drafts(user):
            return self.exclude(tag__state=WITHDRAWN).exclude(
                content_object__state=WITHDRAWN
            )
        return self.filter(tag__state=PUBLISHED, content_object__state=PUBLISHED)

    def for_page(self):
        return self.select_related("tag").order_by("tag__order", "tag_id")


class PathQuerySet(StatedQuerySet):
    def in_order(self):
        return self.order_by("order", "pk")


class PathStepQuerySet(models.QuerySet):
    def visible_to(self, user):
        if may_see_drafts(user):
            return self.exclude(path__state=WITHDRAWN).exclude(source__state=WITHDRAWN)
        return self.filter(path__state=PUBLISHED, source__state=PUBLISHED)

    def with_place(self, user):
        """Each with `place`: which step it is, from 1, of those this user may see."""
        seen = self.model.objects.visible_to(user).filter(
            path=OuterRef("path"), number__lte=OuterRef("number")
        )
        counted = seen.order_by().values("path").annotate(count=Count("pk"))
        return self.annotate(place=Subquery(counted.values("count")))

    def with_next(self):
        """Each with `next_step`: the key of the one after it, seen or not, or None."""
        later = self.model.objects.filter(
            path=OuterRef("path"), number__gt=OuterRef("number")
        )
        first = later.order_by("number").values("pk")[:1]
        return self.annotate(next_step=Subquery(first))


class EssayQuerySet(StatedQuerySet):
    def in_order(self):
        return self.order_by("order", "pk")


class EssayClaimQuerySet(models.QuerySet):
    def to_name(self, user):
        """Claims whose essay this user may see and whose source may be named.

        A draft of the curated library is known from the literature, and named.
        """
        if may_see_drafts(user):
            return self.exclude(essay__state=WITHDRAWN).exclude(source__state=WITHDRAWN)
        known = Q(source__state=PUBLISHED) | Q(
            source__state=DRAFT, source__library_name__isnull=False
        )
        return self.filter(known, essay__state=PUBLISHED)


class StampQuerySet(models.QuerySet):
    def current(self):
        """The stamp's number: 0 in a library that nothing has written yet."""
        return self.values_list("number", flat=True).filter(pk=1).first() or 0


class ChangeQuerySet(models.QuerySet):
    def of(self, kind, record_id):
        return self.filter(kind=kind, record_id=record_id).order_by("number")

    def times_published(self, kind, record_id):
        """When saves left this record published, in order."""
        saved = self.of(kind, record_id).filter(record__state=PUBLISHED)
        return saved.values_list("at", flat=True)

    def days_of(self, kind):
        """The day on which each record of a kind was last saved, by its key."""
        last = self.filter(kind=kind).order_by().values("record_id")
        last = last.annotate(last=Max("at")).values_list("record_id", "last")
        return {record_id: at.date() for record_id, at in last}

    def visible_to(self, user):
        """The history's working side is the editors'."""
        return self.all() if may_see_drafts(user) else self.none()
