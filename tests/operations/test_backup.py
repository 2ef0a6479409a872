"""A backup of what people write, while they write it; verified, and brought back."""

import os
import sqlite3
import time
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from unittest import mock
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.test import Client, SimpleTestCase, TransactionTestCase

from sources.models import Change, Source
from studyhall.annotations.models import Annotation
from studyhall.annotations.saving import create
from studyhall.keeping.models import KeptPage, Mark
from studyhall.operations import archive, engines, sqlite
from tests import make


class Case(SimpleTestCase):
    """Has a folder of its own, and the commands as a person calls them."""

    def setUp(self):
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.file = self.folder / "one.backup"

    def said(self, command, *arguments):
        out = StringIO()
        call_command(command, *map(str, arguments), stdout=out)
        return out.getvalue()

    def assertRefused(self, words, command, *arguments):
        with self.assertRaisesRegex(CommandError, words) as caught:
            self.said(command, *arguments)
        return str(caught.exception)


class NoBackupTests(Case):
    def test_a_copy_of_a_database_file_is_refused_in_a_sentence(self):
        self.file.write_bytes(b"SQLite format 3\0" + bytes(5000))
        self.assertRefused("-wal file beside it is missing", "verify_backup", self.file)

    def test_what_pg_dump_made_alone_is_refused_in_a_sentence(self):
        self.file.write_bytes(b"PGDMP" + bytes(500))
        self.assertRefused("made by pg_dump alone", "verify_backup", self.file)

    def test_any_other_file_and_none_are_refused(self):
        self.assertRefused("There is no file", "verify_backup", self.file)
        self.file.write_text("Not a backup.")
        self.assertRefused("is no backup", "restore", self.file)

    def test_a_folder_that_is_not_there_is_named(self):
        self.assertRefused("is no folder", "backup", self.folder / "none" / "one")

    def test_two_at_once_do_not_meet(self):
        self.file.with_name("one.backup.part").touch()
        self.assertRefused("another backup is being made", "backup", self.file)

    def test_one_that_is_broken_off_leaves_nothing_behind(self):
        dump = self.folder / "dump"
        dump.write_text("Rows.")
        full = OSError("disk full")
        with (
            mock.patch.object(archive, "_pack", side_effect=full),
            self.assertRaises(OSError),
        ):
            archive.write(self.file, {}, dump)
        self.assertEqual([*self.folder.iterdir()], [dump])

    def test_what_a_killed_one_left_goes_after_a_day(self):
        """The files are a day old; what is younger may be another that is made."""
        yesterday = time.time() - archive.LEFT_FOR - 1
        for name in ("old", "new"):
            (self.folder / f"{archive.SCRATCH}{name}").mkdir()
            dump = self.folder / f"{archive.SCRATCH}{name}" / archive.DUMP
            for path in (dump, self.folder / f"{name}.backup.part"):
                path.write_text("Rows.")
        (self.folder / "another's.part").touch()
        (self.folder / "kept.backup").touch()
        young = {path for path in self.folder.iterdir() if "old" not in path.name}
        for path in self.folder.rglob("*"):
            if "new" not in str(path.relative_to(self.folder)):
                os.utime(path, (yesterday, yesterday))
        archive.clear(self.folder)
        self.assertEqual({*self.folder.iterdir()}, young)

    def test_a_backup_begins_by_clearing_its_folder(self):
        self.file.touch()
        left = self.folder / "killed.backup.part"
        left.touch()
        os.utime(left, (1, 1))
        self.assertRefused("is there already", "backup", self.file)
        self.assertFalse(left.exists())


class SQLitesOwnFaultsTests(Case):
    def test_a_row_that_refers_to_none_is_named(self):
        self.file = self.folder / "one.sqlite3"
        with sqlite3.connect(self.file) as database:
            database.executescript(
                "CREATE TABLE work (id INTEGER PRIMARY KEY);"
                "CREATE TABLE source (id INTEGER PRIMARY KEY,"
                " work_id INTEGER REFERENCES work (id));"
                "INSERT INTO source VALUES (7, 3);"
            )
        named = mock.Mock(settings_dict={"NAME": str(self.file)})
        sentence = "source: row 7 refers to a row of work that is not there."
        self.assertEqual(list(sqlite.faults(named)), [sentence])


class BackupTests(Case, TransactionTestCase):
    def setUp(self):
        super().setUp()
        self.source = make.source("17b", supports="before")
        self.reader = make.reader(email="reader@example.org")
        self.note = make.note(self.source, self.reader, body="What I think of it.")

    def backed_up(self):
        self.said("backup", self.file)
        return self.file

    def tampered(self, change):
        """A backup whose manifest was changed by hand; the rest is whole."""
        file = self.folder / "tampered.backup"
        with archive.opened(self.file) as backup:
            change(backup.manifest)
            archive.write(file, backup.manifest, backup.dump)
        return file

    def test_is_sound_and_whole_and_its_owners_alone(self):
        Client().force_login(self.reader)
        said = self.said("backup", self.file)
        self.assertIn("sessions, the cache and kept pages are left out", said)
        self.assertEqual(self.file.stat().st_mode & 0o777, 0o600)
        self.assertEqual([*self.folder.iterdir()], [self.file])
        self.assertIn("is sound", self.said("verify_backup", self.file))
        with archive.opened(self.file) as backup:
            tables = backup.manifest["tables"]
            self.assertEqual(tables["annotations_annotation"]["rows"], 1)
            self.assertNotIn("django_session", tables)
        before = self.file.read_bytes()
        self.assertRefused("is there already", "backup", self.file)
        self.assertEqual(self.file.read_bytes(), before)

    def test_a_damaged_byte_anywhere_is_refused(self):
        whole = self.backed_up().read_bytes()
        for place in (len(whole) // 5, len(whole) // 2, len(whole) - 6):
            with self.subTest(place=place):
                damaged = bytearray(whole)
                damaged[place] ^= 0xFF
                self.file.write_bytes(damaged)
                self.assertRefused("damaged", "verify_backup", self.file)
                self.assertRefused("damaged", "restore", self.file, "--over")
        self.file.write_bytes(whole[:-100])
        self.assertRefused("damaged", "verify_backup", self.file)
        self.assertEqual(Annotation.objects.get().body, self.note.body)

    def test_rows_that_are_not_those_counted_are_named(self):
        self.backed_up()

        def lose_a_row(manifest):
            manifest["tables"]["accounts_user"]["rows"] += 1
            manifest["tables"]["sources_text"]["checksum"] = "0"
            manifest["tables"]["sources_scroll"] = {"rows": 1, "checksum": "0"}

        file = self.tampered(lose_a_row)
        said = self.assertRefused("is not sound", "verify_backup", file)
        self.assertIn("accounts_user: 1 rows, and the backup says 2.", said)
        self.assertIn("sources_text: its rows are not those that were backed up.", said)
        self.assertIn("sources_scroll: the table is missing.", said)
        self.assertEqual(len(said.splitlines()), 4)

    def test_a_change_of_the_record_that_was_altered_is_named(self):
        altered = Change.objects.order_by("pk").first()
        Change.objects.filter(pk=altered.pk).update(why="Otherwise.")
        self.backed_up()
        said = self.assertRefused("is not sound", "verify_backup", self.file)
        self.assertIn(f"Change {altered.pk} ", said)

    def test_one_of_a_newer_release_or_another_engine_is_refused(self):
        self.backed_up()

        def add(manifest):
            manifest["migrations"].append(["sources", "9999_later"])

        newer = self.tampered(add)
        self.assertRefused("newer release.*sources.9999_later", "restore", newer)
        newer.unlink()
        other = self.tampered(lambda manifest: manifest.update(engine="oracle"))
        self.assertRefused("DATABASE_URL", "verify_backup", other)

    def test_brings_everything_back_over_what_is_there(self):
        self.backed_up()
        KeptPage.objects.create(
            key="1",
            number=1,
            marks=1,
            is_queried=False,
            kept_at=self.note.created_at,
            size=0,
        )
        client = Client()
        client.force_login(self.reader)
        make.source("18a", supports="after")
        Annotation.objects.update(body="Overwritten.")
        self.assertRefused("--over", "restore", self.file)
        self.assertIn("Restored", self.said("restore", self.file, "--over"))
        self.assertEqual(Annotation.objects.get().body, self.note.body)
        self.assertEqual(Source.objects.count(), 1)
        self.assertEqual(KeptPage.objects.count(), 0)
        self.assertGreater(Mark.objects.get(name="restored").number, 0)
        self.assertNotIn("_auth_user_id", client.session)
        answer = Client().get(self.source.get_absolute_url())
        self.assertEqual(answer.status_code, 200)
        (before,) = self.folder.glob("before-restore-*.backup")
        self.assertIn("is sound", self.said("verify_backup", before))
        another = make.note(self.source, self.reader, body="Another.")
        self.assertGreater(another.pk, self.note.pk)
        make.source("18a", supports="after")

    def test_an_empty_database_needs_no_permission(self):
        self.backed_up()
        call_command("flush", interactive=False, verbosity=0)
        self.assertIn("Restored", self.said("restore", self.file))
        self.assertEqual(Annotation.objects.get().body, self.note.body)
        self.assertEqual([*self.folder.iterdir()], [self.file])

    @pytest.mark.prove
    def test_an_older_one_is_brought_up_to_this_release(self):
        call_command("migrate", "keeping", "zero", verbosity=0)
        try:
            self.backed_up()
        finally:
            call_command("migrate", verbosity=0)
        self.assertIn("is sound", self.said("verify_backup", self.file))
        self.said("restore", self.file, "--over")
        self.assertEqual(KeptPage.objects.count(), 0)
        self.assertEqual(Annotation.objects.get().body, self.note.body)


class WhilePeopleWriteTests(Case, TransactionTestCase):
    """One thread writes notes and hears that they are kept; a backup is made beside."""

    def setUp(self):
        super().setUp()
        self.source = make.source("17b", supports="before")
        self.reader = make.reader()
        self.acknowledged, self.enough, self.stop = [], Event(), Event()

    def write(self):
        try:
            while not self.stop.is_set():
                body = f"Note {len(self.acknowledged)}."
                note = create(
                    self.reader,
                    self.source,
                    key=uuid4(),
                    body=body,
                    motivation="commenting",
                    visibility="public",
                )
                self.acknowledged.append((note.pk, body))
                if len(self.acknowledged) == 10:
                    self.enough.set()
        finally:
            connections.close_all()

    def back_up(self):
        """The notes that were acknowledged before the backup began."""
        writer = Thread(target=self.write)
        with mock.patch("studyhall.annotations.pace.check"):
            writer.start()
            try:
                self.assertTrue(self.enough.wait(60))
                before = list(self.acknowledged)
                self.said("backup", self.file)
            finally:
                self.stop.set()
                writer.join()
        return before

    def test_it_holds_all_that_was_acknowledged_before_and_no_half_of_anything(self):
        before = self.back_up()
        self.assertGreater(len(self.acknowledged), len(before))
        self.assertIn("is sound", self.said("verify_backup", self.file))
        with (
            archive.opened(self.file) as backup,
            engines.of(connection).scratch(backup.dump, connection) as beside,
            engines.standing_in(beside),
        ):
            held = list(Annotation.objects.order_by("pk").values_list("pk", "body"))
            halves = Annotation.objects.filter(versions=None).count()
        self.assertEqual(held[: len(before)], before)
        self.assertEqual(held, self.acknowledged[: len(held)])
        self.assertEqual(halves, 0)
