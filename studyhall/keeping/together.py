"""One reading of the database for all who ask for the same at the same moment."""

from threading import Lock


class Together:
    """Calls `read` for whoever asks, once for all who ask while it is under way.

    Who asks gets what a call gave that began after the asking: nothing older than
    if it had read alone. What the call raises, all of them get.
    """

    def __init__(self, read):
        self.read = read
        self.lock = Lock()
        self.under_way = self.coming = None

    def __call__(self):
        with self.lock:
            before, mine = self.under_way, self.coming
            is_first = before is None or mine is None
            if before is None:
                mine = self.under_way = Reading()
            elif mine is None:
                mine = self.coming = Reading()
        if is_first:
            if before is not None:
                before.wait()
            self._call(mine)
        else:
            mine.wait()
        if mine.error is not None:
            raise mine.error
        return mine.value

    def _call(self, reading):
        """Read, and let those who came meanwhile read next."""
        try:
            reading.value = self.read()
        except Exception as error:
            reading.error = error
        finally:
            with self.lock:
                self.under_way, self.coming = self.coming, None
            reading.end()


class Reading:
    """One call, what came of it, and a lock that is held until then."""

    __slots__ = ("value", "error", "until_end")

    def __init__(self):
        self.value = self.error = None
        self.until_end = Lock()
        self.until_end.acquire()

    def wait(self):
        with self.until_end:
            pass

    def end(self):
        self.until_end.release()
