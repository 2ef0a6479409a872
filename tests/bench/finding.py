"""How fast citations are found in prose: the essay of the library, over and over."""

import re
import time
import tomllib
from pathlib import Path

from tests.references.curated import catalogue

ESSAY = Path(__file__).parents[2] / "sources/library/essays/why-two-stages.toml"
MEGABYTE = 1_000_000
TURNS = 3


def measured():
    """(megabytes of prose, citations) in a second of the processor: the best turn."""
    body = tomllib.loads(ESSAY.read_text())["body"]
    prose = re.sub(r"\[\[[^|\]]*\|([^\]]*)\]\]", r"\1", body)
    text = prose * (MEGABYTE // len(prose) + 1)
    works = catalogue()
    found = works.find(text)  # the titles are folded once, before the clock starts
    best = min(_seconds(works, text) for _ in range(TURNS))
    return len(text.encode()) / MEGABYTE / best, len(found.citations) / best


def _seconds(works, text):
    before = time.process_time()
    works.find(text)
    return time.process_time() - before
