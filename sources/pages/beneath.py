"""The source that a page beneath a source's own address is about."""

from urllib.parse import unquote

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from sources.models import FormerAddress, Source
from sources.pages.source import elsewhere


class LedElsewhere(Exception):
    """No source stands there that one may see; `response` says where it leads."""

    def __init__(self, response: HttpResponse):
        super().__init__("No source stands there.")
        self.response = response


def source_above(request, work, place):
    """The visible source, with its work and texts, whose page stands above this one.

    Raises Http404, or LedElsewhere where another spelling of the place, a former
    address of the source or its being withdrawn has an answer of its own.
    """
    readable = Source.objects.visible_to(request.user).with_work()
    shown = readable.filter(work__slug=work, place_in_url=place)
    source = shown.prefetch_related("texts").first()
    if source is None:
        raise LedElsewhere(led_elsewhere(request, work, place))
    return source


def led_elsewhere(request, work, place):
    """What a page beneath an address answers at which no visible source stands.

    Where several sources stand it leads to their list. Raises Http404.
    """
    beneath = beneath_source(request, work, place)
    moved = moved_from(work, place, request.user)
    if moved is not None:
        return redirect(moved.get_absolute_url() + beneath, permanent=True)
    response = elsewhere(request, work, place)
    if response.status_code == 200:
        return redirect("source", work, place)
    if "Location" in response:
        response["Location"] += beneath
    return response


def moved_from(work, place, user):
    """The visible source that once stood at this place, or None."""
    path = unquote(reverse("source", args=[work, place]))
    former = FormerAddress.objects.filter(path=path, kind="source").first()
    if former is None:
        return None
    readable = Source.objects.visible_to(user).select_related("work")
    return readable.filter(pk=former.record_id).first()


def beneath_source(request, work, place):
    """What the address holds after the source's own, with the question it asks."""
    own = unquote(reverse("source", args=[work, place]))
    asked = request.META.get("QUERY_STRING", "")
    return request.path.removeprefix(own) + (f"?{asked}" if asked else "")
