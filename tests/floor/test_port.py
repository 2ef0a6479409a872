import socket
import subprocess
import sys

from django.conf import settings
from django.test import SimpleTestCase


def ask(host, port):
    """Run the check of `make serve`; gives (exit status, what it said)."""
    done = subprocess.run(
        [sys.executable, ".ci/port.py", host, str(port)],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr


class PortTests(SimpleTestCase):
    def test_a_free_port_is_nothing_to_speak_of(self):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
        self.assertEqual(ask("127.0.0.1", port), (0, ""))

    def test_a_taken_port_is_said_in_one_sentence(self):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
            status, said = ask("127.0.0.1", port)
        self.assertEqual(status, 1)
        self.assertIn(f"Port {port} of 127.0.0.1 is taken", said)

    def test_what_is_no_port_is_said_in_one_sentence(self):
        status, said = ask("127.0.0.1", "http")
        self.assertEqual(status, 1)
        self.assertIn("PORT is 'http'", said)
