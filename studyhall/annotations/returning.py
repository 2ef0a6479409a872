"""A form that is refused gives back what was typed."""

import re
from functools import wraps

from django.db import OperationalError
from django.http import Http404
from django.shortcuts import render

from sources.carried import NOT_CARRIED, SECRET_FIELDS
from sources.pages.settings import SeeOther
from studyhall.annotations import drafts
from studyhall.annotations.pace import TooMany
from studyhall.busy import WAIT, is_busy

SHOWN = ("body", "words", "tags", "reason", "answer", "what")
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
        except Http404:
            return returned(request, 404)
        except TooMany as refused:
            return returned(request, 429, refused.wait)
        except OperationalError as error:
            if not is_busy(error):
                raise
            return returned(request, 503, WAIT)
        if response.status_code in REFUSED:
            return returned(request, response.status_code)
        if response.status_code in (301, 302) and getattr(response, "is_moved", False):
            drafts.keep(request, response["Location"])
            return SeeOther(response["Location"])
        return response

    return giving_back


def moved(led_elsewhere):
    """The answer of a page whose source stands elsewhere, marked as such.

    It leads to a form, never to a deed that is only posted to.
    """
    response = led_elsewhere.response
    response.is_moved = "Location" in response
    if response.is_moved:
        response["Location"] = _DEED.sub("/annotate/", response["Location"])
    return response


def returned(request, status, wait=0):
    """The page that gives the text back; `wait` in seconds until it may be sent again.

    One that may be sent again holds the whole form.
    """
    posted = [
        (name, value)
        for name, value in request.POST.items()
        if value and name not in NOT_CARRIED and not SECRET_FIELDS.search(name)
    ]
    context = {
        "typed": [(name, value) for name, value in posted if name in SHOWN],
        "posted": posted if wait else [],
        "wait": wait,
        "minutes": -(-wait // 60),
        "status": status,
    }
    response = render(request, "notes/returned.html", context, status=status)
    if wait:
        response["Retry-After"] = str(wait)
    return response
