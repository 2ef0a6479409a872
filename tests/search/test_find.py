"""Searching the library by words."""

from django.contrib.auth.models import AnonymousUser
from django.test import TestCase

from sources import search
from sources.changes import change
from sources.models import Source, State, Work
from tests import make

VISITOR = AnonymousUser()


def found(query, user=VISITOR):
    return search.find(query, user).sources


class FindTests(TestCase):
    def test_points_quotes_and_final_letters_make_no_difference(self):
        source = make.source(words='בּוֹנֵה יְרוּשָׁלִַם יְהוָה, רש"י על־ידי')
        for query in ["ירושלם", "ירושלמ ה'", "רש״י", "בונה יי", "עַל יְדֵי"]:
            with self.subTest(query):
                self.assertEqual(found(query), [source])

    def test_every_term_must_be_held(self):
        source = make.source(summary="Exiles gathered in.", words="גליות")
        make.source(summary="Exiles only.", words="אחר")
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

    def test_titles_come_first_and_then_generation(self):
        late = make.work("late", era=Work.Era.MODERN, year_from=1900, year_to=1901)
        early = make.work("early", era=Work.Era.TANAKH, year_from=-700, year_to=-600)
        named = make.work("rimon", era=Work.Era.MODERN, year_from=1950, year_to=1951)
        last = make.source("5a", work=late, summary="A rimon.")
        middle = make.source("5a", work=early, summary="A rimon.")
        first = make.source("5a", work=named)
        self.assertEqual(found("rimon"), [first, middle, last])

    def test_a_saved_change_is_found_and_the_old_words_are_not(self):
        source = make.source(summary="Craftsmen.")
        with change(source, opened=source.version, why="clearer"):
            source.summary = "Builders."
            source.save()
        self.assertEqual(found("builders"), [source])
        self.assertEqual(found("craftsmen"), [])


class VisibilityTests(TestCase):
    def test_drafts_are_found_by_editors_alone(self):
        draft = make.source(summary="Hidden.", state=State.DRAFT)
        self.assertEqual(search.find("hidden", VISITOR).total, 0)
        self.assertEqual(found("hidden", make.editor()), [draft])

    def test_what_is_withdrawn_is_found_by_nobody(self):
        make.source(summary="Hidden.", state=State.WITHDRAWN)
        self.assertEqual(found("hidden", make.editor()), [])

    def test_an_unpublished_reasoning_finds_nothing(self):
        make.source(bearings=[{"reasoning": "Whispered.", "state": State.DRAFT}])
        self.assertEqual(found("whispered"), [])
        self.assertEqual(found("whispered", make.editor()), [])


class AnyQueryTests(TestCase):
    def test_no_query_is_malformed(self):
        make.source(summary="near the end")
        queries = [
            "\x00", '"', '""', "*", "end*", "NEAR", "NEAR(a b)", "a AND", "NOT", "OR",
            "titles:end", "^end", "-end", "{titles}: x", "';--", "%s", "%", "\\", "&|!",
            ":*", "'", "end'", "\ud800", "\u202e", "א׳", "𞤀", "½", "ﷺ", "(" * 10_000,
            "end " * 10_000, "x" * 10_000, " ".join(map(str, range(3000))),
        ]  # fmt: skip
        for query in queries:
            with self.subTest(query[:20]):
                self.assertLessEqual(search.find(query, VISITOR).total, 1)

    def test_operators_are_words(self):
        source = make.source(summary="near and not or")
        self.assertEqual(found("NEAR AND NOT OR"), [source])

    def test_an_empty_query_finds_nothing(self):
        make.source()
        results = search.find(" … ", VISITOR)
        self.assertEqual((results.terms, results.total, results.pages), ((), 0, 0))

    def test_terms_are_few_and_each_is_asked_once(self):
        self.assertEqual(search.terms_of("a A b"), ("a", "b"))
        self.assertEqual(len(search.terms_of(" ".join(map(str, range(50))))), 12)


class PageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.sources = [make.source(summary="Common.") for _ in range(5)]

    def test_pages_together_hold_each_source_once(self):
        pages = [search.find("common", VISITOR, page, 2) for page in (1, 2, 3)]
        together = [source for page in pages for source in page.sources]
        self.assertEqual(len(together), 5)
        self.assertEqual(set(together), set(self.sources))
        self.assertEqual((pages[0].total, pages[0].pages), (5, 3))
        self.assertFalse(pages[0].is_capped)

    def test_a_page_beyond_the_last_is_empty(self):
        self.assertEqual(search.find("common", VISITOR, 10**9).sources, [])

    def test_a_search_costs_the_same_however_much_it_finds(self):
        with self.assertNumQueries(4):
            results = search.find("common", VISITOR)
            for source in results.sources:
                self.assertTrue(source.work.title)

    def test_a_search_counts_no_further_than_it_looks(self):
        most, search.MOST = search.MOST, 3
        self.addCleanup(setattr, search, "MOST", most)
        results = search.find("common", VISITOR)
        self.assertEqual((results.total, results.is_capped), (3, True))

    def test_a_document_asks_nothing_of_what_was_fetched_already(self):
        source = Source.objects.with_work().prefetch_related(
            "work__titles", "texts", "bearings"
        )[0]
        with self.assertNumQueries(0):
            document = search.document_for(source)
        self.assertIn("common", document["body"])
