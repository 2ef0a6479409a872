import re
from collections import Counter
from html.parser import HTMLParser
from xml.etree import ElementTree

from django.test import SimpleTestCase

from sources.picture import Band, Column, Mark, Picture

COLUMNS = (
    Column("before", "Before", "Before", "לפני", 2),
    Column("stages", "In two stages", "Two stages", "בשני שלבים", 1),
    Column("after", "After", "After", "אחרי", 1),
)
MORE = {sign: f"/sources/?era=1&position={sign}" for sign in ("before", "stages")}


def mark(source, sign="before", direction="supports", basis="implied", **others):
    """A mark of the first era, with whatever the test does not name filled in."""
    fields = {
        "url": f"/sources/megillah/{source}/",
        "label": f"Megillah {source}",
        "label_he": f"מגילה {source}",
        "short": f"Meg. {source}",
        "short_he": f"מג׳ {source}",
        "era": 1,
    }
    return Mark(source, sign=sign, direction=direction, basis=basis, **fields | others)


def band(era=1, **others):
    fields = {"name": "Tanakh", "name_he": "תנ״ך", "years": "to c. 350 BCE"}
    return Band(era, more_urls=MORE, **fields | others)


def picture(*marks, bands=None, lines=()):
    return Picture(COLUMNS, bands or (band(),), marks, lines)


class Links(HTMLParser):
    """The links of a drawing: their addresses, titles and visible words."""

    def __init__(self, drawing):
        super().__init__()
        self.addresses, self.titles, self.words, self.inside = [], [], [], ""
        self.feed(drawing)

    def handle_starttag(self, tag, attrs):
        self.inside = tag
        if tag == "a":
            self.addresses.append(dict(attrs)["href"])

    def handle_data(self, text):
        if self.inside == "title" and self.addresses:
            self.titles.append(text)
        if self.inside == "text" and self.addresses:
            self.words.append(text)


def heights(drawing):
    """The y of every link, in reading order."""
    return [float(y) for y in re.findall(r'translate\(0 ([\d.]+)\)"><a', drawing)]


class PictureTests(SimpleTestCase):
    def test_links_every_mark_once_in_each_drawing(self):
        marks = [mark(1), mark(2, "stages"), mark(3, "after"), mark(1, "after")]
        for drawing in (picture(*marks).wide(), picture(*marks).narrow()):
            self.assertEqual(
                Counter(Links(drawing).addresses),
                Counter(each.url for each in marks),
            )

    def test_names_a_link_by_its_visible_words_and_what_it_does(self):
        links = Links(picture(mark(17, basis="explicit", label="Megillah 17b")).wide())
        self.assertEqual(
            links.titles, ["Megillah 17b: says so outright; supports it (before)"]
        )

    def test_begins_every_name_with_the_visible_words(self):
        long = "A reference far too long to stand beside any mark of the picture"
        whole = picture(mark(1, label=long), mark(2, "stages"), mark(3, "after"))
        for drawing in (whole.wide(), whole.narrow(), whole.narrow(rtl=True)):
            links = Links(drawing)
            self.assertEqual(len(links.titles), 3)
            for title, words in zip(links.titles, links.words, strict=True):
                self.assertTrue(title.startswith(words.strip("\u2067\u2069")), title)

    def test_keeps_a_long_label_within_its_room(self):
        long = "A reference far too long to stand beside any mark of the picture"
        drawing = picture(mark(1, label=long, short="")).wide()
        self.assertNotIn(f">{long}</text>", drawing)
        self.assertIn(f"({long})", drawing)

    def test_escapes_every_text_and_address(self):
        evil = '"><script>&'
        drawn = Picture(
            tuple(Column(c.sign, evil, evil, evil, 1) for c in COLUMNS),
            (band(name=evil, name_he=evil, years=evil, background=1),),
            (mark(1, label=evil, label_he=evil, short=evil, short_he=evil, url=evil),),
        )
        for drawing in (drawn.wide(), drawn.narrow(), drawn.wide(rtl=True)):
            self.assertNotIn("<script", drawing)
            ElementTree.fromstring(drawing)

    def test_is_well_formed_and_has_no_inline_style(self):
        whole = picture(mark(1), mark(2, "stages", "disputes"), lines=((1, 2),))
        for drawing in (whole.wide(), whole.narrow(), whole.mini({1})):
            ElementTree.fromstring(drawing)
            self.assertNotRegex(drawing, r"\s(style|on\w+)=")

    def test_gives_every_element_an_id_of_its_own(self):
        both = mark(1), mark(1, direction="disputes")
        drawing = picture(*both).wide() + picture(*both).narrow()
        ids = re.findall(r' id="([^"]+)"', drawing)
        self.assertEqual(len(ids), len(set(ids)))
        self.assertIn("w-1b2", ids)

    def test_is_drawn_in_equal_bytes_every_time(self):
        marks = [mark(n, sign) for n in range(9) for sign in ("before", "stages")]
        lines = tuple((n, n + 1) for n in range(8))
        one, other = picture(*marks, lines=lines), picture(*marks, lines=lines)
        self.assertEqual(one.wide(), other.wide())
        self.assertEqual(one.narrow(), other.narrow())
        self.assertEqual(one.mini({3}), other.mini({3}))
        self.assertEqual(one.chain_css(), other.chain_css())

    def test_refuses_a_uid_that_cannot_stand_in_a_selector(self):
        for uid in ("", "9", "a b", 'a"', "a{"):
            with self.subTest(uid), self.assertRaises(ValueError):
                picture(mark(1)).wide(uid=uid)

    def test_refuses_a_mark_whose_era_has_no_band(self):
        with self.assertRaisesMessage(ValueError, "[7]"):
            picture(mark(1, era=7))

    def test_refuses_a_mark_that_it_has_no_shape_for(self):
        for field in ("sign", "direction", "basis"):
            with self.subTest(field), self.assertRaisesMessage(ValueError, field):
                mark(1, **{field: "other"})

    def test_draws_a_question_without_any_source(self):
        empty = Picture(COLUMNS, (), ())
        for drawing in (empty.wide(), empty.narrow(), empty.mini({1})):
            ElementTree.fromstring(drawing)
        self.assertIn("2 sources", empty.wide())


class GeometryTests(SimpleTestCase):
    def test_sets_rows_a_link_high_and_bands_below_each_other(self):
        bands = band(1), band(2)
        whole = picture(mark(1), mark(2), mark(3, era=2), bands=bands)
        one, two, three = heights(whole.wide())
        self.assertEqual(two - one, 24)
        self.assertGreater(three - two, 24)

    def test_centres_a_short_column_beside_a_tall_one(self):
        whole = picture(mark(1), mark(2), mark(3), mark(4, "after"))
        *tall, short = heights(whole.wide())
        self.assertEqual(short, tall[1])

    def test_draws_no_strand_for_an_empty_column_but_keeps_its_place(self):
        drawing = picture(mark(1), mark(2)).wide()
        self.assertIn("strand a-before", drawing)
        self.assertNotIn("strand a-stages", drawing)
        self.assertNotIn("strand a-after", drawing)
        self.assertIn(">In two stages</text>", drawing)

    def test_mirrors_the_drawing_and_isolates_its_hebrew(self):
        plain, mirrored = (picture(mark(1)).wide(rtl=rtl) for rtl in (False, True))
        self.assertIn('d="M392 ', plain)
        self.assertIn(f'd="M{1120 - 392} ', mirrored)
        self.assertIn('direction="ltr" lang="he"', mirrored)
        self.assertIn("\u2067מגילה 1\u2069</text>", mirrored)
        self.assertNotIn("\u2067", plain)

    def test_fills_the_half_that_reading_meets_first_for_before(self):
        left, right = (
            re.search(r'class="m f-before" d="M\S+ \S+a\S+ \S+ 0 0 (\d)', drawing)[1]
            for drawing in (
                picture(mark(1)).wide(),
                picture(mark(1)).wide(rtl=True),
            )
        )
        self.assertEqual((left, right), ("0", "1"))

    def test_ends_a_band_with_its_background(self):
        counted = band(background=7, background_url="/sources/?direction=background")
        for drawing in (
            picture(mark(1), bands=(counted,)).wide(),
            picture(mark(1), bands=(counted,)).narrow(),
        ):
            links = Links(drawing)
            self.assertEqual(links.addresses[-1], "/sources/?direction=background")
            self.assertEqual(links.words[-1], "and 7 that give background")

    def test_is_silent_of_background_where_there_is_none(self):
        self.assertNotIn("background", picture(mark(1)).wide())

    def test_lists_no_era_that_is_empty(self):
        whole = picture(mark(1), bands=(band(1), band(2, name="Geonim")))
        self.assertEqual(whole.wide().count('role="list"'), 1)
        self.assertIn(">Geonim</text>", whole.wide())


class FoldTests(SimpleTestCase):
    def test_shows_twelve_marks_of_a_cell(self):
        drawing = picture(*(mark(n) for n in range(12))).wide()
        self.assertEqual(len(Links(drawing).addresses), 12)

    def test_folds_more_than_twelve_into_the_plainest_eleven_and_a_link(self):
        inferred = [mark(n, basis="inferred") for n in range(10)]
        plain = [mark(n, basis="explicit") for n in range(10, 18)]
        links = Links(picture(*inferred, *plain).wide())
        shown = [each.url for each in (*inferred[:3], *plain)]
        self.assertEqual(links.addresses, [*shown, "/sources/?era=1&position=before"])
        self.assertEqual(links.words[-1], "+7 more")
        self.assertEqual(links.titles[-1], "+7 more: Before, Tanakh")

    def test_draws_no_line_to_a_mark_that_is_folded_away(self):
        marks = [mark(n) for n in range(13)]
        drawing = picture(*marks, lines=((0, 1), (0, 12))).wide()
        self.assertEqual(re.findall(r'data-k="([^"]+)"', drawing), ["0 1"])

    def test_keeps_the_current_source_in_the_locator(self):
        whole = picture(*(mark(n) for n in range(20)))
        self.assertEqual(whole.mini({19}).count('class="halo"'), 1)
        self.assertEqual(whole.mini({99}).count('class="halo"'), 0)
