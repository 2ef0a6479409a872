"""What browser tests of notes begin with: sources, people, hostile notes."""

import json

from django.conf import settings
from django.contrib.auth import login
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest

from studyhall.annotations.choosing import ON_A_LINE, ON_A_PAGE
from tests import make
from tests.annotations.hostile import BODIES

# Two signs of two UTF-16 units each, points, and the same words twice in one line.
HEBREW = "𝄞 😀 בָּרוּךְ אֲשֶׁר כִּי־טוֹב, כִּי לְעוֹלָם חַסְדּוֹ\nכִּי לְעוֹלָם חַסְדּוֹ וְכִי לְעוֹלָם, כִּי לְעוֹלָם חַסְדּוֹ"
ENGLISH = "𝄞 😀 Blessed, for it is good, for ever\nFor ever is His kindness, for ever"
SOURCES = 30  # one for each test that writes
LETTERS = "אבגדהוזחטי"  # a line each


def prepare(path):
    """Make all of it, and write as JSON where and who it is."""
    free = free_folios()
    words = {"words": HEBREW, "translation": ENGLISH, "supports": "before"}
    sources = [make.source(next(free), **words) for _ in range(SOURCES)]
    made = {
        "sources": [source.get_absolute_url() for source in sources],
        "hostile": hostile(free),
        "reader": session_of(make.reader()),
        "moderator": session_of(make.editor("moderator")),
        "reviewer": session_of(make.editor("reviewer")),
        "second reviewer": session_of(make.editor("reviewer")),
    }
    with open(path, "w") as file:
        json.dump(made, file)


def free_folios():
    """The folios of Megillah at which no source of the library stands."""
    taken = set(make.work("megillah").sources.values_list("address", flat=True))
    folios = (f"{folio}{side}" for folio in range(2, 32) for side in "ab")
    return (folio for folio in folios if folio not in taken)


def session_of(user):
    """The key of a session in which this user is signed in."""
    request = HttpRequest()
    request.session = SessionStore()
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session.save()
    return request.session.session_key


def hostile(free):
    """Every hostile note in public, as many on a source as its page shows.

    Gives the address of each source and how many notes stand there.
    """
    writer, stand = make.reader(), {}
    for at, body in enumerate(BODIES):
        if at % ON_A_PAGE == 0:
            lines = "\n".join(LETTERS)
            source = make.source(next(free), words=lines, translation=lines)
        body = body.replace("\x00", "").encode("utf-8", "ignore").decode()
        letter = LETTERS[at % ON_A_PAGE // ON_A_LINE]
        shown = {"visibility": "public", "standing": "approved"}
        make.note(source, writer, words=letter, body=body, **shown)
        stand[source.get_absolute_url()] = at % ON_A_PAGE + 1
    return stand
