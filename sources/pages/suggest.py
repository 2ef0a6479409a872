"""What the search box offers while a reader types, as JSON."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext

from sources import search as library
from sources.pages.reference_json import Understanding, answer, understanding_of
from sources.pages.search_hits import KINDS
from sources.text import clean_text

LONGEST = 100  # code points that are read: a title is no longer
MOST = 4  # places that one query is read as, and sources named at each


def search_suggest(request):
    """Answer `?q=` with what is understood of it, and with "suggestions".

    "understood", "choices" and "problem" are those of `reference_json`, but for words
    that write no place. Each suggestion has "text", "text_he" (perhaps ""), "kind" in
    words and "url", a path here; the places that were understood come first, and with
    them no source but those that share words with them. "said" is in one sentence
    what was understood, for those who hear the page.
    """
    typed = clean_text(request.GET.get("q", "")[:LONGEST]).strip()
    understood = placed_in(typed).described(request.user)
    read = rows_of(understood, typed)
    is_place = bool(understood["understood"] or understood["choices"])
    found = library.suggest(typed, request.user, with_sources=not is_place)
    offered = [
        {
            "text": each.text,
            "text_he": each.text_he,
            "kind": str(KINDS.get(each.kind, "")),
            "url": each.url,
        }
        for each in found
    ]
    said = understood["problem"] or "".join(
        f"{row['text']}: {row['kind']}." for row in read[:1]
    )
    return answer(understood | {"said": said, "suggestions": [*read, *offered]})


def placed_in(typed):
    """What the words write of places; nothing of a title alone, or of other words."""
    if not typed:
        return Understanding()
    meant = understanding_of(typed)
    places = tuple(each for each in meant.references if each.spans)
    choices = tuple(each for each in meant.choices if each.reference.spans)
    is_said = choices or meant.is_beyond
    problem = meant.problem if is_said else ""
    return Understanding(places[:MOST], choices[:MOST], problem, meant.is_beyond)


def rows_of(understood, typed):
    """What was understood as suggestions: each place, what we hold there, or why not.

    In and out: values as JSON has them.
    """
    rows = []
    for place in [*understood["understood"], *understood["choices"]]:
        rows.append(row_of(place))
        rows += [
            row(held["reference"], gettext("a source here"), held["url"])
            for held in place["overlaps"][:MOST]
        ]
    if not rows and understood["problem"]:
        rows.append(row(understood["problem"], gettext("no such place"), found(typed)))
    return list({each["url"]: each for each in reversed(rows)}.values())[::-1]


def row_of(place):
    """The suggestion that says how one place was understood."""
    url = place["url"] or found(place["english"])
    if place["url"]:
        held = gettext("a source here")
    elif place["overlaps"]:
        held = gettext("held in part, or within another")
    else:
        held = gettext("no source stands there yet")
    why = place.get("why", "").rstrip(".")
    return row(
        place["english"], " · ".join(filter(None, [why, held])), url, place["hebrew"]
    )


def row(text, kind, url, text_he=""):
    """One suggestion."""
    return {"text": text, "text_he": text_he, "kind": kind, "url": url}


def found(words):
    """The search of these words: it says what is near a place without a source."""
    return f"{reverse('search')}?{urlencode({'q': words})}"
