"""The files for the browser: how they are sent in production, and what they weigh."""

import gzip
import re
import tempfile

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.test import Client, SimpleTestCase, TestCase, override_settings
from django.urls import reverse

from tests import make
from tests.floor.test_every_address import EVERYWHERE

HEAVIEST = 12 * 1024  # bytes of all stylesheets that a page loads, compressed
LOADED = re.compile(r'<link [^>]*?href="([^"]+\.css)"')
FOR_EVER = "max-age=315360000, public, immutable"
FILES = {
    "css/studyhall.css": 'text/css; charset="utf-8"',
    "js/annotate.js": 'text/javascript; charset="utf-8"',
    "fonts/NotoSerifHebrew.woff2": "font/woff2",
}
PACKED_ALREADY = {"fonts/NotoSerifHebrew.woff2"}
OF_THE_MOMENT = {"Content-Length", "ETag", "Last-Modified"}


def as_in_production(folder):
    """The settings by which production collects our own files into a folder."""
    storage = {"BACKEND": "studyhall.storage.HashedStaticFiles"}
    return override_settings(
        STATIC_ROOT=folder,
        STATICFILES_FINDERS=["django.contrib.staticfiles.finders.FileSystemFinder"],
        STORAGES={**settings.STORAGES, "staticfiles": storage},
        WHITENOISE_USE_FINDERS=False,
        WHITENOISE_AUTOREFRESH=False,
    )


class CollectedTests(SimpleTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = cls.enterClassContext(tempfile.TemporaryDirectory())
        cls.enterClassContext(as_in_production(folder))
        call_command("collectstatic", "--no-input", verbosity=0)

    def said(self, address, coding=""):
        """All headers of a file but those that tell of its bytes."""
        answer = Client().get(address, headers={"accept-encoding": coding})
        self.assertEqual(answer.status_code, 200)
        self.assertTrue(b"".join(answer.streaming_content))
        headers = answer.headers.items()
        return {name: said for name, said in headers if name not in OF_THE_MOMENT}

    def test_each_kind_has_exactly_these_headers(self):
        for name, type_ in FILES.items():
            address = staticfiles_storage.url(name)
            self.assertRegex(address, r"\.[0-9a-f]{12}\.\w+\Z")
            for coding in ("", "gzip", "br"):
                with self.subTest(name=name, coding=coding):
                    expected = EVERYWHERE | {"Content-Type": type_}
                    expected |= {"Cache-Control": FOR_EVER}
                    if name not in PACKED_ALREADY:
                        expected |= {"Vary": "Accept-Encoding"}
                        expected |= {"Content-Encoding": coding} if coding else {}
                    self.assertEqual(self.said(address, coding), expected)

    def test_a_name_without_its_digest_is_not_kept_for_ever(self):
        said = self.said("/static/css/studyhall.css")
        self.assertEqual(said["Cache-Control"], "max-age=60, public")

    def test_what_an_import_names_has_its_digest_too(self):
        address = staticfiles_storage.url("js/annotate.js")
        script = b"".join(Client().get(address).streaming_content).decode()
        imported = re.findall(r'"(\./[\w./]+\.js)"', script)
        self.assertTrue(imported)
        for name in imported:
            self.assertRegex(name, r"\.[0-9a-f]{12}\.js\Z")


class StylesheetTests(TestCase):
    def weight(self, address):
        """Bytes of all of our stylesheets that a page loads, compressed."""
        names = LOADED.findall(self.client.get(address).content.decode())
        ours = [name for name in names if not name.startswith("/static/admin/")]
        self.assertTrue(ours, address)
        return sum(len(gzip.compress(self.bytes_of(name), 9)) for name in ours)

    def bytes_of(self, name):
        if not name.startswith(settings.STATIC_URL):
            return self.client.get(name).content
        with open(finders.find(name.removeprefix(settings.STATIC_URL)), "rb") as file:
            return file.read()

    def test_those_of_a_page_weigh_at_most_twelve_kilobytes_in_all(self):
        source = make.source("17b", supports="before")
        self.client.force_login(make.reader(is_staff=True, is_superuser=True))
        desk = (
            reverse("admin:index"),
            reverse("admin:sources_source_changelist"),
            reverse("admin:sources_source_change", args=[source.pk]),
            reverse("admin:sources_source_import"),
        )
        for address in ("/", source.get_absolute_url(), "/search/?q=words", *desk):
            with self.subTest(address=address):
                self.assertLessEqual(self.weight(address), HEAVIEST)
