"""Who may see what: the states, and the QuerySets of all that has one."""

from django.db import models

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
