"""What one process remembers: the last pages, and which addresses were asked for."""

from collections import OrderedDict
from threading import Lock

ROOM = 16 * 1024 * 1024  # bytes of all bodies and headers
HEAD = 3000  # bytes that the headers of an answer take, about
ASKED = 10_000  # addresses


class Pages:
    """The pages that were asked for last; the rest is forgotten."""

    def __init__(self, room=ROOM):
        self.room, self.taken = room, 0
        self.answers = OrderedDict()
        self.lock = Lock()

    def get(self, wanted):
        """The Answer of an address, or None."""
        with self.lock:
            answer = self.answers.get(wanted)
            if answer is not None:
                self.answers.move_to_end(wanted)
            return answer

    def put(self, wanted, answer):
        """Remember this answer, and forget the oldest where there is no room."""
        with self.lock:
            self._forget(wanted)
            self.answers[wanted] = answer
            self.taken += len(answer.body) + HEAD
            while self.taken > self.room:
                self._forget(next(iter(self.answers)))

    def _forget(self, wanted):
        gone = self.answers.pop(wanted, None)
        if gone is not None:
            self.taken -= len(gone.body) + HEAD


class Asked:
    """Addresses that were asked for once: one that is made up does not come again."""

    def __init__(self, most=ASKED):
        self.most = most
        self.once = OrderedDict()
        self.lock = Lock()

    def before(self, wanted):
        """Whether this was asked for not long ago; from now on it was."""
        key = hash(wanted)
        with self.lock:
            if key in self.once:
                return True
            self.once[key] = None
            if len(self.once) > self.most:
                self.once.popitem(last=False)
            return False
