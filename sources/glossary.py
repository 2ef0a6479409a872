"""The words that a newcomer meets, each with one sentence, from `glossary.toml`."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.core import checks
from django.urls import reverse
from django.utils.html import escape, format_html

FILE = Path(__file__).with_name("glossary.toml")
REQUIRED = {"slug": str, "word": str, "says": str}
OPTIONAL = {"word_he": str, "also": list}
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

TAG = re.compile(r"(<[^>]*>)")
TAG_PARTS = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
HEBREW = re.compile(r"""\slang=["']?(?:he|arc)\b""")
LINK = '<a href="{}">'
# In these no word is linked: links, headings, and what is a word by itself.
LEFT_ALONE = {"a", "button", "dfn", "h1", "h2", "h3", "h4", "summary", "svg"}


class GlossaryError(Exception):
    """The glossary's file is wrong: which word, which key, and why."""


@dataclass(frozen=True)
class Word:
    """One word: how it is written, in Hebrew too, and what it means."""

    slug: str
    word: str
    says: str
    word_he: str = ""
    also: tuple[str, ...] = ()

    @property
    def url(self):
        """Where it stands on the glossary's page."""
        return f"{reverse('glossary')}#{self.slug}"

    @property
    def spellings(self):
        """Every way of writing it inside a sentence."""
        written = (self.word, *self.also)
        return [*written, *(one[0].lower() + one[1:] for one in written)]


@cache
def words():
    """The words in the file's order, read once. Raises GlossaryError."""
    return read_file()


def read_file():
    """The words in the file's order. Raises GlossaryError."""
    try:
        return read(FILE.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as problem:
        raise GlossaryError(f"{FILE.name}: cannot be read: {problem}") from problem


def read(toml):
    """The words that the text of a glossary's file says. Raises GlossaryError."""
    try:
        tables = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as problem:
        raise GlossaryError(f"{FILE.name}: {problem}") from problem
    rows = tables.get("word", [])
    if set(tables) - {"word"} or not isinstance(rows, list):
        raise GlossaryError(f"{FILE.name}: write every word as a [[word]] table.")
    found = [word_from(table, number) for number, table in enumerate(rows, 1)]
    slugs = [word.slug for word in found]
    for slug in slugs:
        if slugs.count(slug) > 1:
            raise GlossaryError(f"{FILE.name}: slug: two words have “{slug}”.")
    return tuple(found)


def word_from(table, number):
    """One word of the file; `number` is its place there. Raises GlossaryError."""
    where = f"{FILE.name}: word {number}"
    if not isinstance(table, dict):
        raise GlossaryError(f"{where}: must be a [[word]] table.")
    kinds = {**REQUIRED, **OPTIONAL}
    for key in sorted({*REQUIRED, *table}):
        if key not in kinds:
            raise GlossaryError(f"{where}: {key}: is not a key here.")
        if not table.get(key) and key in REQUIRED:
            raise GlossaryError(f"{where}: {key}: is missing.")
        if not isinstance(table[key], kinds[key]):
            raise GlossaryError(f"{where}: {key}: must be {kinds[key].__name__}.")
    also = table.get("also", [])
    if not all(isinstance(spelling, str) and spelling for spelling in also):
        raise GlossaryError(f"{where}: also: must be a list of words.")
    if not SLUG.fullmatch(table["slug"]):
        raise GlossaryError(f"{where}: slug: small letters, digits and hyphens only.")
    return Word(**{**table, "also": tuple(also)})


def check_glossary(app_configs, **options):
    """The file must be read before the site starts: most pages link its words."""
    try:
        read_file()
    except GlossaryError as problem:
        return [checks.Error(f"The glossary is wrong: {problem}", id="sources.E002")]
    return []


@cache
def by_spelling():
    """Each way of writing a word as it stands in HTML, with its Word."""
    return {
        form: word
        for word in reversed(words())
        for spelling in word.spellings
        for form in (spelling, escape(spelling))
    }


@cache
def pattern():
    """What finds a word of the glossary as a whole word, the longest first."""
    forms = sorted(by_spelling(), key=len, reverse=True)
    any_form = "|".join(re.escape(form) for form in forms)
    return re.compile(rf"(?<![\w&#-])(?:{any_form})(?!\w|-\w)") if forms else None


def linked(html, seen):
    """Escaped HTML with the first use of each word linked to the glossary.

    `seen` holds the slugs linked on this page so far; the new ones are added to it.
    Links, headings and Hebrew stay as they are.
    """
    pieces, shut, depth = [], "", 0
    for piece in TAG.split(html):
        parts = TAG_PARTS.match(piece) if piece.startswith("<") else None
        if parts is None:
            pieces.append(piece if shut else with_links(piece, seen))
            continue
        pieces.append(piece)
        closes, name = bool(parts[1]), parts[2].lower()
        if not shut and not closes and (name in LEFT_ALONE or HEBREW.search(piece)):
            shut, depth = name, 1
        elif shut == name:
            depth += -1 if closes else 1
            shut = shut if depth else ""
    return "".join(pieces)


def with_links(text, seen):
    """Text without tags, its first uses linked."""

    def link(found):
        word = by_spelling()[found[0]]
        if word.slug in seen:
            return found[0]
        seen.add(word.slug)
        # The words come out of HTML that is escaped: they stand as they are.
        return f"<dfn>{format_html(LINK, word.url)}{found[0]}</a></dfn>"

    found = pattern()
    return found.sub(link, text) if found else text
