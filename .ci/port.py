"""Says in one sentence that an address is taken: `python .ci/port.py HOST PORT`."""

import socket
import sys


def trouble(host, port):
    """Why nothing can listen there, in one sentence, or ""."""
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        return f"PORT is {port!r}: write a number from 1 to 65535."
    try:
        family, *_, address = socket.getaddrinfo(
            host, int(port), type=socket.SOCK_STREAM
        )[0]
    except OSError:
        return f"HOST is {host!r}: no such host is known here."
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(address)
            listener.listen()
        except PermissionError:
            return f"Port {port} is not for you to take: choose one with PORT=8001."
        except OSError:
            return f"Port {port} of {host} is taken: choose another with PORT=8001."
    return ""


if __name__ == "__main__":
    sys.exit(trouble(sys.argv[1], sys.argv[2]) or None)
