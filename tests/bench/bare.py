"""A Django site of one view, which answers with the bytes of a kept page.

BENCH_PAGES names the folder of those pages. No middleware, no database, no
template: what is left is the price of the server and of Django itself.
"""

import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

KEPT = {
    page.name: page.read_bytes() for page in Path(os.environ["BENCH_PAGES"]).iterdir()
}

settings.configure(
    ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1"], MIDDLEWARE=[], USE_I18N=False
)


def kept_page(request, name):
    return HttpResponse(KEPT[name])


urlpatterns = [path("<str:name>", kept_page)]

application = get_wsgi_application()
