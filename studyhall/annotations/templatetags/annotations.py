"""Where readers enter the library's pages: notes beside lines, and ways to write."""

from urllib.parse import urlencode

from django import template
from django.urls import reverse

from sources import rendering
from studyhall.annotations import finding, notices, shown
from studyhall.annotations.gate import html_of

register = template.Library()


@register.simple_tag(takes_context=True)
def annotations_on(context, source):
    """All notes on this source that the reader may see, for the tags below."""
    reading = context.get("reading")
    return shown.on_source(
        source,
        getattr(context["request"], "user", None),
        context["passage"],
        bare=bool(reading) and reading.vowels == "none",
        bearings=context.get("bearings", ()),
    )


@register.inclusion_tag("notes/_on_line.html", takes_context=True)
def notes_at(context, notes, number):
    """The notes beside one line, and the way to write one."""
    return _shared(context) | {
        "threads": notes.lines.get(number, ()) if notes else (),
        "number": number,
        "count": notes.total(number) if notes else 0,
        "more": notes.more(number) if notes else 0,
        "is_all": not notes or notes.is_all,
    }


@register.inclusion_tag("notes/_on_source.html", takes_context=True)
def notes_below(context, notes):
    """The notes that stand beside no line, and the way to all of them."""
    return _shared(context) | {"notes": notes}


def _shared(context):
    """What the pieces of a page's notes need of it."""
    names = ("request", "user", "reading", "source")
    return {name: context.get(name) for name in names}


@register.simple_tag
def annotate_url(source, **asked):
    """The address of the form for a note on a source, a line or a bearing of it."""
    path = reverse("annotate", args=[source.work.slug, source.place_in_url])
    return f"{path}?{urlencode(asked)}" if asked else path


@register.simple_tag
def notes_url(source, **asked):
    """The address of the list of all notes on a source, a line or a note of it."""
    path = reverse("source_notes", args=[source.work.slug, source.place_in_url])
    return f"{path}?{urlencode(asked)}" if asked else path


@register.simple_tag
def feed_url(source):
    """The address of the feed of a source's public notes."""
    return reverse("notes_of_source", args=[source.work.slug, source.place_in_url])


@register.simple_tag
def note_counts(sources):
    """How many public notes each source of a list has: one query."""
    return shown.counted(sources)


@register.simple_tag
def note_counts_of(links):
    """The same for links to sources, as a topic has them."""
    return shown.counted([link.content_object for link in links])


@register.simple_tag
def unread_notices(user):
    """How many things this reader has been told and has not marked as read."""
    return notices.unread(user).count()


@register.filter
def of(counts, source):
    """The number that belongs to a source; 0 for none."""
    return counts.get(source.pk, 0) if counts else 0


@register.filter
def is_more(count):
    """Whether a list counts no further than this."""
    return count > shown.COUNTED


@register.filter
def edit_for(note, user):
    """The edit of a note that its writer still wants, for the writer; else None."""
    if not is_own(note, user):
        return None
    edit = getattr(note, "edit", None)
    return None if edit is None or edit.state == edit.State.APPLIED else edit


@register.simple_tag(takes_context=True)
def as_note(context, body):
    """Markdown that no note says yet, as the gate would render it.

    A page reads the references of all of them with one reader.
    """
    request = context["request"]
    if not hasattr(request, "reader_of_notes"):
        request.reader_of_notes = rendering.reader()
    return html_of(body, request.reader_of_notes)


@register.filter
def is_own(note, user):
    """Whether this user wrote the note."""
    return user is not None and finding.is_own(note, user)
