"""Finding every citation in running text, in one walk over its tokens."""

from __future__ import annotations

from . import context, elsewhere, titled
from .again import Again
from .citations import Found
from .names import Names
from .reference import Reference
from .walk import Walk


def find(names: Names, text: str, after: Reference | None) -> Found:
    """Every citation of a text in order; `after` is what is cited before it."""
    walk = Walk(names, text, after)
    again = Again(walk)
    openings = {}
    for key in set(walk.tokens.keys):
        words = names.openings(key)
        if words or key in context.OPENINGS:
            openings[key] = words
    if openings:
        for at, key in enumerate(walk.tokens.keys):
            if key in openings and at >= walk.at:
                if key.isdecimal() and not _opens_with_figure(walk, at):
                    continue
                if not openings[key] and walk.memory.state[0] is None:
                    continue
                walk.forget(at)
                if not again.open(at):
                    again.start(at)
                    _open(walk, at, openings[key])
                    again.keep(at)
                while elsewhere.elided(walk):
                    pass
    return walk.found()


def _opens_with_figure(walk: Walk, at: int) -> bool:
    """Whether a title such as "2 Samuel" may open here; most figures open none."""
    return walk.tokens.key(at + 1) in walk.names.after_figures


def _open(walk: Walk, at: int, words: tuple[str, ...]) -> bool:
    """Read on from a word that may open a citation; true if there is one."""
    if context.there(walk.tokens, at) and elsewhere.there(walk, at):
        return True
    problem = None
    for word in words:
        prefixed = word != walk.tokens.keys[at]
        matches = walk.matches(at, word)
        read = titled.Reading(walk, at)
        if any(read.title(match) for match in reversed(matches)):
            return True
        problem = problem or read.problem
        if any(elsewhere.commentator(walk, at, match) for match in reversed(matches)):
            return True
        if elsewhere.portion(walk, at, word):
            return True
        if problem is None and any(
            titled.whole(walk, at, match, prefixed) for match in reversed(matches)
        ):
            return True
    if problem is not None:
        return walk.reject(at, *problem)
    return False
