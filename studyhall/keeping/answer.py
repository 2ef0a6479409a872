"""One kept answer: its headers and its bytes, sent whole or as "not modified"."""

import time

from django.utils.http import parse_etags

LARGEST = 1024 * 1024  # bytes of a body that is kept
KNOWN_VARIATIONS = {"cookie", "accept-encoding"}
# What Django leaves of an answer that says "not modified", and what ours put on it.
ON_NOT_MODIFIED = {
    "cache-control",
    "content-location",
    "content-security-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "etag",
    "expires",
    "last-modified",
    "permissions-policy",
    "referrer-policy",
    "strict-transport-security",
    "vary",
    "x-content-type-options",
    "x-frame-options",
}


class Answer:
    """An answer of status 200 with an ETag, and the state that it shows.

    `state` is what `rows.Rows.find` says of the database; `checked` is when the
    answer was last known to be true, on the monotonic clock.
    """

    __slots__ = ("state", "headers", "body", "tag", "not_modified", "checked")

    def __init__(self, state, headers, body):
        self.state, self.body = state, body
        self.headers = [(name, value) for name, value in headers]
        self.tag = self.value_of("etag")
        self.not_modified = [
            pair for pair in self.headers if pair[0].lower() in ON_NOT_MODIFIED
        ]
        self.checked = time.monotonic()

    def value_of(self, name):
        """The header of this name, given in small letters, or ""."""
        return next((value for key, value in self.headers if key.lower() == name), "")

    def may_be_kept(self):
        """Whether every visitor gets these bytes."""
        directives = words_of(self.value_of("cache-control"))
        return (
            "public" in directives
            and "no-store" not in directives
            and words_of(self.value_of("vary")) <= KNOWN_VARIATIONS
            and len(self.body) <= LARGEST
        )

    def send(self, environ, start_response, more=()):
        """Answer as Django does; `more` are headers besides the answer's own."""
        asked = environ.get("HTTP_IF_NONE_MATCH")
        if asked and self.is_named_in(asked):
            start_response("304 Not Modified", [*self.not_modified, *more])
            return []
        start_response("200 OK", [*self.headers, *more])
        return [self.body] if environ["REQUEST_METHOD"] == "GET" else []

    def is_named_in(self, asked):
        """Whether an If-None-Match names this answer."""
        if asked == self.tag:
            return True
        tags = parse_etags(asked)
        return tags == ["*"] or self.tag in [tag.removeprefix("W/") for tag in tags]


def words_of(header):
    """The words of a header that is a list, in small letters."""
    return {word.strip().lower() for word in header.split(",") if word.strip()}
