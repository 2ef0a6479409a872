"""Dividing a citation into a title and an address, in every way it may be meant."""

from __future__ import annotations

from collections.abc import Iterator

from .folding import words
from .titles import NOISE, Index
from .work import Work

LONGEST_TITLE = 14
_HEBREW_PREFIXES = "בכלמוהשד"
_RAMBAM = ("rambam", "maimonides", "mishnehtorah", "רמבמ", "משנהתורה")
_MISHNAH = ("mishnah", "משנה")
_HILCHOS = ("hilchos", "הלכות")


def lines(line: str, commentators: set[str]) -> Iterator[str]:
    """The normalised line as written, then as it may have been meant.

    A commentator's name at the end goes to the front, "Rambam" before Hilchos
    and noise words go out, and so does a Hebrew prefix of one letter.
    """
    yield line
    found = words(line)
    if not found:
        return
    for count in range(1, min(5, len(found))):
        if "".join(word for word, _ in found[-count:]) in commentators:
            cut = found[-count - 1][1]
            yield f"{line[cut:].strip(' ,;')} {line[: cut + _sign(line, cut)]}"
    yield from _rambam(line, found)
    rest, first = line, found[0]
    for word, end in found[:-1]:
        if word not in NOISE:
            break
        rest, first = line[end:].lstrip(" .,"), (word, end)
        yield rest
    if len(first[0]) > 2 and rest[:1] in _HEBREW_PREFIXES:
        yield rest[1:]


def _sign(line: str, cut: int) -> int:
    """1 where the sign after a folio is its side (יז: or יז.), else 0."""
    return int(line[cut : cut + 1] in (".", ":") and line[cut : cut + 1] != "")


def _rambam(line: str, found: list[tuple[str, int]]) -> Iterator[str]:
    """ "Rambam Hilchos X" as "Hilchos X", and "Rambam X" too.

    "Rambam on X" is first of all his commentary on the Mishnah.
    """
    name = ""
    for index, (word, end) in enumerate(found[:3]):
        name += word
        if name in _RAMBAM:
            rest = line[end:].lstrip(" ,.")
            following = found[index + 1][0] if index + 1 < len(found) else ""
            if not following and index + 1 < len(found):  # "on", "to"
                mishnah = _MISHNAH[_hebrew(name)]
                yield f"{line[:end]} {mishnah} {line[found[index + 1][1] :]}"
            yield rest if following in _HILCHOS else f"{_HILCHOS[_hebrew(name)]} {rest}"


def _hebrew(name: str) -> int:
    return int("א" <= name[0] <= "ת")


def divisions(
    line: str, index: Index, lettered: set[str]
) -> Iterator[tuple[tuple[Work, ...], str]]:
    """The works that own the line's opening words, and the rest; longest first.

    `lettered` are the titles that may end in a letter that stands apart.
    """
    title, found = "", []
    for word, end in words(line)[:LONGEST_TITLE]:
        is_letter = bool(title) and len(word) == 1 and "א" <= word <= "ת"
        title += word
        if is_letter and title in index and title not in lettered:
            continue
        if word and title in index and not _cuts_an_address(word, line, end):
            found.append((index[title], _address(line[end:])))
    yield from reversed(found)


def _cuts_an_address(word: str, line: str, end: int) -> bool:
    """Whether the title would end inside "1:3": then the number is a chapter."""
    return word.isdecimal() and line[end : end + 1] == ":"


def _address(rest: str) -> str:
    """The rest of the line without what only parts it from the title."""
    return rest.lstrip(" .,:;-\"'")
