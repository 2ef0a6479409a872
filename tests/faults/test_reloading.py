"""The site is reloaded, as for a new release, while people read and write."""

import os
import signal

import pytest

from tests.faults import load
from tests.faults.case import FaultCase
from tests.faults.servers import LONG, WORKERS, until

TIMES, REQUESTS = 2, 5000


@pytest.mark.prove
class ReloadingTests(FaultCase):
    def test_no_request_fails(self):
        site = self.on_sqlite()
        writers, readers = self.people(site, writers=2, pause=0)
        people = [*writers, *readers]
        with site.running(), load.going_on(*people):
            for number in range(TIMES):
                self.until_answered(people, REQUESTS * number // TIMES)
                before = site.workers()
                self.assertEqual(len(before), WORKERS)
                os.kill(site.process.pid, signal.SIGHUP)
                until(lambda old=before: site.has_renewed(old), LONG, "No new workers.")
            self.until_answered(people, REQUESTS)
        self.assertStatuses(writers, load.SAVED)
        self.assertStatuses(readers, load.READ)
        self.assertStoredOnce(site, writers)

    def until_answered(self, people, many):
        until(lambda: len(load.answers_of(people)) >= many, LONG, "Nobody is answered.")
