"""Hebrew inside English keeps its order: each run of it stands in a bdi of its own.

A run may go on through links and emphasis, as where Hebrew cites a page of gemara in
the middle of a sentence. Then one bdi stands around all of it, for several beside one
another would be read from left to right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from sources.citing import Piece, balanced, cut

BDI, BDI_END = '<bdi lang="he" dir="rtl">', "</bdi>"
OPENING, CLOSING = "hebrew_open", "hebrew_close"

_ENDS_A_RUN = "\ufffc"
_HEBREW = "[\u0590-\u05ff\ufb1d-\ufb4f]+"
_BETWEEN = "[\u0020\u00a0\\-–—,.:;!?'\"’‘“”…]{1,3}"
_HEBREW_RUN = re.compile(
    rf"{_HEBREW}(?:{_BETWEEN}{_HEBREW}|{_BETWEEN}\({_HEBREW}(?:{_BETWEEN}{_HEBREW})*\))*"
)


def shown(words: str, token: Token) -> str:
    """The words of a token escaped, every run of Hebrew isolated unless it is one."""
    if token.meta.get("in_hebrew"):
        return escapeHtml(words)
    pieces: list[str] = []
    at = 0
    for start, end in _runs(words):
        hebrew = escapeHtml(words[start:end])
        pieces += escapeHtml(words[at:start]), BDI, hebrew, BDI_END
        at = end
    return "".join(pieces) + escapeHtml(words[at:])


def join_runs(tokens: Sequence[Token]) -> None:
    """Put one isolating token around each run of Hebrew with more than words in it."""
    for token in tokens:
        if token.type == "inline" and token.children:
            token.children = _joined(token.children)


def _runs(words: str) -> Iterator[tuple[int, int]]:
    """Where each run of Hebrew begins and ends, a last geresh included."""
    for run in _HEBREW_RUN.finditer(words):
        start, end = run.start(), run.end()
        yield start, end + _ends_in_geresh(words, start, end)


def _ends_in_geresh(words: str, start: int, end: int) -> bool:
    """Whether the mark after a run abbreviates its last word, and quotes nothing."""
    quoted = words[max(start - 1, 0) : start] in {"'", "‘"}
    return words[end : end + 1] in {"'", "’"} and not quoted


def _joined(children: list[Token]) -> list[Token]:
    """The tokens, with the isolating ones around what goes on from one to another."""
    pieces = list(_pieces(children))
    words = "".join(map(_words_of, children))
    runs = [
        (start, _with_side(pieces, words, end))
        for start, end in _runs(words)
        if _is_divided(pieces, start, end)
    ]
    if not runs:
        return children
    edges = {edge for run in runs for edge in run}
    pieces = [part for piece in pieces for part in cut(piece, edges)]
    opening, closing = set(), set()
    for start, end in runs:
        inside = [n for n, p in enumerate(pieces) if p.start < end and p.end > start]
        around = balanced(pieces, inside[0], inside[-1])
        if around:
            opening.add(around[0])
            closing.add(around[1])
            for piece in pieces[around[0] : around[1] + 1]:
                piece.token.meta["in_hebrew"] = True
    return list(_marked(pieces, opening, closing))


def _marked(
    pieces: list[Piece], opening: set[int], closing: set[int]
) -> Iterator[Token]:
    for index, piece in enumerate(pieces):
        if index in opening:
            yield Token(OPENING, "bdi", 1)
        yield piece.token
        if index in closing:
            yield Token(CLOSING, "bdi", -1)


def _pieces(children: Sequence[Token]) -> Iterator[Piece]:
    at = 0
    for token in children:
        end = at + len(_words_of(token))
        yield Piece(token, at, end, is_closed=_says_more(token))
        at = end


def _words_of(token: Token) -> str:
    """What a token adds to the running text; a sign that ends a run for all else."""
    if token.type == "text":
        return token.content
    if token.type == "reference" and not _says_more(token):
        words = token.meta["words"] or token.meta["link"].text
        return words if _HEBREW_RUN.fullmatch(words) else _ENDS_A_RUN
    return "" if token.nesting and not _says_more(token) else _ENDS_A_RUN


def _says_more(token: Token) -> bool:
    """Whether English is shown after the words of a reference."""
    link = token.meta.get("link")
    return bool(link and link.unverified and not link.url)


def _with_side(pieces: list[Piece], words: str, end: int) -> int:
    """The end of a run, after the dot or colon that is a side of its folio.

    Only where a link or emphasis ends with it: it stands inside of that.
    """
    is_last = any(p.token.nesting == -1 and p.start == end + 1 for p in pieces)
    return end + 1 if is_last and words[end] in ".:" else end


def _is_divided(pieces: list[Piece], start: int, end: int) -> bool:
    """Whether a run goes on from one piece to another."""
    return sum(piece.start < end and piece.end > start for piece in pieces) > 1
