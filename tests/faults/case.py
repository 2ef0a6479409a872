"""What every test of a fault starts from: a site of its own."""

import tempfile
from pathlib import Path

from django.test import SimpleTestCase

from tests.faults import load
from tests.faults.servers import LONG, Cluster, Site, until

NO_POSTGRESQL = "NOT RUN: there is no PostgreSQL here: apt-get install postgresql"


class FaultCase(SimpleTestCase):
    """Tests that start a server; they ask nothing of the suite's own database.

    Those that take minutes are marked `prove`, the others `slow` and `once`.
    """

    def folder(self):
        """A folder of this test's own, which others may enter."""
        made = tempfile.TemporaryDirectory(prefix="studyhall-fault-")
        self.addCleanup(made.cleanup)
        Path(made.name).chmod(0o755)
        return Path(made.name)

    def on_sqlite(self, **more):
        return Site.on_sqlite(self.folder(), **more)

    def on_postgresql(self):
        """(site, its cluster); the test is named as not run where there is none."""
        if not Cluster.is_here():
            self.skipTest(NO_POSTGRESQL)
        folder = self.folder()
        (folder / "postgres").mkdir()
        cluster = Cluster(folder / "postgres")
        self.addCleanup(cluster.stop)
        cluster.start()
        site = Site(folder, DATABASE_URL=cluster.address)
        site.fill()
        return site, cluster

    def people(self, site, writers=4, pause=0.02):
        """(writers, readers): visitors, and one who is signed in."""
        said = site.said("prepare")
        pages = ["/", said["source"], "/about/", "/sources/"]
        session = said["sessions"][-1]
        return (
            [load.Writer(site, number, writers) for number in range(writers)],
            [
                load.Reader(site, pages, pause=pause),
                load.Reader(site, pages, pause=pause),
                load.Reader(site, pages, session, pause),
            ],
        )

    def until_saved(self, writers, most):
        """Wait until so many notes are acknowledged."""
        until(lambda: saved(writers) >= most, LONG, f"{most} notes are not written")

    def until_served(self, site):
        """Wait until a page is read and a note written; returns the seconds."""
        said = site.said("prepare")

        def serves():
            session, words = said["sessions"][-1], "Is it back?"
            page = load.ask(site, "GET", said["source"], session=session)
            return page.status == load.READ and (
                load.write(site, session, words, load.new_key()).status == load.SAVED
            )

        return until(serves, LONG, "The site does not come back.")

    def assertStatuses(self, people, *allowed):
        """No other answer than these was given."""
        given = {answer.status for answer in load.answers_of(people)}
        self.assertLessEqual(given, {*allowed})

    def assertStoredOnce(self, site, writers):
        """What was acknowledged is stored, and nothing twice."""
        acknowledged = [body for writer in writers for body in writer.saved]
        stored = [body for body in site.inside("notes") if body != "Is it back?"]
        self.assertEqual(load.reckon(acknowledged, stored), ([], []))

    def assertGivenBack(self, answer, words):
        """A refusal says when to come back, and holds the form."""
        self.assertIn("retry-after", answer.headers)
        self.assertIn("Send it again", answer.body)
        self.assertIn(words, answer.body)


def saved(writers):
    """How many notes have been acknowledged."""
    return sum(len(writer.saved) for writer in writers)
