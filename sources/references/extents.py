"""The pieces that addresses in running text are made of, in both scripts."""

from __future__ import annotations

from typing import NamedTuple

_LABEL_WORDS = (
    "chapter chapters ch chap chaps perek perakim verse verses v vv vs pasuk pesukim "
    "halachah halacha halakhah mishnah section sections sec siman remez piska os "
    "essay daf dapim folio fol folios page pages p pg pp number no "
    "פרק פרקימ פסוק פסוקימ הלכה משנה אות סימנ סעיפ פיסקא רמז דפ דפימ פס עמ בפרק בדפ "
    "סי מאמר אותיות פרשה"
)
LABELS = frozenset(_LABEL_WORDS.split())
LONGEST_LIST = 24


class Lead(NamedTuple):
    """What was passed on the way to an address; `at` is the address's own token."""

    at: int
    depth: int = 0
    is_labelled: bool = False
    is_far: bool = False


class Extent(NamedTuple):
    """An address from a token up to another; `line` is it in figures, if known.

    `stop` is the code point where it ends, 0 for its last token's own end.
    """

    start: int
    end: int
    line: str = ""
    strong: bool = False
    stop: int = 0
    depth: int = 0
