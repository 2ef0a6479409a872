"""In what two versions of some words differ, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile

# Past this many pairs of words the whole middle counts as changed: comparing costs
# as many steps as there are pairs.
MOST_PAIRS = 250_000
AROUND = 20  # unchanged words that are shown on each side of a change
# A word with the spaces before it, or a line's end: a word stays the same word where
# only what follows it is new.
_WORD = re.compile(r"[^\S\n]*\S+|\n|[^\S\n]+")


@dataclass(frozen=True)
class Run:
    """Words that follow one another: `kind` is "same", "ins" or "del"."""

    kind: str
    words: str


def between(before: str, after: str) -> Iterator[Run]:
    """The runs that lead from one version to the other, in order.

    Words are compared as written, points and all. A long run of unchanged words is
    cut in its middle.
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    ends = len(old) - tail, len(new) - tail
    runs = [
        *_run("same", old[:head]),
        *_middle(old[head : ends[0]], new[head : ends[1]]),
        *_run("same", old[ends[0] :]),
    ]
    for at, run in enumerate(runs):
        is_edge = at == 0, at == len(runs) - 1
        yield _cut(run, *is_edge) if run.kind == "same" else run


def _alike(old: list[str], new: list[str]) -> int:
    """With how many equal words the two begin."""
    pairs = zip(old, new, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _middle(old: list[str], new: list[str]) -> Iterator[Run]:
    if len(old) * len(new) > MOST_PAIRS:
        yield from (*_run("del", old), *_run("ins", new))
        return
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        if kind == "equal":
            yield from _run("same", old[start:end])
        else:
            yield from _run("del", old[start:end])
            yield from _run("ins", new[new_start:new_end])


def _run(kind: str, words: list[str]) -> Iterator[Run]:
    if words:
        yield Run(kind, "".join(words))


def _cut(run: Run, is_first: bool, is_last: bool) -> Run:
    """The words next to a change, with … for those left out."""
    words = _WORD.findall(run.words)
    before = [] if is_first else words[:AROUND]
    after = [] if is_last else words[-AROUND:]
    if len(words) <= len(before) + len(after) or (is_first and is_last):
        return run
    return Run("same", f"{''.join(before)} …{''.join(after)}")
