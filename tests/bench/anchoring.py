"""How fast notes follow an edit: a long pointed text, a tenth of its words edited."""

import time

from studyhall.annotations.anchoring import carry
from tests.annotations.edits import Hand, Written

CODE_POINTS = 50_000
NOTES = 1000
TURNS = 3


def measured():
    """The seconds of the processor for all notes: the best of some turns."""
    hand = Hand(1)
    words = hand.text(CODE_POINTS)
    old = Written.of(words)
    new = Written.of(hand.some_edited(words, 0.1)).text
    starts = [hand.chance.randrange(len(words) - 5) for _ in range(NOTES)]
    spans = [
        old.span(sign.number for word in words[start : start + 5] for sign in word)
        for start in starts
    ]
    return min(_seconds(old.text, new, spans) for _ in range(TURNS))


def _seconds(old, new, spans):
    before = time.process_time()
    carry(old, new, spans)
    return time.process_time() - before
