"""Who may see what: the states, and the QuerySets of all that has one."""

from django.db import models
from django.db.models import F, Q

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


def nameable(source=""):
    """What every visitor may read the name of; `source` is the way to it, as "cited__".

    A draft of the curated library is known from the literature: it is named, not
    linked. What an editor here is drafting is nobody else's to read of.
    """
    draft = {f"{source}state": DRAFT, f"{source}library_name__isnull": False}
    return Q(**{f"{source}state": PUBLISHED}) | Q(**draft)


def generation(work=""):
    """The order by generation: era, first year, the work's order; `work` as above."""
    return (
        F(f"{work}era").asc(nulls_last=True),
        F(f"{work}year_from").asc(nulls_last=True),
        f"{work}order",
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
