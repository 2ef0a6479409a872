"""The picture as a value: all that it shows, and the forms that it is drawn in."""

import re
from collections import defaultdict
from dataclasses import dataclass

from sources.picture.descent import lit_lines
from sources.picture.drawing import Drawing
from sources.picture.locator import locator
from sources.picture.marks import Band, Column, Counted, Mark
from sources.picture.narrow import NarrowDrawing
from sources.picture.shapes import svg

SAFE_UID = re.compile(r"[a-z][a-z0-9]*")


@dataclass(frozen=True)
class Picture:
    """How the sources bear on a question.

    `marks` come in order of generation; `lines` are pairs of source keys, the
    cited one first; `counted` is needed where some marks are left out, of each cell
    the least plain. Equal pictures are drawn in equal bytes. Raises ValueError
    where a mark's era has no band.
    """

    columns: tuple[Column, ...]
    bands: tuple[Band, ...]
    marks: tuple[Mark, ...]
    lines: tuple[tuple[int, int], ...] = ()
    counted: Counted | None = None

    def __post_init__(self):
        if self.counted is None:
            object.__setattr__(self, "counted", Counted.of(self.marks))
        missing = {mark.era for mark in self.marks} - {band.era for band in self.bands}
        if missing:
            raise ValueError(f"No band for the eras {sorted(missing)}.")

    def wide(self, uid="w", rtl=False):
        """The drawing for screens from about 900 px, as safe SVG.

        `uid` begins every id in it, so that a page may hold several; `rtl` mirrors
        it and writes Hebrew labels.
        """
        return svg(Drawing(self, checked(uid), mirrored=rtl).svg())

    def narrow(self, uid="n", rtl=False):
        """The drawing for phones, as safe SVG."""
        return svg(NarrowDrawing(self, checked(uid), mirrored=rtl).svg())

    def mini(self, current):
        """The locator: dots alone, the sources whose keys are `current` circled."""
        return svg(locator(self, current))

    def chain_css(self, uids=("w",)):
        """A stylesheet: the mark under hover or focus lights its chain of descent.

        `uids` name the wide drawings that it is for; narrow ones do without.
        """
        uids = [checked(uid) for uid in uids]
        drawing = Drawing(self, "w")
        keys_of = defaultdict(list)
        for row in drawing.rows:
            keys_of[row.mark.source].append(row.key)
        rules = [".pic.wide:has(a.s:is(:hover,:focus-visible)) .arc{opacity:.12}"]
        for source, lines in lit_lines(drawing.lines, keys_of).items():
            ids = ",".join(f"#{uid}-{key}" for uid in uids for key in keys_of[source])
            arcs = ",".join(f'[data-k="{key}"]' for key in lines)
            rules.append(
                f".pic:has(:is({ids}):is(:hover,:focus-visible)) .arc:is({arcs})"
                "{opacity:1;stroke-width:2}"
            )
        return "\n".join(rules) + "\n"


def checked(uid):
    """The uid, if it can stand in an id and a selector as it is; else ValueError."""
    if not SAFE_UID.fullmatch(uid):
        raise ValueError(f"A drawing's uid is small letters and digits: {uid!r}.")
    return uid
