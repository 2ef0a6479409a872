"""Searching the library by words."""

from unittest import mock

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from sources import search
from sources.changes import change
from sources.models import Source, State, Work
from sources.search import finding
from tests import make

VISITOR = AnonymousUser()


def found(query, user=VISITOR, **options):
    """The sources that were found; nothing that is only near."""
    results = search.find(query, user, **options)
    if results.is_loose:
        return []
    return [hit.record for hit in results.hits if hit.kind == "source"]


def shown(hit):
    """The line of a hit with what is marked in brackets."""
    return "".join(
        f"[{piece.words}]" if piece.is_marked else piece.words for piece in hit.pieces
    )


class FindTests(TestCase):
    def test_points_quotes_and_final_letters_make_no_difference(self):
        source = make.source(words='בּוֹנֵה יְרוּשָׁלִַם יְהוָה, רש"י על־ידי')
        for query in ["ירושלם", "ירושלמ ה'", "רש״י", "בונה יי", "עַל יְדֵי"]:
            with self.subTest(query):
                self.assertEqual(found(query), [source])

    def test_letters_before_a_hebrew_word_make_no_difference(self):
        bare = make.source(words="גאולה", translation="")
        led = make.source(words="ושבגאולה", translation="")
        for query in ["גאולה", "הגאולה", "וּבַגְאוּלָה", "כגאולה", "לגאולה"]:
            with self.subTest(query):
                self.assertEqual(found(query), [bare, led])

    def test_every_term_must_be_held(self):
        source = make.source(summary="Exiles gathered in.", words="גליות")
        make.source(summary="Exiles only.", words="אחר", translation="")
        self.assertEqual(found("exiles GATHERED גליות"), [source])
        self.assertEqual(found("exiles nowhere"), [])

    def test_references_titles_and_reasoning_are_searched(self):
        work = make.work("succah", titles=["Sukkah"], title_he="סוכה")
        source = make.source(
            "52b", work=work, bearings=[{"reasoning": "Four craftsmen."}]
        )
        for query in ["succah 52b", "sukkah", "סוכה", "craftsmen"]:
            with self.subTest(query):
                self.assertEqual(found(query), [source])

    def test_words_of_a_phrase_follow_one_another(self):
        source = make.source(summary="The exiles are gathered first.")
        make.source(summary="First are the gathered exiles.")
        self.assertEqual(found("“exiles are gathered”"), [source])
        self.assertEqual(len(found("exiles are gathered")), 2)

    def test_a_phrase_reaches_from_no_text_into_another(self):
        make.source(summary="End.", words="ראש", bearings=[{"reasoning": "Start."}])
        self.assertEqual(found('"end start"'), [])

    def test_a_saved_change_is_found_and_the_old_words_are_not(self):
        source = make.source(summary="Craftsmen.")
        with change(source, opened=source.version, why="clearer"):
            source.summary = "Builders."
            source.save()
        self.assertEqual(found("builders"), [source])
        self.assertEqual(found("craftsmen"), [])

    def test_what_is_undone_is_not_found(self):
        source = make.source(summary="Craftsmen.")
        with self.assertRaises(ZeroDivisionError), change(source, opened=1):
            source.summary = "Builders."
            source.save()
            raise ZeroDivisionError
        self.assertEqual(found("craftsmen"), [source])
        self.assertEqual(found("builders"), [])


class OrderTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        late = make.work("late", era=Work.Era.MODERN, year_from=1900, year_to=1901)
        early = make.work("early", era=Work.Era.TANAKH, year_from=-700, year_to=-600)
        named = make.work("rimon", era=Work.Era.MODERN, year_from=1950, year_to=1951)
        cls.said_late = make.source("5a", work=late, summary="A rimon.")
        cls.said = make.source("5a", work=early, summary="A rimon.")
        cls.named = make.source("5a", work=named)
        cls.decisive = make.source("6a", work=late, translation="A rimon.")
        cls.text = make.source("7a", work=early, translation="A rimon.")
        with change(cls.text, opened=1):
            for text in cls.text.texts.all():
                text.is_excerpt = False
                text.save()

    def test_titles_then_decisive_words_then_text_then_ours_by_generation(self):
        order = [self.named, self.decisive, self.text, self.said, self.said_late]
        self.assertEqual(found("rimon"), order)

    def test_by_generation_alone_when_asked_for(self):
        order = [self.said, self.text, self.said_late, self.decisive, self.named]
        self.assertEqual(found("rimon", order="time"), order)


class OthersTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        author = make.author(name="Rimon")
        work = make.work("rimonim", author=author, title="Rimon", title_he="")
        cls.source = make.source("5a", work=work)
        cls.topic = make.topic(name="Fruit", description="The rimon and others.")
        make.work("empty", title="Rimon without a source")
        make.topic(name="Rimon in draft", state=State.DRAFT)
        cls.path = make.path(title="Rimon by rimon", state=State.PUBLISHED)
        make.essay(title="Of the rimon", state=State.WITHDRAWN)

    def kinds(self, user=VISITOR, **options):
        return [hit.kind for hit in search.find("rimon", user, **options).hits]

    def test_named_records_come_before_sources_and_others_after_them(self):
        expected = ["work", "author", "path", "source", "topic"]
        self.assertEqual(self.kinds(), expected)

    def test_an_editor_finds_drafts_and_what_is_withdrawn_nobody(self):
        self.assertEqual(self.kinds(make.editor()).count("topic"), 2)
        self.assertNotIn("essay", self.kinds(make.editor()))

    def test_filters_ask_for_sources_alone(self):
        self.assertEqual(self.kinds(filters={"era": "amoraim"}), ["source"])

    def test_the_title_that_matches_is_marked(self):
        hits = search.find("rimon", VISITOR).hits
        self.assertEqual(shown(hits[0]), "[Rimon]")
        self.assertEqual(shown(hits[-1]), "The [rimon] and others.")

    def test_a_hebrew_title_is_shown_as_hebrew(self):
        topic = make.topic(name="Ingathering", name_he="קיבוץ גלויות")
        [hit] = search.find("הקיבוץ", VISITOR).hits
        self.assertEqual((hit.record, hit.language), (topic, "he"))
        self.assertEqual(shown(hit), "[קיבוץ] גלויות")


class LineTests(TestCase):
    def line(self, query, **fields):
        make.source(**fields)
        [hit] = search.find(query, VISITOR).hits
        return hit.line, hit.language, shown(hit)

    def test_the_line_that_holds_most_is_shown_as_it_is_written(self):
        words = "וַיְהִי בַיָּמִים\nוְנִקְבְּצוּ הַגָּלֻיּוֹת בַּיָּמִים הָהֵם"
        self.assertEqual(
            self.line("גָּלֻיּוֹת ימים", words=words, translation=""),
            (2, "he", "וְנִקְבְּצוּ [הַגָּלֻיּוֹת בַּיָּמִים] הָהֵם"),
        )

    def test_a_translation_is_shown_where_its_words_match(self):
        line = self.line("gathered", translation="the exiles are gathered")
        self.assertEqual(line, (1, "en", "the exiles are [gathered]"))

    def test_the_summary_is_shown_where_no_line_matches(self):
        line = self.line("craftsmen", summary="Four craftsmen.")
        self.assertEqual(line, (None, "en", "Four [craftsmen]."))

    def test_the_first_line_is_shown_where_the_reference_matches(self):
        line = self.line(
            "megillah 17b", address="17b", words="ראש\nסוף", translation=""
        )
        self.assertEqual(line, (1, "he", "ראש"))

    def test_a_loose_match_is_marked_as_it_is_written(self):
        line = self.line("gatherd exlies", translation="the exiles are gathered")
        self.assertEqual(line, (1, "en", "the [exiles] are [gathered]"))


class LooseTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.source = make.source(
            summary="Mashiach, in Yevamos: the ingathering of the exiles.",
            words="קיבוץ גליות בתהילים",
        )

    def assertNear(self, *queries):
        for query in queries:
            with self.subTest(query):
                results = search.find(query, VISITOR)
                self.assertTrue(results.is_loose)
                self.assertEqual([hit.record for hit in results.hits], [self.source])

    def test_the_beginning_of_a_word_is_near_it(self):
        self.assertNear("ingath", "yevam exil")

    def test_full_and_defective_spelling_are_near(self):
        self.assertNear("גלויות", "קבוץ", "תהלים", "הקבוץ")

    def test_other_letters_for_the_same_name_are_near(self):
        self.assertNear("Yebamoth", "Moshiach", "Messiah")

    def test_one_letter_off_is_near(self):
        self.assertNear("ingathring", "exlies", "mashich", "גלייות")

    def test_words_of_a_phrase_are_near_in_any_order(self):
        self.assertNear('"exiles ingathering"')

    def test_what_is_found_exactly_is_not_loose(self):
        self.assertFalse(search.find("exiles", VISITOR).is_loose)

    def test_what_a_filter_leaves_out_makes_no_search_loose(self):
        results = search.find("exiles", VISITOR, filters={"era": "tanakh"})
        self.assertEqual((results.total, results.is_loose), (0, False))

    def test_what_is_far_is_not_found(self):
        results = search.find("elephant", VISITOR)
        self.assertEqual((results.total, results.is_loose), (0, False))


class VisibilityTests(TestCase):
    def test_drafts_are_found_by_editors_alone(self):
        draft = make.source(summary="Hidden.", state=State.DRAFT)
        self.assertEqual(search.find("hidden", VISITOR).total, 0)
        self.assertEqual(search.find("hiddn", VISITOR).total, 0)
        self.assertEqual(found("hidden", make.editor()), [draft])

    def test_what_is_withdrawn_is_found_by_nobody(self):
        make.source(summary="Hidden.", state=State.WITHDRAWN)
        self.assertEqual(found("hidden", make.editor()), [])

    def test_an_unpublished_reasoning_finds_nothing(self):
        make.source(bearings=[{"reasoning": "Whispered.", "state": State.DRAFT}])
        self.assertEqual(found("whispered"), [])
        self.assertEqual(found("whispered", make.editor()), [])


class FacetTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        topic, draft = make.topic(name="Order"), make.topic(state=State.DRAFT, name="D")
        early = make.work("early", era=Work.Era.TANAKH)
        cls.one = make.source(
            "5a",
            work=early,
            summary="Common.",
            supports="before",
            topics=[topic, draft],
        )
        opposed = {"position": "before", "direction": "disputes", "basis": "implied"}
        cls.two = make.source(summary="Common.", bearings=[opposed], topics=[topic])
        make.source(summary="Common.", state=State.DRAFT, topics=[topic])

    def counts(self, user=VISITOR, **filters):
        facets = search.find("common", user, filters=filters).facets
        return {
            name: [(facet.value, facet.count) for facet in values]
            for name, values in facets.items()
        }

    def test_values_are_counted_of_what_a_visitor_may_see(self):
        counts = self.counts()
        self.assertEqual(counts["era"], [("tanakh", 1), ("amoraim", 1)])
        self.assertEqual(counts["work"], [("early", 1), ("megillah", 1)])
        self.assertEqual(counts["position"], [("before", 2)])
        self.assertEqual(counts["direction"], [("supports", 1), ("disputes", 1)])
        self.assertEqual(counts["basis"], [("explicit", 1), ("implied", 1)])
        self.assertEqual([count for _, count in counts["topic"]], [2])

    def test_an_editor_counts_drafts_too(self):
        topics = self.counts(make.editor())["topic"]
        self.assertEqual(sorted(count for _, count in topics), [1, 3])

    def test_a_filter_that_is_on_is_no_facet(self):
        counts = self.counts(direction="disputes")
        self.assertNotIn("direction", counts)
        self.assertEqual(counts["basis"], [("implied", 1)])

    def test_each_filter_narrows(self):
        topic = self.one.topics.get(name="Order").slug
        for name, value, expected in (
            ("era", "tanakh", [self.one]),
            ("work", "megillah", [self.two]),
            ("position", "before", [self.one, self.two]),
            ("position", "none", []),
            ("direction", "disputes", [self.two]),
            ("basis", "explicit", [self.one]),
            ("topic", topic, [self.one, self.two]),
            ("topic", "nothing", []),
            ("era", "nothing", []),
        ):
            with self.subTest(name, value=value):
                self.assertEqual(found("common", filters={name: value}), expected)

    def test_one_bearing_must_pass_all_of_its_filters(self):
        filters = {"direction": "disputes", "basis": "explicit"}
        self.assertEqual(found("common", filters=filters), [])


class AnyQueryTests(TestCase):
    def test_no_query_is_malformed(self):
        make.source(summary="near the end")
        queries = [
            "\x00", '"', '""', "*", "end*", "NEAR", "NEAR(a b)", "a AND", "NOT", "OR",
            "titles:end", "^end", "-end", "{titles}: x", "';--", "%s", "%", "\\", "&|!",
            ":*", "'", "end'", "\ud800", "\u202e", "א׳", "𞤀", "½", "ﷺ", "(" * 10_000,
            "end " * 10_000, "x" * 1_000_000, " ".join(map(str, range(3000))),
            '"a "b" c"', '"near the" "end', "qq", "''''", "״״ ״", "h",
            "\U0010ffff", "e\u0301" * 300,
        ]  # fmt: skip
        for query in queries:
            with self.subTest(query[:20]):
                self.assertLessEqual(search.find(query, VISITOR).total, 1)
                self.assertLessEqual(len(search.suggest(query, VISITOR)), 8)
                self.assertLessEqual(len(search.nearest(query, VISITOR)), 6)

    def test_operators_are_words(self):
        source = make.source(summary="near and not or")
        self.assertEqual(found("NEAR AND NOT OR"), [source])

    def test_an_empty_query_finds_nothing(self):
        make.source()
        results = search.find(" … ", VISITOR)
        self.assertEqual((results.terms, results.total, results.pages), ((), 0, 0))


class PageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.sources = [
            make.source(summary="Common.", supports="before") for _ in range(5)
        ]

    def test_pages_together_hold_each_source_once(self):
        pages = [search.find("common", VISITOR, page=n, size=2) for n in (1, 2, 3)]
        together = [hit.record for page in pages for hit in page.hits]
        self.assertEqual(together, self.sources)
        self.assertEqual((pages[0].total, pages[0].pages), (5, 3))
        self.assertFalse(pages[0].is_capped)

    def test_a_page_beyond_the_last_is_empty(self):
        self.assertEqual(found("common", page=10**9), [])

    @pytest.mark.slow
    def test_a_search_costs_the_same_however_much_it_finds(self):
        costs = set()
        for more in (0, 20):
            for _ in range(more):
                make.source(summary="Common.", supports="before")
            with CaptureQueriesContext(connection) as queries:
                for hit in search.find("common", VISITOR).hits:
                    self.assertTrue(hit.record.work.title)
            costs.add(len(queries))
        self.assertEqual(len(costs), 1, costs)
        self.assertLessEqual(costs.pop(), 7)

    def test_a_search_counts_no_further_than_it_looks(self):
        with mock.patch.object(finding, "MOST", 3):
            results = search.find("common", VISITOR)
        self.assertEqual((results.total, results.is_capped), (3, True))
        self.assertEqual([hit.record for hit in results.hits], self.sources[:3])

    def test_a_document_asks_nothing_of_what_was_fetched_already(self):
        source = Source.objects.with_work().prefetch_related(
            "work__titles", "texts", "bearings"
        )[0]
        with self.assertNumQueries(0):
            document = search.document_for(source)
        self.assertIn("common", document["body"])
