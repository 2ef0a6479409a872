"""Every way of writing the title of every work, folded into keys."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from .folding import key_of_title, words_of_title
from .work import Work

_NOISE = (
    "maseches masechet masseches masechta tractate sefer the parshas parashat parshat "
    "parasha talmud bavli gemara hilchos "
    "מסכת מסכתא ספר פרשת הלכות גמרא בבלי תלמוד פרק דפ מגילת"
)
NOISE = frozenset(_NOISE.split())
_ORDINAL_WORDS = "1 2 i ii first second alef beis bet א ב"
ORDINALS = frozenset(_ORDINAL_WORDS.split())
_THERE = ("there", "adloc", "sv")

Index = dict[str, tuple[Work, ...]]


class Titles:
    """The keys of all titles: `exact` as written, `loose` without noise words."""

    def __init__(self, works: Mapping[str, Work]) -> None:
        self.commentators: set[str] = set()
        self.lettered: set[str] = set()
        exact: dict[str, dict[str, Work]] = defaultdict(dict)
        loose: dict[str, dict[str, Work]] = defaultdict(dict)
        for work in works.values():
            for title in own_titles(work):
                exact[key_of_title(title)][work.slug] = work
                if ends_in_letter(title):
                    self.lettered.add(key_of_title(title))
                loose[_without_noise(title)][work.slug] = work
            for derived in self._derived(work, works.get(work.explains)):
                exact[derived][work.slug] = work
        self.exact: Index = _frozen(exact)
        self.loose: Index = _frozen(loose)

    def _derived(self, work: Work, base: Work | None) -> Iterable[str]:
        """A commentary's keys: its commentator's names before its base's titles."""
        names = _names(work, base)
        self.commentators.update(names)
        titles = {key_of_title(title) for title in own_titles(base or work)}
        self.lettered.update(
            name + key_of_title(title)
            for name in names
            for title in own_titles(base or work)
            if ends_in_letter(title)
        )
        return [name + title for name in names for title in titles]


def own_titles(work: Work) -> list[str]:
    """All the ways of writing this work's own title."""
    return [work.title, work.title_he, *(title.text for title in work.titles)]


def ends_in_letter(title: str) -> bool:
    """Whether a title's last word is one letter: שמואל א is, and ישעיהו is not.

    Only then may a letter that stands apart be the title's and no number.
    """
    found = words_of_title(title)
    return len(found) > 1 and len(found[-1]) == 1


def _names(work: Work, base: Work | None) -> set[str]:
    """The keys of a commentator's names; taken from "Rashi on ..." where not given."""
    names = {key_of_title(name.text) for name in work.commentator}
    if base is not None and not names:
        bases = {key_of_title(title) for title in own_titles(base)}
        for title in map(key_of_title, own_titles(work)):
            ends = [end for end in bases if title.endswith(end) and title != end]
            names.update(title.removesuffix(end) for end in ends)
    return {name for name in names if name and not name.endswith(_THERE)}


def _without_noise(title: str) -> str:
    """The key without leading noise words and without "I" or "II"."""
    return "".join(without_noise([*words_of_title(title)]))


def without_noise(kept: list[str]) -> list[str]:
    """The words without leading noise words and without "I" or "II"."""
    while len(kept) > 1 and kept[0] in NOISE:
        kept = kept[1:]
    if len(kept) > 1 and kept[-1] in ORDINALS:
        kept = kept[:-1]
    if len(kept) > 1 and kept[0] in ORDINALS:
        kept = kept[1:]
    return kept


def _frozen(found: dict[str, dict[str, Work]]) -> Index:
    found.pop("", None)
    return {title: tuple(works.values()) for title, works in found.items()}
