"""A source, or one line of it, as a citation: plain text to select and take along."""

from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from sources import errors
from sources.models import Text
from sources.pages import crumbs
from sources.pages.beneath import LedElsewhere, source_above
from sources.pages.history import states_of
from sources.pages.passage import first_of
from sources.reading import WrongChoice
from sources.text import without_points

# Each choice, and its values as they stand in an address; the first is the usual one.
CHOICES = {"words": ("both", "he", "en"), "points": ("all", "none")}
LONGEST_NUMBER = 6  # digits


@dataclass(frozen=True)
class Asked:
    """What an address asks to be cited; `line` 0 is the whole text."""

    line: int = 0
    words: str = "both"
    points: str = "all"

    @classmethod
    def from_request(cls, request):
        """What the address asks for. Raises WrongChoice."""
        for name, allowed in CHOICES.items():
            if request.GET.get(name, allowed[0]) not in allowed:
                raise WrongChoice(
                    gettext("“%(name)s” can be one of: %(allowed)s.")
                    % {"name": name, "allowed": ", ".join(allowed)}
                )
        line = request.GET.get("line", "")
        if line and not (
            line.isascii() and line.isdigit() and len(line) <= LONGEST_NUMBER
        ):
            raise WrongChoice(gettext("A line is a number, from 1."))
        if line and not int(line):
            raise WrongChoice(gettext("Lines are numbered from 1."))
        given = {name: request.GET[name] for name in CHOICES if name in request.GET}
        return cls(line=int(line or 0), **given)

    @property
    def terms(self):
        """The terms of the address that differ from what is usual."""
        usual = Asked()
        names = ("line", "words", "points")
        return [
            (name, getattr(self, name))
            for name in names
            if getattr(self, name) != getattr(usual, name)
        ]

    def with_choice(self, name, value):
        """The address with one choice made anew."""
        return f"?{urlencode(replace(self, **{name: value}).terms)}"

    def links(self, name):
        """(value, address, whether it is chosen) for each value of a choice."""
        chosen = getattr(self, name)
        return [
            (value, self.with_choice(name, value), value == chosen)
            for value in CHOICES[name]
        ]


@dataclass(frozen=True)
class Cited:
    """The words of one text that are cited, and the text that they are from."""

    text: Text
    words: str


@dataclass(frozen=True)
class Permanent:
    """Where the cited words stand for ever, and when they were changed last."""

    address: str
    at: datetime


def cite(request, work, place):
    """The citation that the address asks for."""
    try:
        source = source_above(request, work, place)
        asked = Asked.from_request(request)
        texts = texts_asked_for(source.texts.all(), asked.words)
        lines = max((len(text.lines()) for text in texts), default=0)
        check_line(asked.line, lines)
    except LedElsewhere as answer:
        return answer.response
    except WrongChoice as problem:
        return errors.refuse(request, str(problem))
    anchor = f"#line-{asked.line}" if asked.line else ""
    context = {
        "source": source,
        "asked": asked,
        "cited": [cited(text, asked) for text in texts],
        "lines": range(1, lines + 1) if lines > 1 else (),
        "address": request.build_absolute_uri(source.get_absolute_url() + anchor),
        "permanent": permanent(request, source, texts, anchor),
        "words_links": asked.links("words"),
        "points_links": asked.links("points"),
        "crumbs": crumbs.of_source(source, gettext("Cite")),
    }
    return render(request, "sources/cite.html", context)


def texts_asked_for(texts, words):
    """The original, the translation or both; where one is missing the other stands."""
    original = first_of(texts, Text.Role.ORIGINAL)
    translation = first_of(texts, Text.Role.TRANSLATION)
    if words == "he" and original:
        return [original]
    if words == "en" and translation:
        return [translation]
    return [text for text in (original, translation) if text]


def check_line(line, lines):
    """Raise WrongChoice for a line that the text does not have."""
    if line > lines:
        raise WrongChoice(
            gettext("There is no line %(line)d: this text has %(lines)d.")
            % {"line": line, "lines": lines}
        )


def cited(text, asked):
    """The line of a text, or all of it; a text that is shorter gives nothing."""
    words = text.words
    if asked.line:
        words = next((x.words for x in text.lines() if x.number == asked.line), "")
    is_bare = asked.points == "none" and text.direction == "rtl"
    return Cited(text, without_points(words) if is_bare else words)


def permanent(request, source, texts, anchor):
    """The Permanent of these texts as they stand now; None where none is kept."""
    states = states_of(source, request.user)
    if not (states and texts):
        return None
    now = states[-1]
    terms = [source.work.slug, source.place_in_url, now.number]
    path = reverse("history_at", args=terms)
    at = now.last_change(texts)
    return Permanent(request.build_absolute_uri(path + anchor), at)
