"""The disk is full: nothing that was stored is lost, and every refusal says so."""

import os
import shutil
import sqlite3
import subprocess
from secrets import token_hex

import pytest

from tests.faults import load
from tests.faults.case import FaultCase
from tests.faults.servers import LONG, until

MARGIN = 12  # pages that the database may still grow by
WORDS = f"Words that no disk packs: {token_hex(3000)}"
NO_TMPFS = "NOT RUN: a full disk of PostgreSQL: no tmpfs may be mounted here"
LEFT = 512 * 1024  # bytes of the small disk that are left


@pytest.mark.prove
class NoRoomTests(FaultCase):
    def fill_up(self, site):
        """Write until there is no room; returns what was acknowledged."""
        saved, answers = [], []
        sessions = site.said("prepare")["sessions"]

        def is_full():
            body = f"{len(saved)}. {WORDS}"
            session = sessions[len(saved) // load.NOTES_EACH]
            answers.append(load.write(site, session, body, load.new_key()))
            if answers[-1].status == load.SAVED:
                saved.append(body.strip())
            return answers[-1].status != load.SAVED

        until(is_full, LONG, "There is always room.")
        self.assertEqual(answers[-1].status, load.NO_ROOM)
        self.assertIn("no room left", answers[-1].body)
        self.assertGivenBack(answers[-1], WORDS)
        return saved

    def assertIsRead(self, site):
        """Visitors and readers read on."""
        said = site.said("prepare")
        session = said["sessions"][0]
        for path, who in (
            ("/", ""),
            ("/about/", ""),
            (said["source"], ""),
            (said["source"], session),
            ("/me/notes/", session),
        ):
            answer = load.ask(site, "GET", path, session=who)
            self.assertEqual(answer.status, load.READ, path)

    def assertStored(self, site, saved):
        """Each that was acknowledged, once, and nothing that was refused."""
        stored = [body.strip() for body in site.inside("notes")]
        self.assertEqual(sorted(stored), sorted([*saved, "Is it back?"]))

    def test_on_sqlite_what_was_stored_stays_and_it_goes_on_when_there_is_room(self):
        site = self.on_sqlite(DJANGO_SETTINGS_MODULE="tests.faults.small_room")
        database = sqlite3.connect(site.settings["STUDYHALL_SQLITE"])
        (pages,) = database.execute("PRAGMA page_count").fetchone()
        database.close()
        site.settings["MOST_PAGES"] = str(pages + MARGIN)
        with site.running():
            saved = self.fill_up(site)
            self.assertIsRead(site)
        site.settings["MOST_PAGES"] = str(pages + 100 * MARGIN)
        with site.running():
            self.until_served(site)
        self.assertStored(site, saved)

    def test_on_postgresql_what_was_stored_stays_and_it_goes_on_when_there_is_room(
        self,
    ):
        site, cluster = self.on_postgresql()
        filler = self.move_to_small_disk(site, cluster)
        with site.running():
            saved = self.fill_up(site)
            self.assertIsRead(site)
            filler.unlink()
            self.until_served(site)
        self.assertStored(site, saved)

    def move_to_small_disk(self, site, cluster):
        """Put the tables on a tmpfs that has hardly room; returns what fills it.

        The log that PostgreSQL writes ahead stays where it was.
        """
        disk = self.folder() / "disk"
        disk.mkdir()
        mounting = ["mount", "-t", "tmpfs", "-o", "size=128m", "tmpfs", disk]
        if os.geteuid() or subprocess.run(mounting, capture_output=True).returncode:
            self.skipTest(NO_TMPFS)
        self.addCleanup(subprocess.run, ["umount", disk], check=True)
        self.addCleanup(cluster.stop)  # it is the disk that is left last
        shutil.chown(disk, "postgres")
        cluster.ask(f"CREATE TABLESPACE small LOCATION '{disk}'")
        cluster.ask("ALTER DATABASE postgres SET TABLESPACE small")
        room = os.statvfs(disk)
        filler = disk / "filler"
        filler.write_bytes(b"\0" * (room.f_bavail * room.f_bsize - LEFT))
        return filler
