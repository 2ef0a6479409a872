"""Two versions of one text, each changed from a third, brought together by lines."""

from dataclasses import dataclass
from difflib import SequenceMatcher

# Lines that stand around what a person must decide; no text that is kept holds them.
MINE = "----- my version -----"
BETWEEN = "----- their version -----"
THEIRS = "----- end of the two versions -----"
MARKS = frozenset({MINE, BETWEEN, THEIRS})


@dataclass(frozen=True)
class Merged:
    """The text with both sides' changes; `undecided` places in it are marked."""

    text: str
    undecided: int


def merge(base: str, mine: str, theirs: str) -> Merged:
    """Bring both sides' changes of `base` together, line by line.

    Where both changed the same lines, both stand there between marks.
    """
    old, ours, other = (text.split("\n") for text in (base, mine, theirs))
    lines: list[str] = []
    undecided = 0
    for part in _parts(old, ours, other):
        decided = _decided(*part)
        undecided += decided is None
        lines += _marked(*part[1:]) if decided is None else decided
    return Merged("\n".join(lines), undecided)


def has_marks(text: str) -> bool:
    """Whether a line of the text is a mark that `merge` has left."""
    return not MARKS.isdisjoint(text.split("\n"))


def _parts(old: list[str], ours: list[str], other: list[str]):
    """Stretches of the three, in order: what all have, and what lies between."""
    in_ours, in_other = _places(old, ours), _places(old, other)
    start, ours_start, other_start = 0, 0, 0
    for at, line in enumerate(old):
        if at not in in_ours or at not in in_other:
            continue
        here = in_ours[at], in_other[at]
        between = (
            old[start:at],
            ours[ours_start : here[0]],
            other[other_start : here[1]],
        )
        if any(between):
            yield from _line_by_line(*between)
        yield [line], [line], [line]
        start, ours_start, other_start = at + 1, here[0] + 1, here[1] + 1
    rest = old[start:], ours[ours_start:], other[other_start:]
    if any(rest):
        yield from _line_by_line(*rest)


def _places(old: list[str], new: list[str]) -> dict[int, int]:
    """Where each line of the old text that is still there stands in the new one."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return {
        block.a + step: block.b + step
        for block in matcher.get_matching_blocks()
        for step in range(block.size)
    }


def _line_by_line(old: list[str], ours: list[str], other: list[str]):
    """A stretch as single lines where no side has added or taken out any."""
    if len(old) == len(ours) == len(other):
        yield from (([a], [b], [c]) for a, b, c in zip(old, ours, other, strict=True))
    else:
        yield old, ours, other


def _decided(old: list[str], ours: list[str], other: list[str]) -> list[str] | None:
    if ours == other or other == old:
        return ours
    return other if ours == old else None


def _marked(ours: list[str], other: list[str]) -> list[str]:
    return [MINE, *ours, BETWEEN, *other, THEIRS]
