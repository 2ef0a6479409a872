"""What the server calls. It refuses to start on wrong settings, in a sentence each."""

import os

from django.core.wsgi import get_wsgi_application

from studyhall.checks import environment_problems

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studyhall.settings")

application = get_wsgi_application()

if sentences := [sentence for name, sentence in environment_problems()]:
    raise SystemExit("\n".join(sentences))
