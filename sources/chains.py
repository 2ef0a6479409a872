"""Chains of sources: all that a source rests on, and all that rests on it.

The links that a user may hear of are read in one query and walked here, which
costs the same however long a chain is, and keeps the rule of access in one place.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections import deque
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

from sources.models import Citation, State
from sources.querysets import may_see_drafts

MOST = 150  # sources that one chain shows
OPEN = {State.PUBLISHED}  # to everyone


class Link(NamedTuple):
    """One link, by the keys of its ends; an end that is not open is only named."""

    cited: int
    citing: int
    cited_is_open: bool
    citing_is_open: bool

    @property
    def is_open(self):
        return self.cited_is_open and self.citing_is_open


class Ways:
    """Where one link leads from each source: (to, whether one may go on from there).

    Sixteen bytes a link, for every process keeps the links of the whole library.
    """

    def __init__(self, ends):
        ends = sorted(ends, key=itemgetter(0))
        self._sources = array("q", (source for source, _, _ in ends))
        # A key with a minus before it is of a source that is only named.
        self._to = array("q", (to if goes_on else -to for _, to, goes_on in ends))

    def of(self, source):
        """Those that lead on from the source with this key, in their order."""
        start = bisect_left(self._sources, source)
        end = bisect_right(self._sources, source, start)
        return [(abs(to), to > 0) for to in self._to[start:end]]


class Net:
    """Some links, by both their ends: a walk looks at those alone that it passes.

    `back` are the ways to what each source cites, `on` those to what cites it.
    """

    def __init__(self, links):
        links = list(links)
        self.back = Ways((one.citing, one.cited, one.cited_is_open) for one in links)
        self.on = Ways((one.cited, one.citing, one.citing_is_open) for one in links)


def named_links(user):
    """The net of the links whose ends may be named to this user: one query."""
    rows = Citation.objects.to_name(user).order_by("pk")
    every = may_see_drafts(user)
    return Net(
        Link(cited, citing, every or one in OPEN, every or other in OPEN)
        for cited, citing, one, other in rows.values_list(
            "cited_id", "citing_id", "cited__state", "citing__state"
        )
    )


@dataclass(frozen=True)
class Walk:
    """What is reached from one source: each key, and how many links away it is."""

    start: int
    before: dict[int, int]
    after: dict[int, int]
    found: int  # sources, the start among them, within the bound or beyond it

    @property
    def keys(self):
        return {self.start, *self.before, *self.after}

    def leads_back(self, link):
        """Whether the walk to what is earlier goes over this link."""
        return self._passes(link.citing, link.citing_is_open, self.before) and (
            link.cited in self.before
        )

    def leads_on(self, link):
        """Whether the walk to what is later goes over this link."""
        return self._passes(link.cited, link.cited_is_open, self.after) and (
            link.citing in self.after
        )

    def _passes(self, key, is_open, reached):
        return key == self.start or (is_open and key in reached)


def walk(start, net, most=MOST):
    """All that the source with the key `start` rests on, and all that rests on it.

    A link is followed through open sources only. Of more than `most` sources the
    nearest are kept.
    """
    before, after = steps(start, net.back), steps(start, net.on)
    everywhere = before.keys() | after.keys()
    nearest = sorted(
        everywhere,
        key=lambda key: (min(before.get(key, most), after.get(key, most)), key),
    )
    kept = set(nearest[: most - 1])
    return Walk(
        start,
        {key: far for key, far in before.items() if key in kept},
        {key: far for key, far in after.items() if key in kept},
        len(everywhere) + 1,
    )


def steps(start, ways):
    """How many steps away each source is that is reached from the start.

    `ways` are the Ways of one direction.
    """
    reached, waiting = {start: 0}, deque([start])
    while waiting:
        near = waiting.popleft()
        for far, goes_on in ways.of(near):
            if far not in reached:
                reached[far] = reached[near] + 1
                if goes_on:
                    waiting.append(far)
    del reached[start]
    return reached
