"""The one gate that writes the library: what it claims, keeps and refuses."""

from django.test import TestCase, override_settings

from sources import changes, followers
from sources.changes import Stale, change
from sources.models import (
    Change,
    FormerAddress,
    Mention,
    Revision,
    SearchDocument,
    Source,
    Stamp,
    State,
)
from tests import make

heard = []


def text_changed(old, new):
    heard.append(("text", old.words, new.words))


def address_changed(old, new):
    heard.append(("address", old, new))


FOLLOWERS = [f"{__name__}.text_changed", f"{__name__}.address_changed"]


class ClaimTests(TestCase):
    def test_a_change_raises_the_version_by_one(self):
        source = make.source()
        with change(source, opened=1, why="clearer"):
            source.summary = "Clearer."
            source.save()
        source.refresh_from_db()
        self.assertEqual((source.version, source.summary), (2, "Clearer."))

    def test_the_second_to_save_is_refused_with_the_stored_state(self):
        source = make.source()
        mine = Source.objects.get(pk=source.pk)
        with change(source, opened=1):
            source.summary = "Theirs."
            source.save()
        with self.assertRaises(Stale) as caught, change(mine, opened=1):
            mine.summary = "Mine."
            mine.save()
        self.assertEqual(caught.exception.stored.summary, "Theirs.")
        self.assertEqual(Source.objects.get(pk=source.pk).summary, "Theirs.")

    def test_a_failing_body_leaves_nothing_behind(self):
        source, stamp = make.source(), Stamp.objects.current()
        with self.assertRaises(ZeroDivisionError), change(source, opened=1):
            source.summary = "Half."
            source.save()
            raise ZeroDivisionError
        source.refresh_from_db()
        self.assertEqual((source.version, Stamp.objects.current()), (1, stamp))

    def test_a_change_inside_another_is_refused(self):
        source, other = make.source(), make.source()
        with (
            self.assertRaisesMessage(RuntimeError, "inside another"),
            change(source, opened=1),
            change(other, opened=1),
        ):
            other.save()


class KeptTests(TestCase):
    def test_each_change_appends_the_whole_state_with_who_and_why(self):
        editor = make.editor()
        source = make.source(words="אבג", state="draft")
        with change(source, opened=1, editor=editor, why="a better summary"):
            source.summary = "Better."
            source.save()
        row = Change.objects.of("source", source.pk).last()
        self.assertEqual(
            (row.number, row.editor, row.why), (2, editor, "a better summary")
        )
        self.assertEqual(row.record["summary"], "Better.")
        self.assertEqual(row.record["texts"][0]["words"], "אבג")

    def test_changes_are_chained_by_their_digests(self):
        make.source()
        rows = list(Change.objects.order_by("pk"))
        for before, after in zip(rows, rows[1:], strict=False):
            self.assertEqual(after.previous_digest, before.digest)
            self.assertEqual(after.digest, changes.digest_of(after))
        self.assertEqual(Stamp.objects.get().digest, rows[-1].digest)

    def test_the_stamp_is_raised_by_every_change(self):
        source = make.source()
        stamp = Stamp.objects.current()
        with change(source, opened=1):
            source.save()
        self.assertEqual(Stamp.objects.current(), stamp + 1)

    def test_a_text_leaves_a_revision_only_when_its_words_change(self):
        source = make.source(words="אבג", translation="abc")
        text = source.texts.get(role="original")
        with change(source, opened=1):
            source.save()
        self.assertEqual(Revision.objects.filter(text=text).count(), 1)
        with change(source, opened=2):
            text.words = "אבגד"
            text.save()
        words = Revision.objects.filter(text=text).values_list("number", "words")
        self.assertEqual(list(words), [(1, "אבג"), (2, "אבגד")])

    def test_a_source_is_given_its_reference_in_both_languages(self):
        source = make.source("17b")
        self.assertEqual(source.reference_en, "Megillah 17b")
        self.assertEqual(source.reference_he, "מגילה י״ז ע״ב")
        self.assertEqual(source.get_absolute_url(), "/sources/megillah/17b/")

    def test_a_renamed_work_renames_its_sources_and_redirects(self):
        source = make.source("17b")
        work = source.work
        with change(work, opened=work.version):
            work.slug, work.title = "megilla", "Megilla"
            work.save()
        source = Source.objects.get(pk=source.pk)
        self.assertEqual(source.reference_en, "Megilla 17b")
        self.assertEqual(source.get_absolute_url(), "/sources/megilla/17b/")
        former = FormerAddress.objects.get(path="/sources/megillah/17b/")
        self.assertEqual((former.kind, former.record_id), ("source", source.pk))

    def test_an_address_taken_again_is_no_longer_a_former_one(self):
        source = make.source("17b")
        for opened, address in ((1, "18a"), (2, "17b")):
            with change(source, opened=opened):
                source.address = address
                source.save()
            source.refresh_from_db()
        paths = FormerAddress.objects.values_list("path", flat=True)
        self.assertEqual(list(paths), ["/sources/megillah/18a/"])

    def test_the_search_row_follows_the_words(self):
        source = make.source(words="שֶׁנִּתְקַבְּצוּ")
        document = SearchDocument.objects.get(source=source)
        self.assertIn("נתקבצו", document.decisive)

    def test_the_search_row_follows_the_name_of_the_author(self):
        author = make.author(name="Rashy")
        source = make.source(work=make.work("rashi", author=author))
        with change(author, opened=1):
            author.name = "Rashi"
            author.save()
        self.assertIn(" rashi", SearchDocument.objects.get(source=source).titles)

    def test_a_source_is_contested_when_two_answers_claim_it(self):
        bearings = [{"position": "before"}, {"position": "after"}]
        self.assertTrue(make.source(bearings=bearings).is_contested)
        self.assertFalse(make.source(bearings=bearings[:1]).is_contested)

    def test_first_published_is_kept_for_ever(self):
        source = make.source()
        first = source.first_published_at
        self.assertIsNotNone(first)
        with change(source, opened=1):
            source.state = State.WITHDRAWN
            source.save()
        source.refresh_from_db()
        self.assertEqual(source.first_published_at, first)


class MentionTests(TestCase):
    def test_a_mention_is_linked_once_its_source_is_published(self):
        make.work("megillah")
        reasoning = {"reasoning": "Compare [[Megillah 18a]]."}
        source = make.source("17b", bearings=[reasoning])
        bearing = source.bearings.get()
        self.assertNotIn("<a", bearing.reasoning_html)
        self.assertEqual(Mention.objects.get().address, "18a")
        other = make.source("18a")
        bearing.refresh_from_db()
        self.assertIn('href="/sources/megillah/18a/"', bearing.reasoning_html)
        with change(other, opened=1):
            other.state = State.WITHDRAWN
            other.save()
        bearing.refresh_from_db()
        self.assertNotIn("<a", bearing.reasoning_html)

    def test_a_draft_is_named_as_not_yet_verified(self):
        make.source("18a", state=State.DRAFT)
        source = make.source("17b", bearings=[{"reasoning": "See [[Megillah 18a]]."}])
        html = source.bearings.get().reasoning_html
        self.assertIn("not yet verified against the text", html)
        self.assertNotIn("<a", html)

    def test_rendering_again_is_no_change_of_the_record(self):
        source = make.source("17b", bearings=[{"reasoning": "See [[Megillah 18a]]."}])
        make.source("18a")
        source.refresh_from_db()
        self.assertEqual(source.version, 1)


@override_settings(LIBRARY_FOLLOWERS=FOLLOWERS)
class FollowerTests(TestCase):
    def setUp(self):
        heard.clear()

    def test_followers_hear_of_changed_words_and_addresses(self):
        source = make.source("17b", words="אבג", translation="")
        text = source.texts.get()
        with change(source, opened=1):
            source.address = "18a"
            source.save()
            text.words = "דהו"
            text.save()
        self.assertEqual(
            heard,
            [
                ("text", "אבג", "דהו"),
                ("address", "/sources/megillah/17b/", "/sources/megillah/18a/"),
            ],
        )

    def test_a_follower_that_cannot_be_imported_is_named_by_a_check(self):
        names = ["nowhere.text_changed", f"{__name__}.heard"]
        with self.settings(LIBRARY_FOLLOWERS=names):
            problems = followers.check_followers(None)
        self.assertIn("“nowhere.text_changed” cannot be imported", problems[0].msg)
        self.assertIn("is named for none of the events", problems[1].msg)
