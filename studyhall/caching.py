"""Who may keep an answer: any cache a visitor's page, nobody another's."""

import gzip
import re
from hashlib import blake2b

import brotli
from django.conf import settings
from django.utils.cache import get_conditional_response, patch_vary_headers

PUBLIC = "public, max-age=0, must-revalidate"
PRIVATE = "private, no-cache"
TOO_MANY = 429
WORTH_PACKING = 600
PACKABLE = ("text/", "image/svg+xml", "application/json", "application/xml")
# The codings that a page is packed in, the best first, and how each is made.
PACKING = {
    "br": lambda content: brotli.compress(content, mode=brotli.MODE_TEXT, quality=5),
    "gzip": lambda content: gzip.compress(content, 6, mtime=0),
}
ACCEPTED = {
    coding: re.compile(rf"\b{coding}\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))")
    for coding in PACKING
}


def our_cookies():
    """The names of the cookies that this site sets."""
    return {
        settings.SESSION_COOKIE_NAME,
        settings.CSRF_COOKIE_NAME,
        settings.LANGUAGE_COOKIE_NAME,
        settings.READING_COOKIE_NAME,
        settings.MESSAGES_COOKIE_NAME,
        settings.DEVICE_COOKIE_NAME,
    }


def mark_who_may_keep(request, response):
    """Say in the headers who may keep this answer, unless the view has said it."""
    has_cookie = not our_cookies().isdisjoint(request.COOKIES)
    if response.cookies and "no-store" not in response.headers.get("Cache-Control", ""):
        response.headers["Cache-Control"] = PRIVATE
    elif "Cache-Control" not in response.headers:
        is_reading = request.method in {"GET", "HEAD"}
        is_for_all = response.status_code < 500 and response.status_code != TOO_MANY
        is_public = is_reading and not has_cookie and is_for_all
        response.headers["Cache-Control"] = PUBLIC if is_public else PRIVATE
    if "immutable" not in response.headers["Cache-Control"]:
        patch_vary_headers(response, ["Cookie"])


def coding_for(accepted):
    """What a page is packed in for this Accept-Encoding: "br", "gzip" or ""."""
    accepted = accepted.lower()
    return next((each for each, sign in ACCEPTED.items() if sign.search(accepted)), "")


def pack(request, response):
    """Compress a page for a visitor who accepts it: the same bytes every time.

    A signed-in reader's pages stay as they are: they hold that person's tokens, and
    the length of a compressed page tells what it holds.
    """
    kind = response.headers.get("Content-Type", "")
    if (
        len(response.content) < WORTH_PACKING
        or not kind.startswith(PACKABLE)
        or "Content-Encoding" in response.headers
        or response.cookies
        or settings.SESSION_COOKIE_NAME in request.COOKIES
    ):
        return
    patch_vary_headers(response, ["Accept-Encoding"])
    coding = coding_for(request.headers.get("Accept-Encoding", ""))
    if coding:
        response.content = PACKING[coding](response.content)
        response.headers["Content-Encoding"] = coding
        response.headers["Content-Length"] = str(len(response.content))


def put_tag(response):
    """The digest of the bytes, by which a cache asks again."""
    if "ETag" not in response.headers:
        digest = blake2b(response.content, digest_size=16).hexdigest()
        response.headers["ETag"] = f'"{digest}"'


class VisitorPages:
    """Middleware: the headers by which pages are kept, and asked for again."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        mark_who_may_keep(request, response)
        if response.streaming or "no-store" in response.headers["Cache-Control"]:
            return response
        pack(request, response)
        if request.method not in {"GET", "HEAD"} or response.status_code != 200:
            return response
        put_tag(response)
        return get_conditional_response(
            request, etag=response.headers["ETag"], response=response
        )
