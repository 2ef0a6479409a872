"""The load: prepared bytes over kept connections, so that the server is what waits.

`crowd` keeps several requests under way and counts the answers; `one_by_one` asks on
one connection and measures how long each answer took.
"""

import re
import socket
import time
from contextlib import ExitStack

HOST = "127.0.0.1"
CONNECTIONS = 8
BUFFER = 1 << 20
PATIENCE = 120  # seconds for one answer
ACCEPTED = "gzip, deflate, br, zstd"  # as browsers say
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
TAG = re.compile(rb"\r\netag: *([^\r]+)", re.IGNORECASE)
CODING = re.compile(rb"\r\ncontent-encoding: *([^\r]+)", re.IGNORECASE)


class NotServed(Exception):
    """A page answered otherwise than it was to, or not at all."""


def get(path, cookies="", tag=""):
    """The bytes of a GET, as a browser sends it; `tag` is the copy that it has."""
    more = f"Cookie: {cookies}\r\n" if cookies else ""
    more += f"If-None-Match: {tag}\r\n" if tag else ""
    head = f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nAccept: text/html\r\n"
    return f"{head}Accept-Encoding: {ACCEPTED}\r\n{more}\r\n".encode()


def post(path, body, cookies=""):
    """The bytes of a form that is sent; `body` is as it is encoded."""
    lines = [
        f"POST {path} HTTP/1.1",
        f"Host: {HOST}",
        "Accept: text/html",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
        f"Cookie: {cookies}",
    ]
    return ("\r\n".join(lines) + f"\r\n\r\n{body}").encode()


def crowd(port, requests, seconds, status=200, connections=CONNECTIONS):
    """The seconds that each answer took while every connection always asks."""
    with ExitStack() as opened:
        asking = [
            opened.enter_context(Connection(port, status)) for _ in range(connections)
        ]
        clock, taken, sent = time.perf_counter, [], []
        end = clock() + seconds
        for one in asking:
            sent.append(clock())
            one.send(next(requests))
        while clock() < end:
            for place, one in enumerate(asking):
                one.receive()
                now = clock()
                taken.append(now - sent[place])
                sent[place] = now
                one.send(next(requests))
        for place, one in enumerate(asking):
            one.receive()
            taken.append(clock() - sent[place])
        return taken


def one_by_one(port, requests, seconds, status=200):
    """The seconds that each answer took, one after another on one connection."""
    taken = []
    with Connection(port, status) as connection:
        end = time.perf_counter() + seconds
        while not taken or (start := time.perf_counter()) < end:
            start = time.perf_counter()
            connection.send(next(requests))
            connection.receive()
            taken.append(time.perf_counter() - start)
    return taken


def fetch(port, request, status=200):
    """(head, body) of one answer. Raises NotServed, OSError."""
    with Connection(port, status) as connection:
        connection.send(request)
        head, _, body = connection.receive().partition(b"\r\n\r\n")
        return head, body


def named(pattern, head):
    """What a header of an answer says, or ""."""
    found = pattern.search(head)
    return found[1].decode() if found else ""


class Connection:
    """One kept connection, whose answers are mostly as long as the last one."""

    def __init__(self, port, status):
        self.begins = f"HTTP/1.1 {status} ".encode()
        self.expected = 0
        self.socket = socket.create_connection((HOST, port), timeout=PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.socket.close()

    def send(self, request):
        self.socket.sendall(request)

    def receive(self):
        """The bytes of one answer, head and body. Raises NotServed."""
        answer = self.socket.recv(BUFFER)
        if len(answer) != self.expected:
            answer = self._whole(answer)
            self.expected = len(answer)
        if not answer.startswith(self.begins):
            said = answer.partition(b"\r\n")[0].decode(errors="replace")
            raise NotServed(f"expected {self.begins.decode()}, and got {said}")
        return answer

    def _whole(self, answer):
        """The same answer, read to the end that its head names."""
        while b"\r\n\r\n" not in answer:
            answer += self._more()
        head, mark, _ = answer.partition(b"\r\n\r\n")
        whole = len(head) + len(mark) + int(named(LENGTH, head) or 0)
        while len(answer) < whole:
            answer += self._more()
        return answer

    def _more(self):
        more = self.socket.recv(BUFFER)
        if not more:
            raise NotServed("the server closed the connection")
        return more
