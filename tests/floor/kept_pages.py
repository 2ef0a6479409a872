"""What the tests of kept pages start from: WSGI calls, with the layer and without."""

import io
from dataclasses import dataclass

from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections

from studyhall.keeping.layer import KeptPages
from studyhall.keeping.models import KeptPage


@dataclass(frozen=True)
class Answered:
    """All that a server is told to send."""

    status: str
    headers: dict
    body: bytes


class LayerCase:
    """`self.layer` before `self.django`, each asked as a server would.

    `self.calls` holds the path of every request that came through to Django. Where no
    address is given, `self.address` is meant.
    """

    def setUp(self):
        super().setUp()
        # As the test client does: a test's connection stays open.
        for signal in (request_started, request_finished):
            signal.disconnect(close_old_connections)
            self.addCleanup(signal.connect, close_old_connections)
        self.django, self.calls = get_wsgi_application(), []
        self.layer = self.process()

    def process(self, of_release="this release"):
        """The layer as another process has it, which shares the database alone."""
        return KeptPages(self.counted, of_release)

    def counted(self, environ, start_response):
        self.calls.append(environ["PATH_INFO"])
        return self.django(environ, start_response)

    def ask(self, address, method="GET", of=None, **environ):
        """What `of`, or the layer, answers to a request."""
        said = []
        path, _, query = address.partition("?")
        asked = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "testserver",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": io.StringIO(),
            **environ,
        }
        response = (of or self.layer)(asked, lambda *answer: said.append(answer[:2]))
        body = b"".join(response)
        if hasattr(response, "close"):
            response.close()
        (status, headers), names = said[0], [name for name, value in said[0][1]]
        self.assertEqual(len(names), len({*names}), headers)
        return Answered(status, dict(headers), b"" if method == "HEAD" else body)

    def kept(self):
        return KeptPage.objects.count()

    def assertComesFromDjango(self, address=None, **asked):
        self.calls.clear()
        answer = self.ask(address or self.address, **asked)
        self.assertEqual(len(self.calls), 1)
        return answer

    def assertIsKept(self, address=None, **asked):
        self.calls.clear()
        answer = self.ask(address or self.address, **asked)
        self.assertEqual(self.calls, [])
        return answer
