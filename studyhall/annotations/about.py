"""What a new note is about, as its form's address says: a line, a source, a bearing."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext

from sources.errors import refuse
from sources.models import Bearing, Source, Text
from sources.pages.beneath import LedElsewhere, source_above
from studyhall.annotations.quoting import Span

NO_LINE = "There is no such line in this source."
NO_TEXT = "This source has no such text."
NO_BEARING = "This source has no such bearing."


@dataclass(frozen=True)
class About:
    """A source, and what of it: the texts whose words may be marked, a line of them.

    `asked` is what the form's address says, as (name, value) pairs.
    """

    source: Source
    texts: tuple[Text, ...] = ()
    line: int | None = None
    bearing: Bearing | None = None
    asked: tuple[tuple[str, str], ...] = ()

    @property
    def address(self):
        """The address of the form, with all that it asks."""
        return self.page("annotate")

    def page(self, name):
        """The address of a page or deed of this source, with what the form asks."""
        path = reverse(name, args=[self.source.work.slug, self.source.place_in_url])
        return f"{path}?{urlencode(self.asked)}" if self.asked else path

    @property
    def back(self):
        """Where on the source's page this is."""
        fragment = ""
        if self.line:
            fragment = f"#line-{self.line}"
        elif self.bearing:
            fragment = f"#bearing-{self.bearing.pk}"
        return self.source.get_absolute_url() + fragment

    @property
    def seen(self):
        """The texts as they stand, by which a form knows that they have changed."""
        return ".".join(f"{text.pk}-{text.number}" for text in self.texts)

    def spans(self):
        """The line in each text that has it, or each text as a whole."""
        for text in self.texts:
            if self.line is None:
                yield Span(text, 0, len(text.words))
            else:
                lines = text.lines()
                if self.line <= len(lines):
                    one = lines[self.line - 1]
                    yield Span(text, one.start, one.end)

    def whole(self):
        """The line itself in the first text where it has words; None without a line."""
        if self.line is None:
            return None
        return next((span for span in self.spans() if span.words.strip()), None)


class NotThere(Exception):
    """The address asks for what this source has not; the sentence says what."""


def about_of(request, work, place):
    """What the address of a form asks for.

    Raises Http404, or LedElsewhere with the answer to what is not there: a plain 404
    would lead to the source, as an address beneath it that nobody knows.
    """
    source = source_above(request, work, place)
    asked = tuple(
        (name, value)
        for name in ("line", "text", "bearing")
        if (value := request.GET.get(name, ""))
    )
    try:
        return _about(request.user, source, asked)
    except NotThere as problem:
        raise LedElsewhere(refuse(request, str(problem), 404)) from problem


def _about(user, source, asked):
    terms = dict(asked)
    bearing = _bearing(user, source, terms.get("bearing", ""))
    texts = () if bearing else _texts(source, terms.get("text", ""))
    line = _number(terms["line"], NO_LINE) if "line" in terms else None
    about = About(source, texts, line, bearing, asked)
    if line is not None and (bearing or about.whole() is None):
        raise NotThere(gettext(NO_LINE))
    return about


def _number(value, refusal):
    if not (value.isdecimal() and len(value) < 18 and int(value) > 0):
        raise NotThere(gettext(refusal))
    return int(value)


def _texts(source, wanted):
    """The texts whose words may be marked, originals first; or the one asked for."""
    texts = sorted(
        source.texts.all(), key=lambda text: (text.role != Text.Role.ORIGINAL, text.pk)
    )
    if not wanted:
        return tuple(texts)
    if wanted in Text.Role.values:
        found = [text for text in texts if text.role == wanted]
    else:
        key = _number(wanted, NO_TEXT)
        found = [text for text in texts if text.pk == key]
    if not found:
        raise NotThere(gettext(NO_TEXT))
    return tuple(found)


def _bearing(user, source, wanted):
    """The bearing of the source that this user may see; None if none is asked for."""
    if not wanted:
        return None
    key = _number(wanted, NO_BEARING)
    readable = Bearing.objects.visible_to(user).select_related("position")
    bearing = readable.filter(source=source, pk=key).first()
    if bearing is None:
        raise NotThere(gettext(NO_BEARING))
    return bearing
