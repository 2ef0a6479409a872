"""Readers and an editor with sessions, a source with notes, and the pages' addresses.

Run by `tests.bench.within`. What a browser would hold after a sign-in is made here, so
that the bench measures pages and no sign-in.
"""

import time

from django.conf import settings
from django.db.models import Count
from django.db.models.functions import Abs
from django.test import Client
from django.urls import reverse

from sources.models import Source
from studyhall.annotations import newcomers
from studyhall.annotations.models import Annotation
from tests import make

NOTES = 20
SECRET = "b" * 32  # of the CSRF cookie: whoever holds it may send forms


def measured(readers, word):
    """What the bench asks with: {paths, reader, editor, writers, note}.

    `counted` are the paths of pages that are counted and not timed.
    """
    source = source_with_notes()
    writers = [make.reader(display_name=f"bench {n}") for n in range(readers)]
    rights = {"is_superuser": True}
    editor = make.reader(is_staff=True, display_name="bench editor", **rights)
    address = source.get_absolute_url()
    return {
        "paths": {
            "question": "/",
            "source": address,
            "browse": reverse("sources"),
            "search": f"{reverse('search')}?q={word}",
        },
        "counted": {
            "work": source.work.get_absolute_url(),
            "notes of a source": f"{address}notes/",
            "notes": reverse("notes"),
        },
        "changelist": reverse("admin:sources_source_changelist"),
        "note": f"{address}annotate/?line=1",
        "reader": cookies_of(writers[0]),
        "writers": [cookies_of(writer) for writer in writers[1:]],
        "editor": cookies_of(editor),
        "fields": {
            "csrfmiddlewaretoken": SECRET,
            "opened_at": newcomers.stamped(time.time() - 60),
            "motivation": "commenting",
            "visibility": "private",
            "body": "A thought on these words, of a length that people write.",
        },
        "users": {"reader": writers[0].pk, "editor": editor.pk},
    }


def source_with_notes():
    """The source with about NOTES threads; they are written where there are none."""
    threads = Annotation.objects.shown().threads().values("source")
    counted = threads.annotate(far=Abs(Count("pk") - NOTES))
    nearest = counted.order_by("far", "source").first()
    if nearest is not None:
        return Source.objects.get(pk=nearest["source"])
    published = Source.objects.published().annotate(count=Count("bearings"))
    source = published.order_by("-count", "pk").first()
    words = source.texts.get(role="original").words.split()
    for number in range(NOTES):
        standing = {"visibility": "public", "standing": "approved"}
        make.note(source, words=words[number % len(words)], **standing)
    return source


def cookies_of(user):
    """The Cookie header of a browser in which this user is signed in."""
    client = Client()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    return (
        f"{settings.SESSION_COOKIE_NAME}={session}; "
        f"{settings.CSRF_COOKIE_NAME}={SECRET}"
    )
