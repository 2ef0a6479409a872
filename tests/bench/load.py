"""The load: one reader who asks for one page again and again on one connection."""

import time
from dataclasses import dataclass
from http.client import HTTPConnection


class NotServed(Exception):
    """A page answered with something else than 200."""


@dataclass(frozen=True)
class Measured:
    """The seconds that each answer took, sorted, and the bytes of one answer."""

    seconds: tuple[float, ...]
    size: int

    @property
    def per_second(self):
        """Answers in a second, one after another."""
        return len(self.seconds) / sum(self.seconds)

    def percentile(self, percent):
        """The milliseconds within which so many of a hundred answers came."""
        at = min(len(self.seconds) * percent // 100, len(self.seconds) - 1)
        return self.seconds[at] * 1000

    def __add__(self, other):
        return Measured(tuple(sorted(self.seconds + other.seconds)), self.size)


def fetch(port, path):
    """The bytes of one page of the server on this port. Raises NotServed."""
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        return _answer(connection, path)
    finally:
        connection.close()


def measure(port, path, seconds):
    """Ask for a page over and over for so many seconds; returns what was Measured."""
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    taken = []
    try:
        size = len(_answer(connection, path))
        end = time.perf_counter() + seconds
        while (start := time.perf_counter()) < end:
            _answer(connection, path)
            taken.append(time.perf_counter() - start)
    finally:
        connection.close()
    return Measured(tuple(sorted(taken)), size)


def _answer(connection, path):
    connection.request("GET", path, headers={"Accept": "text/html"})
    response = connection.getresponse()
    body = response.read()
    if response.status != 200:
        raise NotServed(f"{path} answers {response.status}")
    return body
