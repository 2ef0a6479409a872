"""The picture of a question: who says what, how plainly, and when.

Three columns (before, in two stages, after) run down the eras. It is drawn from
plain values and knows no database: a page gathers Marks, Bands and Columns and
asks a Picture for its drawings.
"""

from sources.picture.chain import ChainPicture
from sources.picture.lanes import Arrow, Stand, Step
from sources.picture.marks import PLAINNESS, Band, Column, Counted, Mark
from sources.picture.picture import Picture
from sources.picture.shapes import glyph, mark_glyph

__all__ = [
    "PLAINNESS",
    "Arrow",
    "Band",
    "ChainPicture",
    "Column",
    "Counted",
    "Mark",
    "Picture",
    "Stand",
    "Step",
    "glyph",
    "mark_glyph",
]
