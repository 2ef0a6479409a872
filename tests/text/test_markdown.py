"""Markdown becomes safe HTML, and says what it refers to."""

import re

import html5lib
from django.test import SimpleTestCase

from sources.markdown import LONGEST, Cited, Link, TextTooLong, render, render_words

HEBREW = '<bdi lang="he" dir="rtl">{}</bdi>'


def resolve(words):
    """Megillah is a published source; all else has not been verified."""
    if words.startswith("Megillah"):
        return Link("/sources/megillah/17b/", "Megillah 17b")
    return Link(None, words, unverified=True)


class ReferenceTests(SimpleTestCase):
    def test_a_reference_becomes_a_link(self):
        html = render("See [[Megillah 17b]].", resolve).html
        link = '<a class="reference" href="/sources/megillah/17b/">Megillah 17b</a>'
        self.assertHTMLEqual(html, f"<p>See {link}.</p>")

    def test_a_reference_may_be_put_in_other_words(self):
        rendered = render("[[Megillah 17b | the gemara]]", resolve)
        self.assertIn(">the gemara</a>", rendered.html)
        self.assertEqual(rendered.references, ("Megillah 17b",))

    def test_what_is_not_verified_is_no_link_and_says_so(self):
        html = render("[[Ruth 4:11]]", resolve).html
        self.assertEqual(
            html,
            '<p><span class="reference">Ruth 4:11</span>'
            " <em>(not yet verified against the text)</em></p>\n",
        )

    def test_each_reference_is_asked_for_once_in_reading_order(self):
        asked = []

        def note(words):
            asked.append(words)
            return resolve(words)

        rendered = render("[[B 2]] *[[Megillah 17b]]* [[B 2]]", note)
        self.assertEqual(asked, ["B 2", "Megillah 17b"])
        self.assertEqual(rendered.references, ("B 2", "Megillah 17b"))

    def test_brackets_that_name_nothing_stay_as_written(self):
        for text in ["[[]]", "[[a", "[[a\nb]]", "[[|x]]", "[[" + "a" * 400 + "]]"]:
            with self.subTest(text[:10]):
                rendered = render(text, resolve)
                self.assertEqual(rendered.references, ())
                self.assertIn("[[", rendered.html)

    def test_code_holds_no_reference(self):
        rendered = render("`[[Megillah 17b]]`", resolve)
        self.assertEqual(rendered.references, ())

    def test_a_reference_cannot_bring_html_in(self):
        html = render(
            "[[x|<img src=a onerror=b>]]", lambda words: Link(None, words)
        ).html
        self.assertNotIn("<img", html)

    def test_a_resolver_cannot_bring_a_script_in(self):
        html = render("[[x]]", lambda words: Link('javascript:alert("1")', "x")).html
        self.assertNotIn("javascript", html)


PLACE = re.compile(r"Megillah (\d+)b|there")


def find(words, after):
    """Reads "Megillah <n>b" and "there"; 19b is nowhere, 20b on another site."""
    cited = []
    for found in PLACE.finditer(words):
        after = found.group(1) or after
        link = Link(f"/sources/megillah/{after}b/", found[0], reference=after)
        if after == "20":
            link = Link("https://www.sefaria.org/Megillah.20b", found[0], away=True)
        if after in ("19", None):
            link = None
        cited.append(Cited(found.start(), found.end(), lambda link=link: link, after))
    return cited


class CitationTests(SimpleTestCase):
    def linked(self, text, **terms):
        """The words of each link, with the folio that it leads to."""
        html = render(text, find=find, **terms).html
        pattern = r'<a class="reference" href="/sources/megillah/(\d+)b/">(.*?)</a>'
        return [(words, folio) for folio, words in re.findall(pattern, html)]

    def test_a_citation_in_running_text_links_itself(self):
        html = render("See Megillah 17b, and so on.", find=find).html
        link = '<a class="reference" href="/sources/megillah/17b/">Megillah 17b</a>'
        self.assertEqual(html, f"<p>See {link}, and so on.</p>\n")

    def test_a_backslash_stops_one_and_goes_out(self):
        html = render("See \\Megillah 17b here", find=find).html
        self.assertEqual(html, "<p>See Megillah 17b here</p>\n")

    def test_a_backslash_stops_no_more_than_one(self):
        text = "\\Megillah 17b and Megillah 18b"
        self.assertEqual(self.linked(text), [("Megillah 18b", "18")])

    def test_a_backslash_elsewhere_stays(self):
        self.assertIn("a\\b", render("a\\b Megillah 17b", find=find).html)

    def test_nothing_is_linked_in_code_or_in_a_link(self):
        for text in (
            "`Megillah 17b`",
            "    Megillah 17b",
            "```\nMegillah 17b\n```",
            "[Megillah 17b](https://example.org/)",
            "[see *Megillah 17b* now](/x/)",
        ):
            with self.subTest(text):
                self.assertEqual(self.linked(text), [])

    def test_a_footnote_is_read_and_its_label_is_not(self):
        text = "A.[^there]\n\n[^there]: See Megillah 18b."
        self.assertEqual(self.linked(text), [("Megillah 18b", "18")])

    def test_there_is_carried_from_paragraph_to_paragraph(self):
        text = "Megillah 17b.\n\n> - And *there* too."
        self.assertEqual(self.linked(text), [("Megillah 17b", "17"), ("there", "17")])

    def test_a_reference_in_brackets_is_what_there_means_after_it(self):
        def named(words):
            return Link("/sources/megillah/18b/", words, reference="18")

        text = "Megillah 17b, [[the other page]] and there."
        self.assertEqual(
            self.linked(text, resolve=named),
            [("Megillah 17b", "17"), ("the other page", "18"), ("there", "18")],
        )

    def test_a_link_of_ones_own_is_what_there_means_after_it(self):
        text = "[Megillah 17b](https://example.org/) and there"
        self.assertEqual(self.linked(text), [("there", "17")])

    def test_a_citation_with_emphasis_in_it_is_one_link(self):
        for text, words in (
            ("*Megillah* 17b", "<em>Megillah</em> 17b"),
            ("Megillah *17b*", "Megillah <em>17b</em>"),
            ("**Megillah 17b**", "Megillah 17b"),
        ):
            with self.subTest(text):
                self.assertEqual(self.linked(text), [(words, "17")])

    def test_a_citation_that_cuts_through_emphasis_stays_words(self):
        html = render("*see Megillah* 17b", find=find).html
        self.assertEqual(html, "<p><em>see Megillah</em> 17b</p>\n")

    def test_what_leads_away_says_so(self):
        html = render("Megillah 20b", find=find).html
        self.assertEqual(
            html,
            '<p><a class="reference away" rel="external nofollow noopener" '
            'href="https://www.sefaria.org/Megillah.20b">Megillah 20b'
            '<span class="unseen" lang="en" dir="ltr"> (on Sefaria)</span></a></p>\n',
        )

    def test_what_leads_nowhere_stays_words_and_is_what_there_means(self):
        html = render("Megillah 19b and there", find=find).html
        self.assertEqual(html, "<p>Megillah 19b and there</p>\n")

    def test_plain_words_have_references_and_no_other_markdown(self):
        html = render_words("# *One* <b> Megillah 17b\n\n[[Two]]", resolve, find).html
        self.assertEqual(
            html,
            '<p># *One* &lt;b&gt; <a class="reference" href="/sources/megillah/17b/">'
            'Megillah 17b</a></p>\n<p><span class="reference">Two</span>'
            " <em>(not yet verified against the text)</em></p>\n",
        )


class SafetyTests(SimpleTestCase):
    def test_raw_html_stays_words(self):
        html = render("<script>alert(1)</script> <b onclick=x>y</b>").html
        self.assertNotIn("<script", html)
        self.assertNotIn("<b", html)

    def test_only_web_addresses_and_the_sites_own_are_links(self):
        for address in [
            "javascript:a",
            "data:text/html,a",
            "mailto:a@b.c",
            "file:///a",
        ]:
            with self.subTest(address):
                self.assertNotIn("href", render(f"[x]({address})").html)
        self.assertIn('href="/sources/"', render("[x](/sources/)").html)

    def test_links_elsewhere_say_that_nobody_vouches_for_them(self):
        for address in ["https://example.org/", "HTTP://example.org/", "//example.org"]:
            with self.subTest(address):
                html = render(f"[x]({address})").html
                self.assertIn('rel="noopener nofollow"', html)
        self.assertNotIn("rel=", render("[x](/sources/)").html)

    def test_no_picture_and_no_style_comes_out(self):
        html = render("![x](/a.png)\n\n| a |\n|:-:|\n| b |").html
        self.assertNotIn("<img", html)
        self.assertNotIn("style", html)
        self.assertIn("<td>b</td>", html)

    def test_a_text_that_is_too_long_is_refused(self):
        self.assertIn("<p>", render("a" * LONGEST).html)
        with self.assertRaisesMessage(TextTooLong, "20,000"):
            render("a" * (LONGEST + 1))


class WordsTests(SimpleTestCase):
    def test_headings_stand_below_the_pages_own(self):
        html = render("# A\n\n## B\n\n##### C").html
        self.assertEqual(html, "<h3>A</h3>\n<h4>B</h4>\n<h6>C</h6>\n")

    def test_hebrew_is_isolated(self):
        html = render("The words קִבּוּץ גלויות, and *רש״י*.").html
        self.assertIn(HEBREW.format("קִבּוּץ גלויות"), html)
        self.assertIn(HEBREW.format("רש״י"), html)

    def test_brackets_and_geresh_within_hebrew_stay_with_it(self):
        html = render("in מגילה (יז) ה' and 'דוד' too").html
        self.assertIn(HEBREW.format("מגילה (יז) ה'"), html)
        self.assertIn(HEBREW.format("דוד") + "'", html)

    def test_hebrew_in_a_reference_is_isolated(self):
        html = render("[[Megillah 17b|מגילה]]", resolve).html
        self.assertIn(HEBREW.format("מגילה") + "</a>", html)

    def test_a_link_or_emphasis_inside_hebrew_divides_no_run(self):
        def cited(words, after):
            start = words.find("מגילה")
            link = Link("/sources/megillah/17b/", "")
            return [Cited(start, start + 9, lambda: link)] if start >= 0 else []

        link = '<a class="reference" href="/sources/megillah/17b/">מגילה יז:</a>'
        for text, hebrew in (
            ("So כתוב מגילה יז: ועוד, he says", f"כתוב {link} ועוד"),
            ("So מגילה יז: ועוד", f"{link} ועוד"),
            ("So כתוב מגילה יז: it is", f"כתוב {link}"),
            ("So כתוב *באמת* כאן.", "כתוב <em>באמת</em> כאן"),
            ("*כתוב מגילה יז:* it is", f"כתוב {link}"),
        ):
            with self.subTest(text):
                html = render(text, find=cited).html
                self.assertIn(HEBREW.format(hebrew), html)
                self.assertEqual(html.count("<bdi"), 1)

    def test_english_beside_a_link_of_hebrew_stays_outside(self):
        html = render("So [[Ruth|רות]] ועוד", resolve).html
        self.assertEqual(html.count("<bdi"), 2)
        html = render("So *the word כתוב* ועוד", resolve).html
        self.assertEqual(html.count("<bdi"), 2)
        html = render("So [[Megillah 17b|מגילה]] ועוד", resolve).html
        self.assertIn("מגילה</a> ועוד</bdi>", html)
        self.assertEqual(html.count("<bdi"), 1)

    def test_hebrew_in_code_is_left_alone(self):
        self.assertEqual(render("`קוד`").html, "<p><code>קוד</code></p>\n")

    def test_footnotes_of_two_texts_have_ids_of_their_own(self):
        first, second = render("A[^1]\n\n[^1]: B").html, render("C[^1]\n\n[^1]: D").html
        ids = [
            {element.get("id") for element in html5lib.parse(html).iter()} - {None}
            for html in (first, second)
        ]
        self.assertTrue(all(ids))
        self.assertFalse(ids[0] & ids[1])

    def test_what_comes_out_is_well_formed(self):
        text = '# א\n\n> - [[x|"<&>]] `a`\n\n1. ~~b~~\n\nA[^1]\n\n[^1]: ב *c*\n\n---\n'
        page = f"<!DOCTYPE html><title>x</title>{render(text, resolve).html}"
        html5lib.HTMLParser(strict=True).parse(page)
        self.assertIn("<s>b</s>", page)
