"""Whoever changes or takes out a row of the Changes is found out."""

from io import StringIO

from django.core.management import CommandError, call_command
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from sources import generator
from sources.changes import change
from sources.models import Change
from tests import make


def verified(*options):
    """What the command says on stdout, and whether it ends well."""
    out = StringIO()
    try:
        call_command("verify_changes", *options, stdout=out, stderr=StringIO())
    except CommandError as error:
        return out.getvalue() + str(error), False
    return out.getvalue(), True


def by_hand(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def save(source, summary, editor=None):
    source.refresh_from_db()
    with change(source, opened=source.version, editor=editor, why="clearer"):
        source.summary = summary
        source.save()


class VerifyChangesTests(TestCase):
    def setUp(self):
        self.source = make.source("17b", state="draft")
        self.editor = make.editor()
        for summary in ("One.", "Two.", "Three."):
            save(self.source, summary, self.editor)
        self.rows = list(Change.objects.of("source", self.source.pk))

    def assertNames(self, *sentences, options=()):
        said, is_well = verified(*options)
        self.assertFalse(is_well)
        for sentence in sentences:
            self.assertIn(sentence, said)
        self.assertIn("compare it with a backup", said)

    def test_a_whole_record_is_said_to_be_whole(self):
        said, is_well = verified("--records")
        self.assertTrue(is_well, said)
        self.assertIn(f"{Change.objects.count()} changes verified", said)

    def test_each_field_that_was_changed_is_found_out(self):
        row = self.rows[1]
        other = make.editor()
        values = {
            "kind": "author",
            "record_id": 9999,
            "number": 77,
            "editor_id": other.pk,
            "at": "2001-01-01 00:00:00+00:00",
            "why": "for another reason",
            "loaded": "x",
            "record": '{"summary": "Never said."}',
            "digest": "0" * 64,
        }
        for field, value in values.items():
            with self.subTest(field=field):
                stored = Change.objects.values().get(pk=row.pk)
                cast = "%s::jsonb" if self._needs_cast(field) else "%s"
                by_hand(
                    f"UPDATE sources_change SET {field} = {cast} WHERE id = %s",
                    value,
                    row.pk,
                )
                self.assertNames(f"Change {row.pk} (")
                Change(**stored).save()
        self.assertTrue(verified()[1])

    def _needs_cast(self, field):
        return field == "record" and connection.vendor == "postgresql"

    def test_a_changed_link_of_the_chain_is_found_out(self):
        row = self.rows[2]
        by_hand("UPDATE sources_change SET previous_digest = 'x' WHERE id = %s", row.pk)
        self.assertNames(
            f"Between change {self.rows[1].pk} and change {row.pk}",
            f"Change {row.pk} (source {self.source.pk}, version 3) was changed",
        )

    def test_a_missing_row_is_named(self):
        by_hand("DELETE FROM sources_change WHERE id = %s", self.rows[1].pk)
        self.assertNames(
            f"Between change {self.rows[0].pk} and change {self.rows[2].pk}",
            f"Version 2 of source {self.source.pk} is missing.",
        )

    def test_the_first_row_that_is_missing_is_missed(self):
        first = Change.objects.order_by("pk").first()
        by_hand("DELETE FROM sources_change WHERE id = %s", first.pk)
        self.assertNames("at least one row is missing")

    def test_the_last_row_that_is_missing_is_missed(self):
        by_hand("DELETE FROM sources_change WHERE id = %s", self.rows[-1].pk)
        self.assertNames("The library's stamp does not name")

    def test_two_rows_that_changed_places_are_found_out(self):
        one, two = self.rows[1].pk, self.rows[2].pk
        for old, new in ((one, 900_001), (two, one), (900_001, two)):
            by_hand("UPDATE sources_change SET id = %s WHERE id = %s", new, old)
        self.assertNames(f"Between change {self.rows[0].pk} and change {one}")

    def test_a_stamp_that_is_gone_is_missed(self):
        by_hand("DELETE FROM sources_stamp")
        self.assertNames("The library's stamp is missing.")

    def test_a_row_that_cannot_be_read_is_named(self):
        if connection.vendor != "sqlite":
            self.skipTest("only SQLite takes what is no time")
        row = self.rows[1]
        sql = "UPDATE sources_change SET at = '2026-99-99 00:00:00' WHERE id = %s"
        by_hand(sql, row.pk)
        self.assertNames(f"Change {row.pk} cannot be read")

    def test_a_record_that_was_written_past_the_gate_is_named(self):
        by_hand(
            "UPDATE sources_source SET summary = 'By hand.' WHERE id = %s",
            self.source.pk,
        )
        self.assertTrue(verified()[1])
        self.assertNames(
            f"source {self.source.pk} (Megillah 17b) stands otherwise than its last "
            "change says: summary",
            options=["--records"],
        )

    def test_a_row_of_a_record_that_was_written_past_the_gate_is_named(self):
        by_hand("UPDATE sources_text SET words = 'x'")
        self.assertNames("says: texts", options=["--records"])

    def test_asks_the_same_of_twenty_rows_as_of_five(self):
        few = self.queries()
        for number in range(15):
            save(self.source, f"Again, {number}.")
        self.assertEqual(self.queries(), few)

    def queries(self):
        with CaptureQueriesContext(connection) as queries:
            verified()
        return len(queries)


class GeneratedTests(TestCase):
    def test_a_generated_library_is_named_as_such(self):
        generator.generate(3, 1)
        said, is_well = verified("--records")
        self.assertTrue(is_well, said)
        self.assertIn("records were generated and never saved", said)
