"""Eight people write at the same moment, on SQLite, whose one writer is at a time."""

import pytest

from tests.faults import load
from tests.faults.case import FaultCase, saved

WRITERS, NOTES = 8, 400


@pytest.mark.prove
class AtOnceTests(FaultCase):
    def test_eight_writers_on_sqlite_get_no_error(self):
        site = self.on_sqlite()
        writers, _readers = self.people(site, WRITERS)
        with site.running(), load.going_on(*writers):
            self.until_saved(writers, NOTES)
        self.assertStatuses(writers, load.SAVED)
        self.assertTrue(all(writer.saved for writer in writers))
        self.assertGreaterEqual(saved(writers), NOTES)
        self.assertStoredOnce(site, writers)
