"""PostgreSQL and the workers are killed while people write and read."""

import time

import pytest

from tests.faults import load
from tests.faults.case import FaultCase, saved
from tests.faults.servers import LONG, WORKERS, kill, until

TIMES, NOTES = 3, 60  # kills, and notes before each of them
IN_OUTAGE = 5  # answers that everybody gets while the database is away
CRASH_LOOP = 6  # seconds; granian ends where a worker dies sooner after its start


@pytest.mark.prove
class PostgresqlKilledTests(FaultCase):
    def test_what_was_acknowledged_is_there_once_and_the_site_comes_back(self):
        site, cluster = self.on_postgresql()
        writers, readers = self.people(site)
        everybody, away = [*writers, *readers], []
        with site.running(), load.going_on(*everybody):
            for number in range(TIMES):
                self.until_saved(writers, NOTES * (number + 1))
                gone = time.monotonic()
                cluster.kill()
                until(lambda at=gone: answered(everybody, at), LONG, "No answers.")
                away.append((gone, time.monotonic()))
                cluster.start()
                self.assertLess(self.until_served(site), 5)
            self.until_saved(writers, NOTES * (TIMES + 1))
        self.assertStatuses(writers, load.SAVED, load.AWAY)
        self.assertStatuses(readers, load.READ, load.AWAY)
        self.assertOutages(writers, readers, away)
        self.assertStoredOnce(site, writers)

    def assertOutages(self, writers, readers, away):
        """Kept pages and words for who waits; nobody waits for long."""
        everybody = load.answers_of([*writers, *readers])
        self.assertLess(max(answer.seconds for answer in everybody), load.HANG)
        stale = [each for each in everybody if "warning" in each.headers]
        self.assertGreaterEqual(len(stale), TIMES)
        for gone, back in away:
            statuses = {each.status for each in everybody if gone < each.at < back}
            self.assertIn(load.AWAY, statuses)
        for writer in writers:
            for answer in writer.answers:
                if answer.status == load.AWAY:
                    self.assertGivenBack(answer, f"of writer {writer.number}.")


@pytest.mark.prove
class WorkersKilledTests(FaultCase):
    def kill_workers(self, site):
        writers, readers = self.people(site)
        with site.running(), load.going_on(*writers, *readers):
            for number in range(TIMES):
                self.until_saved(writers, NOTES * (number + 1))
                time.sleep(CRASH_LOOP)
                before = site.workers()
                self.assertEqual(len(before), WORKERS)
                kill(*before)
                until(lambda old=before: site.has_renewed(old), LONG, "No new workers.")
                self.until_served(site)
            self.until_saved(writers, saved(writers) + NOTES)
        self.assertStatuses(writers, load.SAVED, load.LOST)
        self.assertStatuses(readers, load.READ, load.LOST, load.CUT)
        lost = [each for each in load.answers_of(writers) if each.status == load.LOST]
        self.assertTrue(lost, "Nobody was writing when the workers were killed.")
        self.assertStoredOnce(site, writers)

    def test_on_sqlite_what_was_acknowledged_is_there_once(self):
        self.kill_workers(self.on_sqlite())

    def test_on_postgresql_what_was_acknowledged_is_there_once(self):
        self.kill_workers(self.on_postgresql()[0])


@pytest.mark.prove
class ReckoningTests(FaultCase):
    def test_a_note_that_is_lost_or_doubled_is_seen(self):
        site = self.on_sqlite()
        session = site.said("prepare")["sessions"][0]
        with site.running():
            for _ in range(2):
                answer = load.write(site, session, "Twice.", load.new_key())
                self.assertEqual(answer.status, load.SAVED)
        stored = site.inside("notes")
        self.assertEqual(load.reckon(["Gone."], stored), (["Gone."], ["Twice."]))


def answered(people, since):
    """Whether everybody was answered so often since then."""
    return all(
        sum(answer.at > since for answer in [*person.answers]) >= IN_OUTAGE
        for person in people
    )
