"""A Django site of one view, which answers with the bytes of a page of ours.

BENCH_PAGES names the folder of those pages; `name.br` is one that is compressed. No
middleware, no database, no template: what is left is the price of the server and of
Django itself.
"""

import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path


def read(file):
    """(bytes, headers) of a page."""
    body, coding = file.read_bytes(), file.suffix.removeprefix(".")
    headers = {"Content-Length": str(len(body))}
    return body, headers | ({"Content-Encoding": coding} if coding else {})


KEPT = {file.stem: read(file) for file in Path(os.environ["BENCH_PAGES"]).iterdir()}

settings.configure(
    ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1"], MIDDLEWARE=[], USE_I18N=False
)


def kept_page(request, name):
    body, headers = KEPT[name]
    return HttpResponse(body, headers=headers)


urlpatterns = [path("<str:name>", kept_page)]

application = get_wsgi_application()
