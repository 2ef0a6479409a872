"""What browser tests of notes begin with: a source, a reader, hostile notes."""

from django.conf import settings
from django.contrib.auth import login
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest

from studyhall.annotations.models import Annotation
from tests import make
from tests.annotations.hostile import BODIES

# Two signs of two UTF-16 units each, points, and the same words twice in one line.
HEBREW = "𝄞 😀 בָּרוּךְ אֲשֶׁר כִּי־טוֹב, כִּי לְעוֹלָם חַסְדּוֹ\nכִּי לְעוֹלָם חַסְדּוֹ וְכִי לְעוֹלָם, כִּי לְעוֹלָם חַסְדּוֹ"
ENGLISH = "𝄞 😀 Blessed, for it is good, for ever\nFor ever is His kindness, for ever"


def prepare(path):
    """Make the source and a signed-in reader; write its address and session key."""
    source = make.source("9b", words=HEBREW, translation=ENGLISH, supports="before")
    request = HttpRequest()
    request.session = SessionStore()
    login(request, make.reader(), backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session.save()
    said = [source.get_absolute_url(), request.session.session_key]
    with open(path, "w") as file:
        file.write("\n".join(said))


def hostile(path):
    """Make a source with every hostile note in public; write its address, how many."""
    source, writer = make.source("9b"), make.reader()
    for body in BODIES:
        body = body.replace("\x00", "").encode("utf-8", "ignore").decode()
        make.note(source, writer, body=body, visibility="public", standing="approved")
    with open(path, "w") as file:
        file.write(
            f"{source.get_absolute_url()}\n{Annotation.objects.on(source).count()}"
        )
