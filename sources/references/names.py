"""Every name that may open a citation in running text, with what each may mean."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from . import portions
from .folding import JOINERS, has_hebrew
from .titles import own_titles, without_noise
from .tokens import Tokens
from .work import Work

LONGEST_TITLE = 28
BETWEEN = frozenset('-.,:("')
_PREFIXES = frozenset("בכלמוהשד")
_RAMBAM = ("rambam", "maimonides", "mishnehtorah", "רמבמ", "משנהתורה")
_HILCHOS = ("hilchos", "הלכות")
_MISHNAH = ("mishnah", "משנה")
_INITIALS = {"mishnah": "m", "yerushalmi": "y"}
_ORDINARY = (
    "numbers judges kings job ruth daniel joel joshua ezra amos esther jonah song "
    "samuel chronicles proverbs lamentations is am ex men dan lam ob jon mic mal tam "
    "ned san lev hag hab pre mt mk bb bm bk az rh pt ty tz m y ms gn dt jl num mish "
    "rus yoel yonah yona nachum nahum malachi micah micha noah bo git tem shab meg "
    "ber kes hos jer eze zec nah suk succah sukkah sukka shabbos shabbat shabbath "
    "roshhashanah roshhashana shavuos shevuos nazir tamid siddur amidah tefillah "
    "yalkut mishnah mishna yerushalmi netziv orot oros mishley maasersheni ps psalm "
    "canticles obadiah hosea ezro daniyel ester jonah nachum zechariah numbers esth"
)
ORDINARY = frozenset(_ORDINARY.split()) - {"ps", "psalm", "zechariah"}
_ORDINARY_PHRASE_WORDS = (
    "maasersheni shemonehesrei מעשרשני שמונהעשרה mishnah yerushalmi netziv "
    "einyaakov eynyaakov עיניעקב jerusalemtalmud palestiniantalmud talmudyerushalmi "
    "תלמודירושלמי toraskohanim תורתכהנימ"
)
ORDINARY_PHRASES = frozenset(_ORDINARY_PHRASE_WORDS.split())


@dataclass(frozen=True)
class Name:
    """The works that one key may mean, and how careful to be with it.

    `is_short`: only ever an abbreviation. `is_marked`: short Hebrew letters, which
    are a name only with a geresh or gershayim. `is_ordinary`: a common word too.
    """

    key: str
    works: tuple[Work, ...]
    is_short: bool
    is_marked: bool
    is_ordinary: bool
    is_loose: bool
    inner: frozenset[str] = frozenset()

    def written(self, raw: str) -> tuple[Work, ...]:
        """The works that the raw letters mean: ב״ר is one, בר׳ another, בר none.

        Names without marks of their own mean the same however they are written.
        """
        if not self.is_marked:
            return self.works
        bare = raw.strip()
        if bare.isalpha():
            return ()
        is_inner = bare[-1].isalpha()
        return tuple(w for w in self.works if (w.slug in self.inner) == is_inner)


class Names:
    """All names, to be walked word by word; `commentators` by base work's slug.

    `joined` are what names mean with "on" or "to" after the commentator: the Rambam
    on Sanhedrin explains the Mishnah, while Rambam Sanhedrin is Hilchos Sanhedrin.
    """

    def __init__(self, works: Mapping[str, Work]) -> None:
        self.commentators: dict[str, dict[str, Work]] = defaultdict(dict)
        self.marked_commentators: set[str] = set()
        self.lettered: set[str] = set()
        self.after_figures: set[str] = set()
        self._joined: dict[str, list[tuple[Work, str, str]]] = defaultdict(list)
        self._texts: dict[str, list[tuple[Work, str, str]]] = defaultdict(list)
        self._loose: dict[str, list[tuple[Work, str, str]]] = defaultdict(list)
        self._first: set[str] = set(portions.WORDS)
        for work in works.values():
            self._add_own(work)
        for work in works.values():
            self._add_derived(work, works.get(work.explains, work))
        self.names = {
            **{key: _name(key, rows, True) for key, rows in self._loose.items()},
            **{key: _name(key, rows, False) for key, rows in self._texts.items()},
        }
        self.joined = {
            key: _name(key, rows, True) for key, rows in self._joined.items()
        }
        for name in portions.NAMES_AS_WRITTEN:
            self._first.add(_words(name)[0])
        self.with_portions = [
            work
            for work in works.values()
            if work.bounds.get("parshiyos") and not work.explains
        ]
        self._sorted = sorted({*self.names, *self.joined, *self.commentators})
        self.firsts = frozenset(self._first)

    def is_prefix(self, key: str) -> bool:
        """Whether any name begins with these letters."""
        at = bisect_left(self._sorted, key)
        return at < len(self._sorted) and self._sorted[at].startswith(key)

    def openings(self, key: str) -> tuple[str, ...]:
        """The first words that a token may be: itself, or without its prefix."""
        found = [key] if key in self.firsts else []
        if key[:1] in _PREFIXES:
            for cut in (1, 2):
                if len(key) > cut + 1 and set(key[:cut]) <= _PREFIXES:
                    found.extend([key[cut:]] if key[cut:] in self.firsts else [])
        return tuple(found)

    def _add_own(self, work: Work) -> None:
        kinds = {title.text: title.kind for title in work.titles}
        for text in own_titles(work):
            words = _words(text)
            if not words:
                continue
            row = (work, text, kinds.get(text, "title"))
            self._put(self._texts, words, row)
            self._put(self._loose, without_noise(words), row)
            self._add_rambam(words, row)
            if len(words) > 1 and words[0] in _INITIALS:
                self._put(self._texts, [_INITIALS[words[0]], *words[1:]], row)
            if len(words) > 1 and len(words[-1]) == 1:
                self.lettered.add("".join(words))

    def _add_rambam(self, words: list[str], row: tuple[Work, str, str]) -> None:
        """ "Rambam Melachim" and "Rambam, Hilchos Melachim" for Hilchos Melachim."""
        if words[0] not in _HILCHOS or len(words) < 2:
            return
        for rambam in _RAMBAM:
            if has_hebrew(rambam) == has_hebrew(words[0]):
                self._texts[rambam + "".join(words)].append(row)
                self._loose[rambam + "".join(words[1:])].append(row)
                self._first.update((rambam, "mishneh", "משנה"))

    def _add_derived(self, work: Work, base: Work) -> None:
        """A commentary under its commentator's names before its base's titles."""
        titles = {"".join(_words(text)) for text in own_titles(base)}
        letters = {title for title in titles if title in self.lettered}
        for way in work.commentator:
            words = _words(way.text)
            if not words or words[-1] in ("there", "loc", "sv", "v"):
                continue
            name = "".join(words)
            self._first.add(words[0])
            self.commentators[name].setdefault(base.slug, work)
            if len(name) < 3 and has_hebrew(name):
                self.marked_commentators.add(name)
            self.lettered.update(name + title for title in letters)
            for title in titles:
                row = (work, title, "derived")
                self._texts[name + title].append(row)
                for mishnah in _MISHNAH:
                    if title.startswith(mishnah) and title != mishnah:
                        self._joined[name + title.removeprefix(mishnah)].append(row)

    def _put(
        self,
        kept: dict[str, list[tuple[Work, str, str]]],
        words: list[str],
        row: tuple[Work, str, str],
    ) -> None:
        self._first.add(words[0])
        if words[0].isdecimal() and len(words) > 1:
            self.after_figures.add(words[1])
        kept["".join(words)].append(row)


def _words(text: str) -> list[str]:
    """A title's words as a walk through running text meets them."""
    keys = Tokens(text).keys
    return [key for key in keys if key[:1].isalnum() and key not in JOINERS]


def _name(key: str, rows: Iterable[tuple[Work, str, str]], is_loose: bool) -> Name:
    rows = list(rows)
    is_short = all(kind == "abbreviation" for _, _, kind in rows)
    marks = all(_has_mark(text) and " " not in text for _, text, _ in rows)
    return Name(
        key=key,
        works=tuple({work.slug: work for work, _, _ in rows}.values()),
        is_short=is_short,
        is_marked=has_hebrew(key) and len(key) < 5 and marks,
        is_ordinary=key in ORDINARY,
        is_loose=is_loose,
        inner=frozenset(w.slug for w, text, _ in rows if text[-1:].isalpha()),
    )


def _has_mark(text: str) -> bool:
    tokens = Tokens(text)
    return any(tokens.is_marked(at) for at in range(tokens.count))
