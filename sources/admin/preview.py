"""The public page as it would stand with a form's unsaved change."""

import copy

from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.urls import resolve

from sources import review
from sources.authorship import is_public, told
from sources.kept import kept_state
from sources.models import Question, Source
from sources.pages.gathering import Gathering


def page_of(request, record):
    """The record's public page as every visitor would get it, and the picture.

    `record` is as it stands inside the change that will be undone. base.html shows
    what `request.preview` holds above the page.
    """
    seen = copy.copy(request)
    seen.method, seen.user = "GET", AnonymousUser()
    seen.path = seen.path_info = record.get_absolute_url()
    seen.GET = seen.POST = QueryDict()
    seen.resolver_match = match = resolve(seen.path_info)
    seen.preview = {"record": record, "to_review": _to_review(request, record)}
    seen.preview |= _pictures(record)
    return match.func(seen, *match.args, **match.kwargs)


def _to_review(request, record):
    """The keys of the bearings that a second editor reviews by publishing all this."""
    if review.one_editor():
        return frozenset()
    old = {row["id"]: row for row in request.saving.claim.state.get("bearings", ())}
    rows = kept_state(record).get("bearings", ())
    return {
        row["id"]
        for row in rows
        if is_public(row) and told(old.get(row["id"], {})) != told(row)
    }


def _pictures(record):
    """The question's picture with the source's marks lit, in both forms."""
    asked = Question.objects.first_question()
    if asked is None or not isinstance(record, Source):
        return {}
    drawn = Gathering.of(asked, keep={record.pk}).picture(lit=record.pk)
    if not any(mark.lit for mark in drawn.marks):
        return {"stands_in_no_column": True}
    return {"wide": drawn.wide(uid="pw"), "narrow": drawn.narrow(uid="pn")}
