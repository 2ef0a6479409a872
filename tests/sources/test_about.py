"""About and accessibility: pages of words alone, and the links to them."""

from django.conf import settings
from django.test import TestCase

from tests import make

PAGES = ("/about/", "/accessibility/")


class AboutPagesTests(TestCase):
    def test_they_answer_without_a_query_or_a_cookie(self):
        for path in PAGES:
            with self.subTest(path=path), self.assertNumQueries(0):
                page = self.client.get(path)
                self.assertEqual(page.status_code, 200)
                self.assertFalse(page.cookies)

    def test_every_page_leads_to_them_in_the_same_order(self):
        source = make.source("17b", supports="before")
        for path in ("/", "/sources/", source.get_absolute_url(), *PAGES):
            with self.subTest(path=path):
                page = self.client.get(path).content.decode()
                footer = page[page.index("<footer") :]
                at = [
                    footer.index(f'href="/{name}/"')
                    for name in ("method", "glossary", "accessibility", "about")
                ]
                self.assertEqual(at, sorted(at))

    def test_the_one_cookie_that_is_named_is_the_one_that_is_set(self):
        self.assertContains(self.client.get("/about/"), "keeps one cookie")
        answer = self.client.get("/settings/?theme=dark")
        self.assertEqual(list(answer.cookies), [settings.READING_COOKIE_NAME])
