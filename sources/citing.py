"""Citations in the running text of Markdown become links, before it is rendered.

What stands in code or in a link is left alone. A backslash before a citation stops
it, and goes out. "Ibid." and "there" are carried from paragraph to paragraph.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from sources.references import Reference

_STANDS_FOR_NO_WORDS = "\ufffc"
_LINE_END = {"softbreak", "hardbreak"}


@dataclass(frozen=True)
class Link:
    """What a reference leads to: its address, or None where no page may be opened.

    `place` is "work/place", as in the addresses of sources; "" where none was read.
    `away` says that the page is not ours; `reference` is what "there" means after it.
    """

    url: str | None
    text: str
    unverified: bool = False
    place: str = ""
    away: bool = False
    reference: Reference | None = None


@dataclass(frozen=True)
class Cited:
    """Where words cite a place, in code points of the running text.

    `link` is asked only for what may become a link; its answer None stays words.
    """

    start: int
    end: int
    link: Callable[[], Link | None]
    reference: Reference | None = None


Find = Callable[[str, Reference | None], Sequence[Cited]]


@dataclass
class Piece:
    """A token, or a piece of a token's words, and where in the running text it is."""

    token: Token
    start: int
    end: int
    is_closed: bool  # nothing is put around it: it is a link, or no words


def link_citations(tokens: Sequence[Token], find: Find) -> None:
    """Put citation tokens around each citation, in the inline children of `tokens`.

    `find` reads the running text of a paragraph, given the reference before it.
    """
    after = None
    for token in tokens:
        if token.type != "inline":
            continue
        linked: list[Token] = []
        for run in _runs(token.children or []):
            if run[0].token.type == "reference":
                after = run[0].token.meta["link"].reference or after
                linked.append(run[0].token)
            else:
                done, after = _linked(run, find, after)
                linked += done
        token.children = linked


def _runs(children: Sequence[Token]) -> Iterator[list[Piece]]:
    """The pieces between the references in brackets, and each of those alone."""
    run: list[Piece] = []
    at = links = 0
    for token in children:
        links += token.nesting if token.type == "link_open" else 0
        is_words = token.type == "text" or token.type in _LINE_END or token.nesting
        piece = Piece(
            token, at, at + len(_words_of(token)), bool(links) or not is_words
        )
        links += token.nesting if token.type == "link_close" else 0
        if token.type == "reference":
            yield from ([run] if run else [])
            yield [piece]
            run, at = [], 0
        else:
            run.append(piece)
            at = piece.end
    yield from ([run] if run else [])


def _linked(
    pieces: list[Piece], find: Find, after: Reference | None
) -> tuple[list[Token], Reference | None]:
    """The run with its citations marked, and the last reference that it names."""
    words = "".join(_words_of(piece.token) for piece in pieces)
    cited, cuts, dropped = [], set(), set()
    # A backslash belongs to no word: what it stops is found as it would be without it.
    plain = words.replace("\\", " ")
    for each in find(plain, after) if words.strip() else ():
        if words.endswith("\\", 0, each.start):
            dropped.add(each.start - 1)
            cuts |= {each.start - 1, each.start}
        elif _is_open(pieces, each) and (link := each.link()):
            cited.append((each, link))
            cuts |= {each.start, each.end}
        after = each.reference or after
    parts = [part for piece in pieces for part in cut(piece, cuts)]
    kept = [p for p in parts if p.start not in dropped or p.token.type != "text"]
    return _marked(kept, cited), after


def _is_open(pieces: list[Piece], cited: Cited) -> bool:
    """Whether it holds words alone: no link, no code."""
    inside = [p for p in pieces if p.start < cited.end and p.end > cited.start]
    return not any(piece.is_closed for piece in inside)


def _words_of(token: Token) -> str:
    """What a token adds to the running text of its paragraph."""
    if token.type == "text":
        return token.content
    if token.type in _LINE_END:
        return "\n"
    return "" if token.nesting else _STANDS_FOR_NO_WORDS


def cut(piece: Piece, cuts: set[int]) -> Iterator[Piece]:
    """The piece, cut at those of the places that fall inside its words."""
    inside = [cut for cut in cuts if piece.start < cut < piece.end]
    if piece.token.type != "text" or not inside:
        yield piece
        return
    edges = [piece.start, *sorted(inside), piece.end]
    for start, end in zip(edges, edges[1:], strict=False):
        words = piece.token.content[start - piece.start : end - piece.start]
        token = Token("text", "", 0, content=words, level=piece.token.level)
        yield Piece(token, start, end, piece.is_closed)


def _marked(pieces: list[Piece], cited: list[tuple[Cited, Link]]) -> list[Token]:
    """The tokens, with an opening and a closing one around each citation."""
    opening: dict[int, Link] = {}
    closing: dict[int, Link] = {}
    first = 0
    for each, link in cited:
        while first < len(pieces) and pieces[first].end <= each.start:
            first += 1
        last = first
        while last + 1 < len(pieces) and pieces[last + 1].start < each.end:
            last += 1
        around = balanced(pieces, first, last)
        if around:
            opening[around[0]] = closing[around[1]] = link
    tokens = []
    for index, piece in enumerate(pieces):
        if index in opening:
            meta = {"link": opening[index]}
            tokens.append(Token("citation_open", "a", 1, meta=meta))
        tokens.append(piece.token)
        if index in closing:
            meta = {"link": closing[index]}
            tokens.append(Token("citation_close", "a", -1, meta=meta))
    return tokens


def balanced(pieces: list[Piece], first: int, last: int) -> tuple[int, int] | None:
    """The run from first to last, with the emphasis that it opens or ends in full.

    None where it cuts through emphasis, or would reach into a link.
    """
    depth, lowest = 0, 0
    for piece in pieces[first : last + 1]:
        depth += piece.token.nesting
        lowest = min(lowest, depth)
    for _ in range(-lowest):
        first -= 1
        if first < 0 or pieces[first].token.nesting != 1 or pieces[first].is_closed:
            return None
    for _ in range(depth - lowest):
        last += 1
        is_end = last < len(pieces) and pieces[last].token.nesting == -1
        if not is_end or pieces[last].is_closed:
            return None
    return first, last
