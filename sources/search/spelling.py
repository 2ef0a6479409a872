"""Other spellings of a word: full and defective, other letters, one letter off.

Each word of the documents is kept once, with how it sounds: Hebrew without the ו and
י inside it, Latin letters by the ways in which one Hebrew letter is written with
them. Two spellings of one word mostly sound alike; one slip of the pen more is found
by checksums of the sound and of what is left of it when one letter goes.
"""

import re
from zlib import crc32

from sources.models import SearchSlip, SearchWord
from sources.search.query import BREAK, OTHER, Alternative, stemmed

LONGEST = 40
"""Letters of the longest word that is kept."""

SHORTEST_PREFIX = 3
SHORTEST_SLIP = 4
MOST = 40
"""Other spellings that are asked for one word, the nearest first."""

_AT_ONCE = 500

# In order: each rule reads what the one before it left.
_LATIN = tuple(
    (re.compile(pattern), letters)
    for pattern, letters in (
        (r"(?<![ckpst])h$", ""),
        (r"tz|ts", "z"),
        (r"ch|kh", "h"),
        (r"th|sh|t", "s"),
        (r"ph", "f"),
        (r"[qc]", "k"),
        (r"[vw]", "b"),
        (r"o", "a"),
        (r"(.)\1+", r"\1"),
    )
)
_MATER = re.compile("(?<=.)[וי](?=.)")

# Names that no rule turns into one another.
_SAME = [
    [stemmed(name) for name in names.split()]
    for names in (
        "mashiach messiah משיח",
        "yerushalayim jerusalem ירושלים",
        "mikdash temple מקדש",
        "tzion zion ציון",
        "yisrael israel ישראל",
        "galus exile exiles גלות",
        "geulah redemption גאולה",
    )
]


def sound(word: str) -> str:
    """How a folded word sounds: the same for its spellings, or nearly so."""
    if "א" <= word[:1] <= "ת":
        return _MATER.sub("", word)
    for pattern, letters in _LATIN:
        word = pattern.sub(letters, word)
    return word


def learn(words):
    """Keep these words of documents; what is kept already costs a query for 500."""
    words = sorted({word for word in words if _is_kept(word)})
    for start in range(0, len(words), _AT_ONCE):
        _learn(words[start : start + _AT_ONCE])


def spellings(words):
    """For each of these words, the other words of the documents that sound alike."""
    sounds = {word: _sounds(word) for word in words}
    wanted = {each for some in sounds.values() for each in some}
    found = _words_by_sound(wanted)
    return {
        word: _nearest(word, [w for each in some for w in found.get(each, ())])
        for word, some in sounds.items()
    }


def slips(words):
    """For each of these words, those of the documents that are one letter off."""
    sounds = {word: sound(word) for word in words}
    sums = {
        word: {crc32(each.encode()) for each in _shorter(heard)}
        for word, heard in sounds.items()
        if len(heard) >= SHORTEST_SLIP
    }
    every = {each for some in sums.values() for each in some}
    rows = SearchSlip.objects.filter(checksum__in=every).values_list("sound", flat=True)
    near = set(rows)
    found = _words_by_sound(near)
    return {
        word: _nearest(
            word,
            [
                other
                for heard in sorted(near)
                if word in sums and is_one_off(heard, sounds[word])
                for other in found.get(heard, ())
            ],
        )
        for word in words
    }


def is_one_off(one: str, other: str) -> bool:
    """Whether one letter more, less, changed or swapped makes the one the other."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return one == other
    start = 0
    while one[start : start + 1] == other[start : start + 1]:
        start += 1
    rest, others = one[start:], other[start:]
    return (
        rest[1:] == others[1:]
        or rest[1:] == others
        or rest == others[1:]
        or (rest[1::-1] == others[:2] and rest[2:] == others[2:])
    )


def as_alternatives(word, others):
    """A word, what begins with it, and its other spellings: one loose clause."""
    begins = [Alternative((word,), is_prefix=True)]
    if len(word) < SHORTEST_PREFIX:
        begins = [Alternative((word,))]
    return (*begins, *(Alternative((other,)) for other in others))


def forget():
    """Let every word go: a rebuild learns them anew."""
    SearchSlip.objects.all().delete()
    SearchWord.objects.all().delete()


def _is_kept(word):
    return len(word) <= LONGEST and not any(map(str.isdigit, word))


def _learn(words):
    known = SearchWord.objects.filter(word__in=words).values_list("word", flat=True)
    new = {word: sound(word) for word in words}
    for word in known:
        del new[word]
    sounds = set(new.values())
    heard = SearchWord.objects.filter(sound__in=sounds).values_list("sound", flat=True)
    sounds.difference_update(set(heard))
    SearchWord.objects.bulk_create(
        [SearchWord(word=word, sound=each) for word, each in new.items()],
        ignore_conflicts=True,
    )
    SearchSlip.objects.bulk_create(
        [
            SearchSlip(checksum=crc32(each.encode()), sound=whole)
            for whole in sorted(sounds)
            if len(whole) >= SHORTEST_SLIP
            for each in sorted(_shorter(whole))
        ],
        batch_size=_AT_ONCE,
    )


def _sounds(word):
    """How a word may sound, and how the same name in other words does."""
    own = sound(word)
    same = [names for names in _SAME if own in map(sound, names)]
    return {own, *(sound(name) for names in same for name in names)}


def _words_by_sound(sounds):
    found = {}
    rows = SearchWord.objects.filter(sound__in=sounds).values_list("sound", "word")
    for heard, word in rows:
        found.setdefault(heard, []).append(word)
    return found


def _nearest(word, others):
    """The others, those most like the word first: as long, with the same letters."""
    distinct = set(others) - {word, BREAK, OTHER}
    letters = set(word)

    def distance(other):
        return (len(letters ^ set(other)), abs(len(other) - len(word)), other)

    return sorted(distinct, key=distance)[:MOST]


def _shorter(word):
    """The word, and each that is left when one letter goes."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}
