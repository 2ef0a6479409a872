"""A form that is refused gives back what was typed."""

import re
from functools import wraps

from django.http import Http404
from django.shortcuts import render

from sources import errors
from sources.carried import NOT_CARRIED, SECRET_FIELDS, is_from_here
from sources.pages.settings import SeeOther
from studyhall.annotations import drafts
from studyhall.annotations.pace import TooMany

SHOWN = ("body", "words", "tags", "reason", "answer", "what", "instead", "reply")
_DEED = re.compile(r"/(?:highlight|bookmark)/(?=\?|\Z)")
REFUSED = (403, 404, 410, 413)


def gives_back(view):
    """The view, whose refusals show again what was typed.

    Where its source has moved, the form opens at the new address as it was typed.
    """

    @wraps(view)
    def giving_back(request, *args, **kwargs):
        if request.method != "POST":
            return view(request, *args, **kwargs)
        try:
            response = view(request, *args, **kwargs)
            if response.status_code in (301, 302) and _is_moved(response):
                drafts.keep(request, response["Location"])
                return SeeOther(response["Location"])
        except Http404:
            return returned(request, 404)
        except TooMany as refused:
            return returned(request, 429, refused.wait)
        except drafts.TooLong:
            return returned(request, 413)
        if response.status_code in REFUSED:
            return returned(request, response.status_code)
        return response

    giving_back.gives_back = True
    return giving_back


def csrf_failure(request, reason=""):
    """A form without its key. One of ours may be sent again from here, by hand.

    It goes to its own address and with a new key. What another site sent, and any
    form that is not `gives_back`'s, is shown again and no more.
    """
    match = request.resolver_match
    is_ours = match is not None and getattr(match.func, "gives_back", False)
    if is_ours and is_from_here(request):
        return returned(request, 403, is_unsigned=True)
    return errors.csrf_failure(request, reason)


def _is_moved(response):
    return getattr(response, "is_moved", False)


def moved(led_elsewhere):
    """The answer of a page whose source stands elsewhere, marked as such.

    It leads to a form, never to a deed that is only posted to.
    """
    response = led_elsewhere.response
    response.is_moved = "Location" in response
    if response.is_moved:
        response["Location"] = _DEED.sub("/annotate/", response["Location"])
    return response


def returned(request, status, wait=0, is_unsigned=False):
    """The page that gives the text back; `wait` in seconds until it may be sent again.

    One that may be sent again holds the whole form, its words to be changed; one that
    `is_unsigned` came without its key.
    """
    posted = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if value and name not in NOT_CARRIED and not SECRET_FIELDS.search(name)
    ]
    context = {
        "typed": [(name, value) for name, value in posted if name in SHOWN],
        "others": [(name, value) for name, value in posted if name not in SHOWN],
        "may_send": bool(wait or is_unsigned),
        "minutes": -(-wait // 60),
        "status": status,
        "is_unsigned": is_unsigned,
    }
    response = render(request, "notes/returned.html", context, status=status)
    if wait:
        response["Retry-After"] = str(wait)
    return response
