"""What readers write for everyone, as Atom: the same bytes for whoever asks."""

import re
from datetime import UTC, datetime

from django.contrib.syndication.views import Feed
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext

from sources.models import Source, Topic, TopicLink
from sources.pages.beneath import led_elsewhere
from studyhall.annotations import listing
from studyhall.annotations.models import Annotation
from studyhall.annotations.pages.reader import notes_of

MOST = 50  # entries of one feed
NEVER = datetime(2000, 1, 1, tzinfo=UTC)  # when nothing was written yet
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_xml(text):
    """The text without what XML cannot hold, however it is escaped."""
    return _NOT_XML.sub("", text)


class NotesAtom(Atom1Feed):
    """Atom whose links lead from the site's root, and whose empty feed has no clock."""

    def root_attributes(self):
        return super().root_attributes() | {"xml:base": self.feed["link"]}

    def latest_post_date(self):
        return super().latest_post_date() if self.items else NEVER


class NotesFeed(Feed):
    """The public notes that `notes()` finds for what an address names."""

    feed_type = NotesAtom
    language = "en"

    def items(self, found):
        notes = self.notes(found).order_by("-modified_at", "-uuid")
        return listing.for_list(notes)[:MOST]

    def item_title(self, note):
        title = gettext("%(kind)s on %(place)s") % {
            "kind": note.get_motivation_display().capitalize(),
            "place": note.source.reference_en,
        }
        return as_xml(title)

    def item_description(self, note):
        return as_xml(note.body_html)

    def item_link(self, note):
        return note.get_absolute_url()

    def item_author_name(self, note):
        name = note.reader.display_name if note.reader else ""
        return as_xml(name).strip() or gettext("A former reader")

    def item_pubdate(self, note):
        return note.created_at

    def item_updateddate(self, note):
        return note.modified_at


class OfSource(NotesFeed):
    """Of the notes on one source; a former address leads to its own."""

    def __call__(self, request, *args, **kwargs):
        try:
            return super().__call__(request, *args, **kwargs)
        except Http404:
            return led_elsewhere(request, kwargs["work"], kwargs["place"])

    def get_object(self, request, work, place):
        published = Source.objects.published().select_related("work")
        return get_object_or_404(published, work__slug=work, place_in_url=place)

    def notes(self, source):
        return Annotation.objects.shown().on(source)

    def title(self, source):
        return as_xml(
            gettext("Readers’ notes on %(place)s · studyhall")
            % {"place": source.reference_en}
        )

    def link(self, source):
        return source.get_absolute_url()


class OfTopic(NotesFeed):
    """Of the notes on the sources of one topic."""

    def get_object(self, request, slug):
        return get_object_or_404(Topic.objects.published(), slug=slug)

    def notes(self, topic):
        links = TopicLink.objects.visible_to(None).filter(tag=topic)
        return Annotation.objects.shown().filter(
            source__in=links.values("content_object")
        )

    def title(self, topic):
        return as_xml(
            gettext("Readers’ notes on: %(topic)s · studyhall") % {"topic": topic.name}
        )

    def link(self, topic):
        return topic.get_absolute_url()


class OfReader(NotesFeed):
    """Of the notes that one reader wrote."""

    def get_object(self, request, name):
        notes_of(name)
        return name

    def notes(self, name):
        return notes_of(name)

    def title(self, name):
        return as_xml(gettext("Notes of %(name)s · studyhall") % {"name": name})

    def link(self, name):
        return reverse("reader", args=[name])
