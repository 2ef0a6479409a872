"""The pages that say what is wrong, in the site's look, and what to do next."""

import re

from django.apps import apps
from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import HttpResponse, HttpResponsePermanentRedirect, QueryDict
from django.http.multipartparser import MultiPartParserError
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template import loader
from django.templatetags.static import static
from django.urls import reverse
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext_noop

from sources import carried, places
from sources.models import FormerAddress, Source
from sources.references import Ambiguous, OutOfBounds, ReferenceProblem

LONGEST_PATH = 300  # code points, as FormerAddress keeps it
NEAREST = 3  # sources that a 404 page names
SHOWN_AGAIN = 20  # fields of a form that are shown back
LONGEST_KEY = 36  # characters, as of a UUID
TOKEN = "csrfmiddlewaretoken"
BUSY = gettext_noop(
    "The library is busy just now. Nothing was changed: try again in a few seconds."
)
_UNSOUND = re.compile("[\x00\ud800-\udfff]")
_FOREIGN = re.compile("/(?:sources|works)/.")
_LINE_OF_DAF = re.compile(r"(?<=[0-9][ab])[.:][0-9]+(?:-[0-9]+)?\Z")


def refuse(request, sentence, status=400, typed=()):
    """A page that says in one sentence why a request is refused.

    `status` is 400, 404, 413 or 431; `sentence` is shown as it is, escaped. `typed` is
    [(name, value)] of the form that was sent, to be shown again by 400 and 413.
    """
    context = {"sentence": sentence, "typed": typed}
    return render(request, f"{status}.html", context, status=status)


def page_not_found(request, exception=None):
    """Send a former address on; else say so and offer what is nearest."""
    moved = _moved_to(request) or _meant_by(request)
    if moved:
        return HttpResponsePermanentRedirect(moved)
    context = {"sentence": _said_by(exception), **_nearest_to(request)}
    return render(request, "404.html", context, status=404)


def bad_request(request, exception=None):
    """A request that cannot be read, or that is larger than the site takes."""
    if isinstance(exception, RequestDataTooBig):
        return too_large(request)
    return refuse(request, _said_by(exception), status=400, typed=_typed_in(request))


def permission_denied(request, exception=None):
    """Say which right is missing, where the code that refused has said it."""
    context = {"sentence": _said_by(exception)}
    return render(request, "403.html", context, status=403)


def csrf_failure(request, reason=""):
    """A form whose token is missing or old: what was typed is shown again."""
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if value and not carried.SECRET_FIELDS.search(name)
    ]
    context = {"typed": typed[:SHOWN_AGAIN], "reason": reason}
    if carried.is_record_form(request) and carried.is_from_here(request):
        context["carried"] = carried.fields_of(request.POST)
    return render(request, "403_csrf.html", context, status=403)


def gone(request, record):
    """A record that readers once saw and that is withdrawn."""
    return render(request, "410.html", {"record": record}, status=410)


def too_large(request, posted=None):
    """A body larger than the site takes; `posted` is the form, where it was read."""
    return refuse(request, "", status=413, typed=_typed_of(posted or QueryDict()))


def too_many(request, wait, typed=()):
    """Too many requests; `wait` is the time to wait, in whole seconds.

    `typed` is [(name, value)] of the form that was sent, to be shown again.
    """
    context = {"wait": wait, "typed": typed}
    if carried.is_record_form(request):
        context["carried"] = carried.fields_of(request.POST)
    response = render(request, "429.html", context, status=429)
    response["Retry-After"] = str(wait)
    return response


def unavailable(request, wait=5, status=503, sentence=BUSY):
    """What is needed cannot be read or written just now; `wait` is in seconds.

    A page of its own, like `server_error`. It holds the form that was sent, to be
    sent again as it was, unless a secret or a file was in it or another site sent it;
    words of it are shown.
    """
    posted = [
        (name, value, _holds_words(value))
        for name, values in request.POST.lists()
        for value in values
        if not carried.SECRET_FIELDS.search(name)
    ]
    is_whole = not request.FILES and all(
        name == TOKEN or not carried.SECRET_FIELDS.search(name) for name in request.POST
    )
    may_sign = posted and is_whole and carried.is_from_here(request)
    context = {
        "stylesheet": _stylesheet(),
        "sentence": sentence,
        "address": request.get_full_path(),
        "method": request.method,
        "posted": posted,
        "token": get_token(request) if may_sign else "",
    }
    page = loader.get_template("503.html").render(context)
    return HttpResponse(page, status=status, headers={"Retry-After": str(wait)})


def server_error(request):
    """A defect of ours: this page needs no database, no session, no settings."""
    page = loader.get_template("500.html").render({"stylesheet": _stylesheet()})
    return HttpResponse(page, status=500)


def _stylesheet():
    """The address of the site's stylesheet; "" where no such file is known."""
    try:
        return static("css/studyhall.css")
    except ValueError:  # no such file in the manifest of static files
        return ""


def _holds_words(value):
    """Whether somebody has typed it: no key, no number, no choice."""
    return " " in value or not value.isascii() or len(value) > LONGEST_KEY


def _typed_in(request):
    """[(name, value)] of the form that was sent, where it can be read."""
    try:
        return _typed_of(request.POST)
    except (BadRequest, SuspiciousOperation, MultiPartParserError):
        return []


def _typed_of(posted):
    """[(name, value)] of a form to be shown again; what is no text stands as U+FFFD."""
    return [
        (_UNSOUND.sub("\ufffd", name), _UNSOUND.sub("\ufffd", value))
        for name, value in carried.fields_of(posted)
        if value
    ][:SHOWN_AGAIN]


def _said_by(exception):
    """The sentence that the code raised, or "" for what Django itself raises."""
    said = exception.args[0] if exception is not None and exception.args else ""
    is_ours = isinstance(said, str) and not said.endswith("matches the given query.")
    return said if is_ours and said.endswith(".") else ""


def _moved_to(request):
    """Where the record that once had this path is now, or "".

    A record that this user may not see has no address to send anyone to.
    """
    if len(request.path) > LONGEST_PATH or "\0" in request.path:
        return ""
    paths = {request.path, iri_to_uri(request.path)}
    former = FormerAddress.objects.filter(path__in=paths).order_by("pk").first()
    if former is None:
        return ""
    model = apps.get_model("sources", former.kind)
    readable = model.objects.visible_to(_user_of(request))
    record = readable.filter(pk=former.record_id).first()
    address = record.get_absolute_url() if record else ""
    return "" if address in paths else address


def _meant_by(request):
    """Our address of the one place that an address of another kind names, or "".

    Such as /sources/Megillah.17b, /sources/bavli/megillah/17b/, Sephardi or Hebrew
    titles, Sefaria's way. A place has its address also while no source stands there;
    a page beneath it (its chain, its history) is there only with a source.
    """
    if not _FOREIGN.match(request.path) or len(request.path) > LONGEST_PATH:
        return ""
    try:
        reference = places.read(_readings(request.path)[0])
    except ReferenceProblem:
        return ""
    slug = reference.work.slug
    is_beneath = {*request.path.split("/")[3:]}.intersection(Source.RESERVED_PARTS)
    exact = places.at(reference, _user_of(request))
    if is_beneath and not exact:
        return ""
    if reference.spans:
        address = reverse("source", args=[slug, reference.address])
        address = places.address_of(reference, exact) or address
    else:
        address = reverse("work", args=[slug])
    return "" if address in (request.path, iri_to_uri(request.path)) else address


def _readings(path):
    """What a path may say: all of it, its last two pieces, its last, each as words.

    The line of a folio that Sefaria counts goes out: Berakhot.49a.3 is in 49a.
    """
    pieces = [piece for piece in path.split("/") if piece]
    if len(pieces) > 1 and pieces[0] in ("sources", "works"):
        pieces = pieces[1:]
    if len(pieces) > 1 and pieces[-1] in Source.RESERVED_PARTS:
        pieces = pieces[:-1]
    whole, last = " ".join(pieces), " ".join(pieces[-2:])
    readings = [whole, last, last.replace("-", " "), *pieces[-1:]]
    return [
        _LINE_OF_DAF.sub("", reading.replace("_", " "))
        for reading in dict.fromkeys(readings)
    ]


def _nearest_to(request):
    """What the path reads as, and the sources nearest to it, for the 404 page."""
    reason, choices, held = "", (), ()
    for text in _readings(request.path):
        try:
            reference = places.read(text)
        except OutOfBounds as problem:
            held = held or places.in_work(problem.work, _user_of(request), NEAREST)
            reason = reason or problem.reason
        except Ambiguous as problem:
            choices = choices or problem.choices
        except ReferenceProblem:
            continue
        else:
            user = _user_of(request)
            near = places.around(reference, user) or places.nearest(reference, user)
            return {"reference": reference, "nearest": near[:NEAREST]}
    return {"reason": reason, "choices": choices, "held": held}


def _user_of(request):
    """The user, or None where a request failed before it had one."""
    return getattr(request, "user", None)
