"""The editors' guide: one page, its pictures, and the ways to it."""

import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import TestCase
from django.urls import reverse

GUIDE = reverse("editing")
MOST = 150 * 1024  # bytes of all its pictures


class EditingTests(TestCase):
    def test_answers_everyone_without_a_query_or_a_cookie(self):
        with self.assertNumQueries(0):
            page = self.client.get(GUIDE)
        self.assertEqual(page.status_code, 200)
        self.assertFalse(page.cookies)

    def test_its_pictures_are_there_light_and_told_in_words(self):
        page = self.client.get(GUIDE).content.decode()
        pictures = re.findall(r"<img [^>]*>", page)
        self.assertEqual(len(pictures), 3)
        sizes = 0
        for picture in pictures:
            self.assertRegex(picture, r'alt="[^"]{40,}"')
            self.assertRegex(picture, r'width="\d+" height="\d+"')
            name = re.search(r'src="([^"]+)"', picture)[1]
            file = finders.find(name.removeprefix(settings.STATIC_URL))
            sizes += Path(file).stat().st_size
        self.assertLess(sizes, MOST)

    def test_about_leads_to_it(self):
        self.assertContains(self.client.get(reverse("about")), f'href="{GUIDE}"')
