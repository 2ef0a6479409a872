"""What no honest browser sends is refused before it reaches a page."""

from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.core.exceptions import (
    BadRequest,
    DisallowedHost,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpResponseBadRequest, QueryDict, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

from sources.admin.exchange.reading import BYTES as LARGEST_FILE
from sources.errors import refuse, too_large

MEGABYTE = 1024 * 1024
LONGEST_ADDRESS = 8000
LONGEST_HEADERS = 32 * 1024  # code points of all names and values
LARGEST = LARGEST_FILE + MEGABYTE  # bytes: a file that an editor sends, and its form
# Bytes from whoever carries no session: as much as a form without a file may hold.
LARGEST_WITHOUT_SESSION = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
LARGEST_GIVEN_BACK = 4 * MEGABYTE
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


def length_of(request):
    """How many bytes a request says that its body has; 0 where it says none."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def largest_from(request):
    """How many bytes a body may have, by who seems to send it: nothing is read yet."""
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
    return LARGEST if has_session else LARGEST_WITHOUT_SESSION


def size_of_headers(environ):
    """How long all headers of a request are, in code points, with their names.

    Not asked where a kept page is the answer: that reads next to none of them.
    """
    return sum(
        len(name) + len(value)
        for name, value in environ.items()
        if name.startswith("HTTP_")
    )


def large_form(request):
    """A plain form that is too large to be taken, but not to be given back; or None."""
    length = length_of(request)
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
    """Middleware: 400, 413 or 431 for what cannot be read, never a 500."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        drop_unsound_cookies(request)
        if size_of_headers(request.META) > LONGEST_HEADERS:
            return refuse(request, "", status=431)
        if len(request.get_full_path()) > LONGEST_ADDRESS:
            return refuse(request, "The address is too long.", status=400)
        check_address(request)
        if length_of(request) > largest_from(request):
            return too_large(request, large_form(request))
        if request.content_type in {URLENCODED, MULTIPART}:
            try:
                check_form(request)
            except RequestDataTooBig:
                return too_large(request, large_form(request))
            except (TooManyFieldsSent, TooManyFilesSent, MultiPartParserError) as error:
                raise BadRequest("The form cannot be read.") from error
        return self.get_response(request)
