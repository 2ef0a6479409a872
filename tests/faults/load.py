"""Those who read and write while something is taken away, by real HTTP."""

import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from threading import Event, Thread
from urllib.parse import urlencode
from uuid import uuid4

KEY = "k" * 32  # of the forms, in the cookie and in the field alike
HANG = 5  # seconds
PATIENCE = 30  # seconds until a client gives up, long after it counts as a hang
READ, SAVED, AWAY, NO_ROOM, LOST, CUT = 200, 303, 503, 507, 0, -1
NOTES_EACH = 100  # of one reader, who may write 120 in an hour
FORM = "application/x-www-form-urlencoded"


@dataclass
class Answer:
    """What came back, or LOST; `at` and `seconds` on the monotonic clock."""

    status: int
    at: float
    seconds: float
    body: str = ""
    headers: dict = field(default_factory=dict)


def send(connection, method, path, fields=None, **headers):
    """One request and its Answer: LOST where none came, CUT where it broke off."""
    body = urlencode(fields) if fields is not None else None
    if fields is not None:
        headers["Content-Type"] = FORM
    begun, status = time.monotonic(), LOST
    try:
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        status = CUT
        said = response.read().decode()
    except (OSError, HTTPException):
        connection.close()
        return Answer(status, begun, time.monotonic() - begun)
    named = {name.lower(): value for name, value in response.getheaders()}
    return Answer(response.status, begun, time.monotonic() - begun, said, named)


def ask(site, method, path, fields=None, session="", **headers):
    """The same on a connection of its own, with a session's cookies if it is given."""
    cookies = [f"sessionid={session}"] if session else []
    if fields is not None:
        fields = {"csrfmiddlewaretoken": KEY, **fields}
        cookies.append(f"csrftoken={KEY}")
    if cookies:
        headers["Cookie"] = "; ".join(cookies)
    connection = HTTPConnection("127.0.0.1", site.port, timeout=PATIENCE)
    try:
        return send(connection, method, path, fields, **headers)
    finally:
        connection.close()


def write(site, session, body, key):
    """Send the form of a note."""
    fields = {
        "body": body,
        "creation_key": key,
        "motivation": "commenting",
        "visibility": "private",
    }
    path = f"{site.said('prepare')['source']}annotate/?line=1"
    return ask(site, "POST", path, fields, session)


def new_key():
    """Under which a note is stored once."""
    return str(uuid4())


def reckon(acknowledged, stored):
    """(acknowledged notes that are not stored, notes that are stored twice)."""
    times = Counter(stored)
    lost = [body for body in acknowledged if not times[body]]
    return lost, [body for body, count in times.items() if count > 1]


class Writer(Thread):
    """Writes note after note; what is not acknowledged is sent again, as it was."""

    def __init__(self, site, number, many):
        super().__init__(daemon=True)
        self.site, self.number, self.many = site, number, many
        self.saved, self.answers, self.stopped = [], [], Event()

    def run(self):
        sessions = self.site.said("prepare")["sessions"]
        for count in range(10_000):
            if self.stopped.is_set():
                return
            session = sessions[self.number + self.many * (count // NOTES_EACH)]
            body, key = f"Note {count} of writer {self.number}.", new_key()
            self.save(session, body, key)
            if count % 10 == 0:  # who is impatient presses the button twice
                self.answers.append(write(self.site, session, body, key))

    def save(self, session, body, key):
        while not self.stopped.is_set():
            answer = write(self.site, session, body, key)
            self.answers.append(answer)
            if answer.status == SAVED:
                self.saved.append(body)
                return
            time.sleep(0.1)


class Reader(Thread):
    """Reads pages in turn on one connection that is kept open.

    Where it was closed before any byte of an answer, the page is asked for once more.
    """

    def __init__(self, site, paths, session="", pause=0.02):
        super().__init__(daemon=True)
        self.site, self.paths, self.pause = site, paths, pause
        self.headers = {"Cookie": f"sessionid={session}"} if session else {}
        self.answers, self.again, self.stopped = [], 0, Event()

    def run(self):
        connection = HTTPConnection("127.0.0.1", self.site.port, timeout=PATIENCE)
        number = 0
        while not self.stopped.is_set():
            path = self.paths[number % len(self.paths)]
            number += 1
            is_kept_open = connection.sock is not None
            answer = send(connection, "GET", path, **self.headers)
            if answer.status == LOST and is_kept_open:
                self.again += 1
                answer = send(connection, "GET", path, **self.headers)
            self.answers.append(answer)
            time.sleep(self.pause)
        connection.close()


@contextmanager
def going_on(*people):
    """Let them read and write while the body runs."""
    for person in people:
        person.start()
    try:
        yield
    finally:
        for person in people:
            person.stopped.set()
        for person in people:
            person.join()


def answers_of(people):
    """All that they were answered."""
    return [answer for person in people for answer in person.answers]
