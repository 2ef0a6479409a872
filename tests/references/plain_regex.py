"""The rival: one plain regular expression over the same titles.

It is what a careful developer writes in a day: all titles, longest first, the usual
ways of writing an address, commentators before a title, ibid. and "Rashi there",
and the bounds of each work. It says nothing of what it could not decide.
"""

import re
from functools import cache

from sources.references import ReferenceProblem, from_address
from sources.references.hebrew import value
from sources.references.titles import own_titles

from .curated import catalogue, places

_QUOTES = str.maketrans(
    dict.fromkeys("״“”„", '"') | dict.fromkeys("׳’‘`", "'") | {"\u00a0": " "}
)
_POINTS = re.compile("[\u0591-\u05bd\u05bf\u05c1-\u05c7]")
_NUMERAL = "(?!פרק|רמז|דף|סימן|פיסקא)[א-ת]{1,3}(?:\"[א-ת])?'?"
_DASH = r"\s?[-–‑־]\s?"

_ADDRESS = rf"""
  (?:(?P<volume>I{{1,3}}|[123]|ח"[אבג]|(?:vol\.|part|חלק)\ ?\S+?)[\s,:]+)?
  (?:daf\ |folio\ |דף\ )?
  (?P<daf>\d{{1,3}}[ab](?:{_DASH}\d{{0,3}}[ab])?)\b
| (?P<verses>\d{{1,4}}[:.]\d{{1,3}}(?:{_DASH}(?:\d{{1,3}}[:.])?\d{{1,3}})?
    (?:[,;]\ ?(?:\d{{1,3}}[:.])?\d{{1,3}}(?:{_DASH}\d{{1,3}})?(?![\dab]))*)
| (?:(?:ch\.|chapter|perek|remez|siman|piska)\ )?(?P<chapter>\d{{1,4}}(?:{_DASH}\d+)?)\b
| (?:(?P<volume_he>ח"[אבג]|חלק\ [אבג])[\s,]+)?(?:דף\ )?
  (?P<daf_he>{_NUMERAL})\ ?(?P<side>ע"[אב]|עמוד\ [אב]|[.:](?=\s|\)|$))
| (?:פרק\ |פ"?(?!רק))?(?P<one>{_NUMERAL})[\s,:]+(?:פסוק\ |הלכה\ |משנה\ |[המ]")?
  (?P<two>{_NUMERAL})(?:{_DASH}(?P<three>{_NUMERAL}))?(?![א-ת])
| (?:(?:פרק|רמז|סימן|פיסקא)\ |פ"?(?!רק))?(?P<alone>{_NUMERAL})(?![א-ת])
"""


def plain(text):
    """The text with one kind of quotes and no points."""
    return _POINTS.sub("", text.translate(_QUOTES))


def find(text):
    """Every citation that the expression sees, as "work-slug/address"."""
    found, last = [], None
    expression, titles, commentators = _made()
    for match in expression.finditer(plain(text)):
        said = match["own"] or match["title"]
        name = commentators.get((match["by"] or match["by_there"] or "").casefold())
        works = [last.work] if last else []
        if said:
            works = titles[said.casefold()]
        elif match["parshas"] is not None:
            works = [catalogue().works["zohar"]]
        reference = _resolved(works, name, match, last)
        if reference is not None:
            found += places([reference])
            last = reference
    return found


def _resolved(works, name, match, last):
    """The first of the works, or of their commentaries, that has the place."""
    for work in works:
        base = work
        if name:
            of_name = [w for w in name if w.explains == base.slug]
            if match["by_there"] and not of_name:
                continue
            work = (of_name or [base])[0]
        address = last.address if match["by_there"] and last else _address(work, match)
        if address is None:
            continue
        try:
            return from_address(work, address)
        except ReferenceProblem:
            continue
    return None


def _address(work, match):
    """The address in its URL form, if it is of the work's scheme; else None."""
    scheme = work.scheme
    if scheme == "whole":
        return "whole"
    if scheme in ("daf", "zohar"):
        return _folio(scheme, match)
    if scheme == "named":
        return _named(work, match)
    if match["verses"] and scheme in ("verse", "section"):
        line = re.sub(r"[–‑־]", "-", match["verses"])
        return re.sub(r"\s", "", line).replace(":", ".").replace(";", ",")
    if match["chapter"]:
        return re.sub(r"\s", "", match["chapter"]).replace("–", "-")
    if match["one"] and scheme in ("verse", "section"):
        one, two = _number(match["one"]), _number(match["two"])
        three = f"-{_number(match['three'])}" if match["three"] else ""
        return f"{one}.{two}{three}"
    if match["alone"] and scheme in ("verse", "section", "chapter"):
        return str(_number(match["alone"]))
    return None


def _folio(scheme, match):
    if match["daf"]:
        folio = re.sub(r"[–‑־\s]+", "-", match["daf"].casefold())
        first, dash, last = folio.partition("-")
        if dash and not last[0].isdecimal():
            last = first[:-1] + last
        folio = first + dash + last
    elif match["daf_he"]:
        side = "b" if match["side"][-1] in "ב:" else "a"
        folio = f"{_number(match['daf_he'])}{side}"
    elif match["chapter"] and scheme == "daf":
        return match["chapter"] + "a-" + match["chapter"] + "b"
    else:
        return None
    if scheme == "daf":
        return folio
    volume = _volume(match)
    return f"{volume}-{folio}" if volume else None


def _named(work, match):
    """The part by its name, and the number after it if there is one."""
    for section in work.bounds["sections"]:
        if (match["portion"] or "").casefold() in (
            section["en"].casefold(),
            section["he"],
        ):
            number = match["chapter"] or (match["alone"] and _number(match["alone"]))
            return f"{section['slug']}.{number}" if number else section["slug"]
    return None


def _volume(match):
    portion = match["portion"]
    if portion:
        return _portions().get(portion.casefold(), 0)
    said = (match["volume"] or match["volume_he"] or "").rpartition(" ")[2]
    return {"I": 1, "II": 2, "III": 3, "1": 1, "2": 2, "3": 3}.get(said) or (
        max(" אבג".find(said[-1]), 0) if said else 0
    )


@cache
def _portions():
    """The volume of each portion of the Zohar; 0 for other named parts."""
    found = {}
    for work in catalogue().works.values():
        for section in work.bounds.get("sections", ()):
            found[plain(section["en"]).casefold()] = found[section["he"]] = 0
    for row in catalogue().works["zohar"].bounds["parshiyos"]:
        for name in (*row["names"], row["he"]):
            found[plain(name).casefold()] = row["volume"]
    return found


def _number(letters):
    return value(re.sub("[\"']", "", letters)) or 0


@cache
def _made():
    """The expression, the works of each title, the works of each commentator."""
    titles, commentators = {}, {}
    for work in catalogue().works.values():
        for title in map(plain, own_titles(work)):
            titles.setdefault(title.casefold(), []).append(work)
        for way in work.commentator:
            commentators.setdefault(plain(way.text).casefold(), []).append(work)
    expression = rf"""
      (?<!\w)(?<!\w")[ובכלמהש]??
      (?:
        (?P<by_there>{_any(commentators)})\ (?:there|ad\ loc\.|שם)
      | (?:
          (?P<by>{_any(commentators)})(?:'s)?[\s,(]*(?:commentary\ )?
          (?:on\ |to\ |על\ )?(?P<title>{_any(titles)})(?!\w)
        | (?P<own>{_any(titles)})(?!\w)
        | (?:ibid\.?|שם)(?!\w)
        | (?P<parshas>(?=(?:Parshas|Parashat|פרשת)\ ))
        )
        [\s.,:(]*
        (?:(?:Parshas\ |Parashat\ |פרשת\ )?(?P<portion>{_any(_portions())})[\s,(]*)?
        (?:{_ADDRESS}|)
      )
    """
    return re.compile(expression, re.VERBOSE | re.IGNORECASE), titles, commentators


def _any(names):
    longest_first = sorted(names, key=len, reverse=True)
    return "|".join(re.escape(name) for name in longest_first)
