"""The reading settings: plain links, one cookie."""

from django.test import SimpleTestCase, TestCase

from sources.reading import ReadingSettings


class ReadingSettingsTests(SimpleTestCase):
    def test_a_cookie_reads_back_as_it_was_written(self):
        wanted = ReadingSettings("he", "none", -1, "dark")
        self.assertEqual(ReadingSettings.from_cookie(wanted.cookie), wanted)

    def test_each_part_that_cannot_be_read_counts_as_not_chosen(self):
        for cookie in ("", "x", "....", "klingon.all.9.auto", "\0", "a" * 9000):
            with self.subTest(cookie=cookie[:20]):
                self.assertEqual(ReadingSettings.from_cookie(cookie), ReadingSettings())

    def test_a_part_that_can_be_read_is_kept_beside_one_that_cannot(self):
        self.assertEqual(
            ReadingSettings.from_cookie("he.maybe.2.dark"),
            ReadingSettings("he", "all", 2, "dark"),
        )


class SettingsPageTests(TestCase):
    def test_a_choice_is_kept_and_leads_back(self):
        answer = self.client.get("/settings/?text=he&next=/topics/")
        self.assertEqual((answer.status_code, answer["Location"]), (303, "/topics/"))
        cookie = answer.cookies["reading"]
        self.assertEqual(cookie.value, "he.all.0.auto")
        self.assertEqual(cookie["samesite"], "Lax")
        self.assertTrue(cookie["httponly"])
        self.assertEqual(cookie["max-age"], 31_536_000)

    def test_a_second_choice_leaves_the_first_as_it_was(self):
        self.client.get("/settings/?text=en")
        answer = self.client.get("/settings/?size=2&theme=dark")
        self.assertEqual(answer.cookies["reading"].value, "en.all.2.dark")

    def test_the_page_then_looks_as_chosen(self):
        self.client.get("/settings/?theme=dark&size=-1")
        page = self.client.get("/topics/")
        self.assertContains(page, 'data-theme="dark"')
        self.assertContains(page, 'data-size="-1"')
        self.assertIn("private", page["Cache-Control"])

    def test_only_a_path_of_this_site_is_led_back_to(self):
        for elsewhere in (
            "https://example.com/",
            "//example.com/",
            "/\\example.com",
            "javascript:alert(1)",
            "\\\\example.com",
            "https:///example.com",
        ):
            with self.subTest(elsewhere=elsewhere):
                answer = self.client.get(
                    "/settings/", {"text": "he", "next": elsewhere}
                )
                self.assertEqual(answer["Location"], "/settings/")

    def test_a_wrong_value_is_refused_in_a_sentence_and_sets_nothing(self):
        for query in ("text=klingon", "size=99", "theme=pink", "vowels=", "size=x"):
            with self.subTest(query=query):
                answer = self.client.get(f"/settings/?{query}")
                self.assertContains(answer, "can be one of", status_code=400)
                self.assertNotIn("reading", answer.cookies)

    def test_without_a_choice_the_page_shows_them_all_and_sets_nothing(self):
        page = self.client.get("/settings/?next=/topics/")
        self.assertContains(page, "?theme=dark&amp;next=%2Ftopics%2F")
        self.assertNotIn("reading", page.cookies)
        self.assertEqual(page["Cache-Control"], "private, no-cache")
