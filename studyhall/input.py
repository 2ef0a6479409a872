"""What no honest browser sends is refused before it reaches a page."""

from urllib.parse import unquote_to_bytes

from django.core.exceptions import (
    BadRequest,
    DisallowedHost,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpResponseBadRequest, QueryDict, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

from sources.errors import refuse, too_large

LONGEST_ADDRESS = 8000
LARGEST_GIVEN_BACK = 4 * 1024 * 1024  # bytes
URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"


def is_sound(words):
    """True for text that a database can hold: no NUL and no half of a character.

    U+FFFD stands where a form's bytes were not UTF-8.
    """
    return not any(
        char in "\x00\ufffd" or "\ud800" <= char <= "\udfff" for char in words
    )


def check_bytes(encoded, what):
    """Raise BadRequest unless percent-decoding gives UTF-8 without NUL."""
    decoded = unquote_to_bytes(encoded)
    if b"\x00" in decoded:
        raise BadRequest(f"The {what} holds a NUL character.")
    try:
        decoded.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadRequest(f"The {what} is not written in UTF-8.") from error


def check_address(request):
    """Raise BadRequest for a path or a query that is no text."""
    check_bytes(request.META.get("PATH_INFO", "").encode("latin-1", "replace"), "path")
    check_bytes(request.META.get("QUERY_STRING", ""), "query")


def check_form(request):
    """Raise BadRequest for a form that is no text, RequestDataTooBig for a big one."""
    if request.content_type == URLENCODED:
        check_bytes(request.body, "form")
    fields = (*request.POST.lists(), *((file.name, []) for file in files(request)))
    for name, values in fields:
        if not all(map(is_sound, (name, *values))):
            raise BadRequest("The form holds characters that are no text.")


def large_form(request):
    """A plain form that is too large to be taken, but not to be given back; or None."""
    length = int(request.META.get("CONTENT_LENGTH") or 0)
    if request.content_type != URLENCODED or length > LARGEST_GIVEN_BACK:
        return None
    try:
        return QueryDict(request.read(length))
    except (TooManyFieldsSent, UnreadablePostError):
        return None


def files(request):
    """Every file of a form."""
    return (file for name, sent in request.FILES.lists() for file in sent)


def drop_unsound_cookies(request):
    """A cookie that is no text is as if it had not come: it locks nobody out."""
    for name, value in list(request.COOKIES.items()):
        if not is_sound(name + value):
            del request.COOKIES[name]


class KnownHost:
    """Middleware: 400 for a host that is not ours, before anything asks its name.

    In plain words, for a page in the site's look names its own host.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        try:
            request.get_host()
        except DisallowedHost:
            return HttpResponseBadRequest(
                "This site does not answer to that host.\n",
                content_type="text/plain; charset=utf-8",
            )
        return self.get_response(request)


class BadInput:
    """Middleware: 400 or 413 for what cannot be read, never a 500."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        drop_unsound_cookies(request)
        if len(request.get_full_path()) > LONGEST_ADDRESS:
            return refuse(request, "The address is too long.", status=400)
        check_address(request)
        if request.content_type in {URLENCODED, MULTIPART}:
            try:
                check_form(request)
            except RequestDataTooBig:
                return too_large(request, large_form(request))
            except (TooManyFieldsSent, TooManyFilesSent, MultiPartParserError) as error:
                raise BadRequest("The form cannot be read.") from error
        return self.get_response(request)
