"""Visitors' pages kept whole, and answered before Django is asked.

    application = KeptPages(get_wsgi_application())

A page is kept under the release, its address and the state of the database, which is
read by the same SELECT as the page. What may be kept is Django's own answer, byte by
byte; whoever carries a cookie of ours, and what is no plain reading, goes to Django.
"""

import time
from hashlib import blake2b
from threading import Lock

from django.conf import settings
from django.db import Error
from django.http import parse_cookie

from studyhall.caching import coding_for, our_cookies
from studyhall.keeping import release
from studyhall.keeping.answer import Answer
from studyhall.keeping.memory import Asked, Pages
from studyhall.keeping.rows import Rows

PAUSE = 1  # seconds in which a database that is away is not asked again
STALE = '110 - "Response is Stale"'
# A request with any of these is no plain reading of a page.
OTHERWISE = (
    "CONTENT_TYPE",
    "HTTP_IF_MATCH",
    "HTTP_IF_UNMODIFIED_SINCE",
    "HTTP_TRANSFER_ENCODING",
)


class KeptPages:
    """WSGI: answer with the page that is kept, or ask `application` and keep it."""

    def __init__(self, application, of_release=""):
        self.application = application
        self.release = of_release or release.digest()
        self.rows, self.pages, self.asked = Rows(), Pages(), Asked()
        self.cookies = our_cookies()
        self.static = settings.STATIC_URL
        self.seen, self.away_until = None, 0
        self.seeing = Lock()

    def __call__(self, environ, start_response):
        wanted = self.wanted(environ)
        if wanted is None:
            return self.application(environ, start_response)
        try:
            state, answer = self.find(wanted)
        except Error:
            answer = self.last_known(wanted)
            if answer is None:
                return self.application(environ, start_response)
            age = str(int(time.monotonic() - answer.checked))
            more = [("Age", age), ("Warning", STALE)]
            return answer.send(environ, start_response, more)
        if answer is not None:
            return answer.send(environ, start_response)
        if state is None or environ["REQUEST_METHOD"] == "HEAD":
            return self.application(environ, start_response)
        return self.ask(environ, start_response, wanted, state)

    def wanted(self, environ):
        """What decides the bytes of a visitor's page; None for any other request."""
        path = environ.get("PATH_INFO", "")
        if (
            environ["REQUEST_METHOD"] not in ("GET", "HEAD")
            or "HTTP_HOST" not in environ
            or path.startswith(self.static)
            or environ.get("CONTENT_LENGTH", "") not in ("", "0")
            or any(environ.get(name) for name in OTHERWISE)
        ):
            return None
        cookie = environ.get("HTTP_COOKIE")
        if cookie and not self.cookies.isdisjoint(parse_cookie(cookie)):
            return None
        query = environ.get("QUERY_STRING", "")
        return (
            bool(query) or not is_of_a_named_host(environ),
            is_secure(environ),
            environ["HTTP_HOST"],
            environ.get("SCRIPT_NAME", ""),
            path,
            query,
            coding_for(environ.get("HTTP_ACCEPT_ENCODING", "")),
        )

    def key_of(self, wanted):
        """The key of the row in which a page is kept."""
        named = repr((self.release, wanted)).encode("utf-8", "surrogatepass")
        return blake2b(named, digest_size=16).hexdigest()

    def find(self, wanted):
        """The state of the database, and the Answer that is kept for it, or None.

        Raises django.db.Error where the database does not answer, and for a moment
        after that without asking it.
        """
        answer = self.pages.get(wanted)
        if time.monotonic() < self.away_until:
            raise Error
        try:
            return self.find_current(wanted, answer)
        except Error:
            self.away_until = time.monotonic() + PAUSE
            raise

    def find_current(self, wanted, remembered):
        """The same: from memory, if what is remembered shows the present state."""
        if remembered is not None:
            state = self.rows.state()
            if remembered.state == state:
                remembered.checked = time.monotonic()
                self.saw(state)
                return state, remembered
        state, answer = self.rows.find(self.key_of(wanted))
        if answer is not None:
            self.pages.put(wanted, answer)
        self.saw(state)
        return state, answer

    def saw(self, state):
        """Remember the newest state; a thread may come late with an older one."""
        with self.seeing:
            if not is_older(state, self.seen):
                self.seen = state

    def last_known(self, wanted):
        """While the database is away: the page, if nothing newer is known to be.

        A page that was already out of date may show what was taken back since.
        """
        answer = self.pages.get(wanted)
        return answer if answer and answer.state == self.seen else None

    def ask(self, environ, start_response, wanted, state):
        """Django's answer, which is kept after it was sent if all may have it."""
        said = Said()
        response = self.application(asked_whole(environ, wanted[-1]), said)
        if not said.is_page():
            start_response(said.status, said.headers)
            return response
        answer = Answer(state, said.headers, b"".join(response))
        body = answer.send(environ, start_response)
        return Sent(body, response, lambda: self.keep(wanted, answer))

    def keep(self, wanted, answer):
        """Keep a page that was made, unless what it shows changed meanwhile.

        One that may be made up is kept when it is asked for a second time: an address
        with a query, or a host written otherwise than the settings write it.
        """
        is_queried = wanted[0]
        if not answer.may_be_kept() or (is_queried and not self.asked.before(wanted)):
            return
        try:
            if self.rows.state() != answer.state:
                return
        except Error:
            return
        self.pages.put(wanted, answer)
        self.rows.keep(self.key_of(wanted), answer, is_queried)


def is_secure(environ):
    """Whether HTTPS is spoken, as Django decides: the proxy in front has its say."""
    name, secure = settings.SECURE_PROXY_SSL_HEADER or ("", "")
    said = environ.get(name)
    if said is None:
        return environ["wsgi.url_scheme"] == "https"
    return said.partition(",")[0].strip() == secure


def is_of_a_named_host(environ):
    """Whether the settings name this host letter by letter, at most with our port."""
    host, named = environ["HTTP_HOST"], settings.ALLOWED_HOSTS
    return host in named or host.removesuffix(f":{environ['SERVER_PORT']}") in named


def is_older(state, other):
    """Whether one state of the database was before another; each may be None."""
    if state is None or other is None:
        return False
    (number, _, marks), (other_number, _, other_marks) = state, other
    return number < other_number or marks < other_marks


class Said:
    """A start_response that remembers what was said."""

    def __init__(self):
        self.status, self.headers = "", []

    def __call__(self, status, headers, exc_info=None):
        self.status, self.headers = status, headers

    def is_page(self):
        """Whether it is a whole page with an ETag that sets no cookie."""
        names = {name.lower() for name, value in self.headers}
        return self.status == "200 OK" and "etag" in names and "set-cookie" not in names


class Sent:
    """The body of an answer; when the server closes it, the page is kept."""

    def __init__(self, body, response, keep):
        self.body, self.response, self._keep = body, response, keep

    def __iter__(self):
        return iter(self.body)

    def __len__(self):
        return len(self.body)

    def close(self):
        """Keep first: closing Django's response closes its connection too."""
        try:
            self._keep()
        finally:
            self.response.close()


def asked_whole(environ, coding):
    """The request as any visitor sends it who has no copy of the page yet."""
    plain = {**environ, "HTTP_ACCEPT_ENCODING": coding}
    for name in ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_COOKIE"):
        plain.pop(name, None)
    return plain
