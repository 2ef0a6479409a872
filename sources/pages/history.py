"""The texts of a source as they stood after each save that changed their words."""

from bisect import bisect_left
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, pairwise
from operator import attrgetter

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext

from sources import errors
from sources.differences import Run, between
from sources.models import Change, Revision, Text
from sources.pages import crumbs
from sources.pages.beneath import LedElsewhere, source_above
from sources.pages.numbered import NoSuchPage, Numbered, page_number
from sources.pages.passage import passage_of
from sources.querysets import may_see_drafts
from sources.reading import ReadingSettings

ON_A_PAGE = 20


@dataclass(frozen=True)
class Standing:
    """Every text of a source as one save left it; `number` never changes."""

    number: int
    at: datetime
    revisions: tuple[Revision, ...]

    @property
    def words(self):
        """The words of each text, by the text's key."""
        return {each.text_id: each.words for each in self.revisions}

    def texts(self):
        """The texts with the words that they had then, the original first."""
        return [as_it_stood(each) for each in self.revisions]

    def last_change(self, texts):
        """When the words of any of these texts were changed last, up to then."""
        keys = {text.pk for text in texts}
        return max(each.at for each in self.revisions if each.text_id in keys)


@dataclass(frozen=True)
class Changed:
    """One text that a save changed: its words from the state before to this one."""

    text: Text
    runs: tuple[Run, ...]
    is_new: bool


def history(request, work, place):
    """The list of all states, the newest first, each with what it changed."""
    try:
        source = source_above(request, work, place)
        number = page_number(request)
        states = states_of(source, request.user)
        pages = Numbered(number, len(states), ON_A_PAGE)
    except LedElsewhere as answer:
        return answer.response
    except NoSuchPage as problem:
        return errors.refuse(request, str(problem), status=404)
    shown = list(reversed([*pairwise([None, *states])]))[pages.slice]
    read_words({state for pair in shown for state in pair if state})
    context = {
        "source": source,
        "states": [(state, changed(old, state)) for old, state in shown],
        "total": len(states),
        "pages": pages,
        "crumbs": crumbs.of_source(source, gettext("History")),
    }
    return render(request, "sources/history.html", context)


def history_at(request, work, place, number):
    """The texts as they stood: an address for ever."""
    try:
        source = source_above(request, work, place)
    except LedElsewhere as answer:
        return answer.response
    states = states_of(source, request.user)
    state = next((each for each in states if each.number == number), None)
    if state is None:
        raise Http404(gettext("There is no such state of these words."))
    read_words({state, states[-1]})
    texts = state.texts()
    passage = passage_of(texts, [], ReadingSettings())
    context = {
        "source": source,
        "state": state,
        "passage": passage,
        "others": [
            text
            for text in texts
            if text not in (passage.original, passage.translation)
        ],
        "is_last": state is states[-1],
        "stands_so": state.words == states[-1].words,
        "crumbs": crumbs_of(source, number),
    }
    return render(request, "sources/history_at.html", context)


def crumbs_of(source, number):
    *above, (name, _) = crumbs.of_source(source, gettext("History"))
    return [*above, (name, f"{source.get_absolute_url()}history/"), (str(number), "")]


def states_of(source, user):
    """The states of a source's texts that this user may see, the oldest first.

    All revisions of one save have one time. A number counts every state, seen or
    not, so that it never changes. One query for an editor and two for a visitor, if
    the source was fetched with its texts; the words are not read (`read_words`).
    """
    texts = {text.pk: text for text in source.texts.all()}
    revisions = Revision.objects.filter(text__in=list(texts)).defer("words")
    standing, states = {}, []
    for at, saved in groupby(revisions.order_by("pk"), key=attrgetter("at")):
        for each in saved:
            each.text = texts[each.text_id]
            standing = {**standing, each.text_id: each}
        rows = sorted(standing.values(), key=original_first)
        states.append(Standing(len(states) + 1, at, tuple(rows)))
    return states if may_see_drafts(user) else once_published(states, source)


def read_words(states):
    """Read the words of the revisions that stand in some states: one query."""
    revisions = {each.pk: each for state in states for each in state.revisions}
    found = Revision.objects.filter(pk__in=list(revisions))
    for key, words in found.values_list("pk", "words"):
        revisions[key].words = words


def original_first(revision):
    return revision.text.role != Text.Role.ORIGINAL, revision.text_id


def once_published(states, source):
    """The states that readers could see: what stood only in a draft is left out."""
    if not states:
        return []
    saved = list(Change.objects.times_published("source", source.pk))
    shown = [
        state
        for state, following in pairwise(states)
        if (at := bisect_left(saved, state.at)) < len(saved)
        and saved[at] < following.at
    ]
    return [*shown, states[-1]] if source.is_published else shown


def changed(before, state):
    """What a state changed, text by text, against the one shown before it."""
    old = before.words if before else {}
    return [
        Changed(
            text=each.text,
            runs=tuple(between(old.get(each.text_id, ""), each.words)),
            is_new=each.text_id not in old,
        )
        for each in state.revisions
        if old.get(each.text_id) != each.words
    ]


def as_it_stood(revision):
    """The text with the words of a revision; never saved.

    The edition is kept only beside the words that it was written for.
    """
    text = copy(revision.text)
    if text.words != revision.words:
        text.words, text.edition = revision.words, ""
    return text
