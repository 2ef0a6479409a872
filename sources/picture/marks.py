"""What the picture is drawn from."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

SIGNS = ("before", "stages", "after")
DIRECTIONS = ("supports", "disputes", "qualifies")
PLAINNESS = {"explicit": 3, "implied": 2, "inferred": 1}


@dataclass(frozen=True)
class Mark:
    """One bearing that has a position; a source with several has several marks.

    `source` is the source's key, `era` that of its band. Raises ValueError for a
    sign, direction or basis that the picture has no shape for, so that a new one
    is noticed where it is made.
    """

    source: int
    url: str
    sign: str
    direction: str
    basis: str
    label: str
    label_he: str
    short: str
    short_he: str
    era: int
    lit: bool = False

    def __post_init__(self):
        for name, known in (
            ("sign", SIGNS),
            ("direction", DIRECTIONS),
            ("basis", tuple(PLAINNESS)),
        ):
            if getattr(self, name) not in known:
                raise ValueError(
                    f"A mark's {name} is one of {', '.join(known)}; "
                    f"not {getattr(self, name)!r}."
                )

    @property
    def plainness(self):
        """3 where the source says so outright, 2 where implied, 1 where inferred."""
        return PLAINNESS[self.basis]


@dataclass(frozen=True)
class Band:
    """One era, and how many of its sources only give background.

    `more_urls` leads, for each sign, to the list of that cell's sources; it is
    asked for only where a cell has too many marks to show.
    """

    era: int
    name: str
    name_he: str
    years: str
    background: int = 0
    background_url: str = ""
    more_urls: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Column:
    """One position: its sign, its names, and how many sources bear on it."""

    sign: str
    name: str
    short_name: str
    name_he: str
    count: int


@dataclass(frozen=True)
class Counted:
    """How many there are, of which a large library's marks are only the plainest.

    `cells` holds the bearings of each (era, sign), `eras` the sources of each era
    that have one, `sources` all of these.
    """

    cells: Mapping[tuple[int, str], int]
    eras: Mapping[int, int]
    sources: int

    @classmethod
    def of(cls, marks):
        """The counts of marks that are all there are."""
        eras = Counter(era for era, _ in {(mark.era, mark.source) for mark in marks})
        cells = Counter((mark.era, mark.sign) for mark in marks)
        return cls(cells, eras, len({mark.source for mark in marks}))
