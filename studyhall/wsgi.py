"""What the server calls. It refuses to start on wrong settings, in a sentence each."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import DEFAULT_DB_ALIAS, connections
from django.utils.autoreload import DJANGO_AUTORELOAD_ENV
from django.utils.module_loading import import_string

from studyhall import waits
from studyhall.checks import environment_problems

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studyhall.settings")

application = get_wsgi_application()

if sentences := [sentence for name, sentence in environment_problems()]:
    raise SystemExit("\n".join(sentences))

waits.bound(connections.settings[DEFAULT_DB_ALIAS])

# Not where templates are being written: a page would stay as it was.
if settings.KEEP_PAGES and DJANGO_AUTORELOAD_ENV not in os.environ:
    application = import_string("studyhall.keeping.layer.KeptPages")(application)
