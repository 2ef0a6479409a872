"""One reading for all who ask at the same moment, and never an old one."""

import time
from threading import Barrier, Event, Lock, Thread

import pytest
from django.test import SimpleTestCase

from studyhall.keeping.together import Together

PATIENCE = 10  # seconds


class Held:
    """A reading that counts its calls; each waits until it is let go."""

    def __init__(self):
        self.calls = 0
        self.begun, self.may_end = Event(), Event()

    def __call__(self):
        self.calls += 1
        mine = self.calls
        self.begun.set()
        self.may_end.wait(PATIENCE)
        return mine


@pytest.mark.once
class TogetherTests(SimpleTestCase):
    def test_one_alone_reads_each_time(self):
        calls = iter((1, 2))
        ask = Together(lambda: next(calls))
        self.assertEqual((ask(), ask()), (1, 2))

    def test_who_comes_while_one_reads_gets_the_next_reading_and_shares_it(self):
        read, got, lock = Held(), [], Lock()
        ask = Together(read)

        def one():
            value = ask()
            with lock:
                got.append(value)

        first = Thread(target=one)
        first.start()
        self.assertTrue(read.begun.wait(PATIENCE))
        others = [Thread(target=one) for _ in range(6)]
        for other in others:
            other.start()
        end = time.monotonic() + PATIENCE
        while ask.coming is None and time.monotonic() < end:
            time.sleep(0.001)  # until someone waits for the next reading
        read.may_end.set()
        for thread in (first, *others):
            thread.join(PATIENCE)
        self.assertEqual(len(got), 7)
        self.assertEqual(got.count(1), 1)

    def test_nobody_gets_what_was_read_before_it_asked(self):
        written, lock, old = [0], Lock(), []
        ask, start = Together(lambda: written[0]), Barrier(8)

        def one():
            start.wait(PATIENCE)
            for _ in range(300):
                with lock:
                    written[0] += 1
                    mine = written[0]
                if ask() < mine:
                    old.append(mine)

        threads = [Thread(target=one) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE)
            self.assertFalse(thread.is_alive())
        self.assertEqual(old, [])
        self.assertIsNone(ask.under_way)

    def test_what_goes_wrong_is_said_to_all_and_the_next_reads_anew(self):
        outcomes = iter((OSError("away"), 5))

        def read():
            outcome = next(outcomes)
            if isinstance(outcome, OSError):
                raise outcome
            return outcome

        ask = Together(read)
        with self.assertRaisesMessage(OSError, "away"):
            ask()
        self.assertEqual(ask(), 5)
