"""Measure the search beside raw SQL over the same tables of the same database.

The raw SQL is written by hand and gives the same answer within the same bounds:
`tests.bench.raw` says what it asks. Each term is asked of both in turn, so that a slow
moment falls on both alike. Run by `tests.bench.within`:

    DATABASE_URL=... python -m tests.bench.within tests.bench.search '{}'
"""

import time

from sources.search import find, finding, query
from tests.bench import raw
from tests.bench.rows import percentile

TERMS = (
    "sample", "filler", "paper", "window", "pencil", "candle", "marble", "whistle",
    "נייר", "שולחן", "חלון", "מנורה", "משרוקית", "גולה", "הגולה", "sample נייר",
    "pencil chair", '"sample filler"', "12345", "smaple", "paperwindow", "generated",
)  # fmt: skip
CURATED_TERMS = (
    "ingathering", "mashiach", "mikdash", "yerushalayim", "exile", "gather", "shofar",
    "redemption", "megillah", "rambam", "brachos", "nation", "גלויות", "משיח",
    "ירושלים", "הגולה", "קיבוץ גלויות", "ingathering mashiach", '"beis hamikdash"',
    "ingatherng",
)  # fmt: skip
ROUNDS = 5
WARMING = 2  # rounds before the clock counts


def measured(is_curated=False):
    """Milliseconds of ours and of raw SQL: the 50th and the 95th of a hundred."""
    terms = CURATED_TERMS if is_curated else TERMS
    ours, theirs = run(terms)
    return {
        "p50": percentile(ours, 50),
        "p95": percentile(ours, 95),
        "raw_p50": percentile(theirs, 50),
        "raw_p95": percentile(theirs, 95),
        "terms": len(terms),
    }


def run(terms):
    """The seconds of each search of each term: ours, and raw SQL's."""
    ours, theirs = [], []
    for term in terms:
        asked, other = clauses_of(term)
        for turn in range(WARMING + ROUNDS):
            taken, results = timed(find, term, None)
            beside, keys = timed(raw.search, asked, other)
            if turn >= WARMING:
                ours.append(taken)
                theirs.append(beside)
        check(term, results, keys)
    return ours, theirs


def clauses_of(term):
    """The clauses that a search of the term asks, one after another, and OTHER's."""
    asked = query.read(term)
    found, is_loose = finding._strict_or_loose(asked, None, {}, "fit")
    other = (finding.Alternative((finding.OTHER,)),)
    return [asked.clauses(), *([found.clauses] if is_loose else [])], other


def check(term, results, keys):
    """Both must have found the same sources, or the figures compare nothing."""
    shown = [hit.record.pk for hit in results.hits if hit.kind == "source"]
    if shown != keys[: len(shown)]:
        raise AssertionError(f"raw SQL finds something else for {term}")


def timed(search, *arguments):
    """(seconds, what was found)"""
    start = time.perf_counter()
    found = search(*arguments)
    return time.perf_counter() - start, found
