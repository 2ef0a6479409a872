"""The curated library, loaded once for the pages that are read here."""

import pytest
from django.test import Client, RequestFactory, TestCase

from sources import errors
from sources.models import Author, Essay, Path, Source, Topic, Work
from tests import curated

SENTENCE = "A sentence in our words, with עברית in it."

_read = {}


def read(path):
    """What a path answers a visitor: the same library says the same, so once."""
    if path not in _read:
        _read[path] = Client().get(path)
    return _read[path]


@pytest.mark.slow
@pytest.mark.once
class LibraryCase(TestCase):
    """A test that reads the pages of the curated library as a visitor.

    `pages`, `statuses` and `cookies` hold what each path answered, as plain values.
    """

    @classmethod
    def setUpTestData(cls):
        curated.load()
        cls.published = list(Source.objects.published().select_related("work"))
        answers = {path: read(path) for path in paths(cls.published)}
        cls.pages = {path: answer.content.decode() for path, answer in answers.items()}
        cls.statuses = {path: answer.status_code for path, answer in answers.items()}
        cls.cookies = {path: one.cookies.output() for path, one in answers.items()}

    def html(self, path, status=200):
        """The page at a path, which must answer with `status`."""
        response = self.client.get(path)
        self.assertEqual(response.status_code, status, path)
        return response.content.decode()


def paths(published):
    """Every kind of page, and of most kinds every one."""
    records = [
        *published,
        *Topic.objects.published(),
        *Work.objects.with_sources_for(None),
        *Author.objects.with_sources_for(None),
        *Path.objects.published(),
        *Essay.objects.published(),
    ]
    first, second, *_ = [source.get_absolute_url() for source in published]
    one, other = (
        path.removeprefix("/sources/").strip("/").replace("/", ":")
        for path in (first, second)
    )
    return [
        "/",
        *(f"/positions/{slug}/" for slug in ("before", "two-stages", "after")),
        "/sources/",
        "/sources/?position=before&direction=disputes",
        "/topics/",
        "/paths/",
        *(
            f"{path.get_absolute_url()}{number}/"
            for path in Path.objects.published()
            for number in range(1, path.steps.count() + 1)
        ),
        "/contested/",
        "/glossary/",
        "/method/",
        "/about/",
        "/about/editing/",
        "/accessibility/",
        f"/compare/{one}/{other}/",
        *(
            f"{source.get_absolute_url()}{below}/"
            for source in published[::20]
            for below in ("chain", "cite", "history", "history/1")
        ),
        "/search/",
        "/search/?q=ingathering",
        "/search/?q=%D7%A7%D7%99%D7%91%D7%95%D7%A5",
        "/search/?q=nothing+holds+these+words",
        "/settings/",
        *(record.get_absolute_url() for record in records),
    ]


def error_pages():
    """(name, HTML) of every page that says what is wrong."""
    request = RequestFactory().get("/sources/megillah/")
    withdrawn = Source.objects.published().first()
    answers = {
        "400": errors.refuse(request, SENTENCE, 400),
        "403": errors.permission_denied(request),
        "403 of a form": errors.csrf_failure(
            RequestFactory().post("/", {"why": "as typed"}), "the token is missing"
        ),
        "404": errors.page_not_found(RequestFactory().get("/megillah/17c/")),
        "404 of nothing": errors.page_not_found(RequestFactory().get("/x/")),
        "410": errors.gone(request, withdrawn),
        "413": errors.too_large(request),
        "429": errors.too_many(request, 30),
        "431": errors.refuse(request, "", 431),
        "500": errors.server_error(request),
        "503": errors.unavailable(request),
    }
    return [(name, answer.content.decode()) for name, answer in answers.items()]
