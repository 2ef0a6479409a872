"""What the server calls. It refuses to start on wrong settings, in a sentence each."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.utils.autoreload import DJANGO_AUTORELOAD_ENV
from django.utils.module_loading import import_string

from studyhall.checks import environment_problems

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studyhall.settings")

application = get_wsgi_application()

if sentences := [sentence for name, sentence in environment_problems()]:
    raise SystemExit("\n".join(sentences))

# Not where templates are being written: a page would stay as it was.
if settings.KEEP_PAGES and DJANGO_AUTORELOAD_ENV not in os.environ:
    application = import_string("studyhall.keeping.layer.KeptPages")(application)
