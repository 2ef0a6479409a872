"""What the head of each page says: titles, descriptions, addresses, linked data."""

import json
from collections import Counter
from html import unescape
from urllib.parse import urlsplit

import html5lib
from django.template import Context, Template
from django.test import RequestFactory, SimpleTestCase, TestCase

from sources.pages import linked_data
from tests import make
from tests.pages.case import LibraryCase

SITE = "http://testserver"
SHORTEST, LONGEST = 50, 170  # letters of a description
# A step of a path shows a source, whose own page is the one to be found.
SHOWS_ANOTHER = "/paths/"


def parsed_head(html):
    """The tree of a page down to the end of its head."""
    head, _, _ = html.partition("<body")
    return html5lib.parse(head, namespaceHTMLElements=False)


def head_of(html):
    """What a page's head says, by name: title, canonical, and every meta."""
    tree = parsed_head(html)
    said = {"title": tree.findtext("head/title")}
    for meta in tree.iterfind("head/meta"):
        said[meta.get("name") or meta.get("property")] = meta.get("content")
    for link in tree.iterfind("head/link"):
        if link.get("rel") == "canonical":
            said["canonical"] = link.get("href")
    return said


def graph_of(html):
    """The things that a page's data block names; none where there is no block."""
    tree = parsed_head(html)
    blocks = tree.findall("head/script[@type='application/ld+json']")
    return [thing for block in blocks for thing in json.loads(block.text)["@graph"]]


def of_kind(graph, kind):
    return next(thing for thing in graph if thing["@type"] == kind)


class HeadsOfTheLibraryTests(LibraryCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.heads = {path: head_of(page) for path, page in cls.pages.items()}
        cls.graphs = {path: graph_of(page) for path, page in cls.pages.items()}

    def test_no_two_pages_have_one_title(self):
        titles = Counter(head["title"] for head in self.heads.values())
        self.assertEqual([title for title, n in titles.items() if n > 1], [])

    def test_every_title_says_the_site_once_and_last(self):
        for path, head in self.heads.items():
            with self.subTest(path=path):
                self.assertRegex(head["title"], r"^\S.* · studyhall$")
                self.assertEqual(head["title"].count("studyhall"), 1)
                self.assertNotIn("  ", head["title"])

    def test_every_description_is_of_a_length_that_is_shown_whole(self):
        for path, head in self.heads.items():
            with self.subTest(path=path, says=head["description"]):
                letters = len(head["description"])
                self.assertLessEqual(SHORTEST, letters)
                self.assertLessEqual(letters, LONGEST)

    def test_every_page_says_its_own_address(self):
        for path, head in self.heads.items():
            here = urlsplit(path)
            if here.path.startswith(SHOWS_ANOTHER) and here.path.count("/") > 3:
                continue
            with self.subTest(path=path):
                asks = here.path == "/sources/" and here.query
                own = f"{here.path}?{here.query}" if asks else here.path
                self.assertEqual(head["canonical"], SITE + own)

    def test_a_step_names_its_source_as_the_page_to_be_found(self):
        steps = [path for path in self.heads if path.count("/") > 3]
        steps = [path for path in steps if path.startswith(SHOWS_ANOTHER)]
        sources = {SITE + one.get_absolute_url() for one in self.published}
        self.assertGreater(len(steps), 10)
        for path in steps:
            self.assertIn(self.heads[path]["canonical"], sources, path)

    def test_what_is_shared_elsewhere_is_what_the_page_says(self):
        for path, head in self.heads.items():
            with self.subTest(path=path):
                self.assertEqual(head["og:title"], head["title"])
                self.assertEqual(head["og:description"], head["description"])
                self.assertEqual(head["og:url"], head["canonical"])
                self.assertEqual(head["og:site_name"], "studyhall")
                self.assertIn(head["og:type"], {"website", "article"})
        source = self.published[0].get_absolute_url()
        self.assertEqual(self.heads[source]["og:type"], "article")
        self.assertEqual(self.heads["/"]["og:type"], "website")

    def test_what_answers_one_reader_alone_is_not_indexed(self):
        source = self.published[0].get_absolute_url()
        closed = ["/search/", "/settings/", f"{source}cite/", f"{source}history/1/"]
        closed += [path for path in self.heads if path.startswith("/compare/")]
        self.assertEqual(len(closed), 5)
        for path in closed:
            self.assertIn("noindex", self.heads[path].get("robots", ""), path)

    def test_every_address_in_it_is_whole(self):
        for path, graph in self.graphs.items():
            self.assertNotIn('": "/', json.dumps(graph), path)

    def test_every_source_is_a_quotation_of_the_words_that_are_shown(self):
        for source in self.published:
            path = source.get_absolute_url()
            with self.subTest(path=path):
                quotation = of_kind(self.graphs[path], "Quotation")
                shown = unescape(self.pages[path])
                self.assertEqual(quotation["url"], SITE + path)
                self.assertEqual(quotation["name"], source.reference_en)
                self.assertIn(quotation["inLanguage"], {"he", "arc"})
                for word in quotation["text"].split():
                    self.assertIn(word, shown)
                self.assertEqual(quotation["isPartOf"]["name"], source.work.title)

    def test_a_way_of_crumbs_is_a_list_of_them(self):
        path = "/sources/megillah/17b/"
        crumbs = of_kind(self.graphs[path], "BreadcrumbList")["itemListElement"]
        named = [(each["position"], each["name"], each.get("item")) for each in crumbs]
        self.assertEqual(
            named,
            [
                (1, "Sources", f"{SITE}/sources/"),
                (2, "Megillah", f"{SITE}/works/megillah/"),
                (3, "17b", None),
            ],
        )

    def test_a_position_is_a_claim_with_the_sources_that_support_it(self):
        claim = of_kind(self.graphs["/positions/before/"], "Claim")
        self.assertIn(f"{SITE}/sources/megillah/17b/", claim["appearance"])
        page = self.pages["/positions/before/"]
        for address in claim["appearance"]:
            self.assertIn(f'href="{address.removeprefix(SITE)}"', page)

    def test_other_pages_name_what_they_show(self):
        kinds = {
            "/": "WebSite",
            "/works/megillah/": "Book",
            "/topics/": "DefinedTermSet",
            "/topics/ingathering/": "DefinedTerm",
            "/glossary/": "DefinedTermSet",
        }
        for path, kind in kinds.items():
            with self.subTest(path=path):
                said = of_kind(self.graphs[path], kind)
                self.assertIn(said["name"], unescape(self.pages[path]))

    def test_every_author_is_a_person(self):
        authors = [path for path in self.graphs if path.startswith("/authors/")]
        self.assertGreater(len(authors), 10)
        for path in authors:
            self.assertEqual(of_kind(self.graphs[path], "Person")["url"], SITE + path)

    def test_a_search_is_offered_at_its_address(self):
        search = of_kind(self.graphs["/"], "WebSite")["potentialAction"]
        template = search["target"]["urlTemplate"]
        self.assertEqual(template, f"{SITE}/search/?q={{words}}")


class JsonLdTagTests(SimpleTestCase):
    def written(self, **context):
        request = RequestFactory().get("/here/")
        template = Template("{% load metadata %}{% json_ld %}")
        return template.render(Context({"request": request, **context}))

    def test_nothing_is_written_of_nothing(self):
        self.assertEqual(self.written(), "")
        self.assertEqual(self.written(linked_data=[], crumbs=[("Here", "")]), "")

    def test_no_words_end_the_block(self):
        words = "</script><script>alert(1)</script>&amp;\u2028"
        block = self.written(linked_data=[linked_data.thing("Thing", words)])
        inside = block.removeprefix('<script type="application/ld+json">')
        inside = inside.removesuffix("</script>")
        for sign in "<>&\u2028":
            self.assertNotIn(sign, inside)
        self.assertEqual(json.loads(inside)["@graph"][0]["name"], words)

    def test_only_addresses_become_whole(self):
        said = linked_data.thing("Thing", "/name/", url="/a/", about={"@id": "/b/"})
        (thing,) = json.loads(
            self.written(linked_data=[said]).split(">", 1)[1].rsplit("<", 1)[0]
        )["@graph"]
        self.assertEqual(thing["name"], "/name/")
        self.assertEqual(thing["url"], f"{SITE}/a/")
        self.assertEqual(thing["about"]["@id"], f"{SITE}/b/")


class DraftTests(TestCase):
    def test_what_is_drafted_is_not_said_to_machines(self):
        source = make.source(
            supports="before",
            bearings=[{"position": "after", "state": "draft", "basis": "implied"}],
        )
        graph = graph_of(self.client.get(source.get_absolute_url()).content.decode())
        about = [claim["name"] for claim in of_kind(graph, "Quotation")["about"]]
        self.assertEqual(about, ["Before"])

    def test_a_long_passage_is_quoted_by_what_its_bearings_rest_on(self):
        source = make.source(
            words="אחת שתים שלוש", bearings=[{"position": "before", "words": "שתים"}]
        )
        text = source.texts.get(language="he")
        text.is_excerpt = False
        bearings = source.bearings.all()
        self.assertEqual(linked_data.decisive_words(text, bearings), "שתים")
