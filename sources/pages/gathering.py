"""All that bears on one question, gathered once for its page and its picture."""

from collections import Counter
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.functional import cached_property

from sources import chains, picture
from sources.models import Bearing, Citation, Question, Work
from sources.pages.tally import UNDATED, cells_of, eras_of, plainest
from sources.querysets import may_see_drafts
from sources.stamped import once_a_stamp

# The traditional shelves: their years in words, and their names in Hebrew.
SHELVES = {
    Work.Era.TANAKH: ("to c. 350 BCE", "תנ״ך"),
    Work.Era.TANNAIM: ("c. 10–220", "תנאים"),
    Work.Era.AMORAIM: ("c. 220–500", "אמוראים"),
    Work.Era.GEONIM: ("c. 600–1038", "גאונים"),
    Work.Era.RISHONIM: ("1038–1500", "ראשונים"),
    Work.Era.ACHARONIM: ("1500–1900", "אחרונים"),
    Work.Era.MODERN: ("1900–today", "הדורות האחרונים"),
    UNDATED: ("", "ללא תאריך"),
}


@dataclass(frozen=True)
class Side:
    """One position as the question's page shows it: how many sources bear on it in
    any way, how many support it, and how many of these say so outright.

    `start` is the plainest supporter, the earliest of these; None where none is.
    """

    position: object
    sources: int
    supporting: int
    outright: int
    start: Bearing | None


@dataclass(frozen=True)
class Gathering:
    """The published sources of a question: five queries, however many there are.

    Of each era and position at most MOST bearings are here, the plainest first to be
    taken; `counted` holds how many there are.
    """

    question: Question
    sides: tuple
    bearings: tuple  # in order of generation
    eras: dict  # how many published sources each era has
    counted: picture.Counted
    links: tuple  # (cited, citing) of every link between sources of these bearings

    @classmethod
    def of(cls, question, keep=frozenset()):
        """What is published of a question; sources of these keys are all taken."""
        positions = question.positions.in_order()
        asked = Bearing.objects.published().taking_a_side().filter(question=question)
        bearings = plainest(asked, keep)
        cells = cells_of(asked)
        eras = eras_of(asked)
        keys = {bearing.source_id for bearing in bearings}
        links = Citation.objects.visible_to(None).filter(
            cited__in=keys, citing__in=keys
        )
        signs = {position.pk: position.sign for position in positions}
        return cls(
            question=question,
            sides=tuple(side_of(each, cells, bearings) for each in positions),
            bearings=bearings,
            eras={era: count for era, count, _ in eras},
            counted=picture.Counted(
                {(era, signs[key]): row.bearings for (era, key), row in cells.items()},
                {era: sided for era, _, sided in eras if sided},
                sum(sided for _, _, sided in eras),
            ),
            links=tuple(links.values_list("cited_id", "citing_id")),
        )

    @cached_property
    def sources(self):
        """How many sources are published, whether they take a side or not."""
        return sum(self.eras.values())

    @cached_property
    def marks(self):
        return tuple(map(mark_of, self.bearings))

    @cached_property
    def left_out(self):
        """(band, position, how many bearings are not here) of each full cell."""
        here = Counter((mark.era, mark.sign) for mark in self.marks)
        return [
            (band, side.position, count, band.more_urls[side.position.sign])
            for band in self.bands()
            for side in self.sides
            if (count := self.missing(here, (band.era, side.position.sign)))
        ]

    def missing(self, here, cell):
        return self.counted.cells.get(cell, 0) - here[cell]

    @cached_property
    def drawn(self):
        """The drawings for a page in English: wide, narrow."""
        return self.drawings(rtl=False)

    @cached_property
    def drawn_in_hebrew(self):
        """The same, mirrored, with Hebrew labels."""
        return self.drawings(rtl=True)

    def drawings(self, *, rtl):
        drawn = self.picture()
        return drawn.wide(rtl=rtl), drawn.narrow(rtl=rtl)

    def picture(self, lit=None):
        """The picture's value, from which its drawings are asked.

        `lit` is the key of a source whose marks are lit.
        """
        return picture.Picture(
            columns=tuple(map(column_of, self.sides)),
            bands=tuple(self.bands()),
            marks=tuple(replace(one, lit=one.source == lit) for one in self.marks),
            lines=self.links,
            counted=self.counted,
        )

    def bands(self):
        """A band for each era that holds a published source."""
        slugs = {side.position.sign: side.position.slug for side in self.sides}
        for era in sorted(self.eras):
            years, name_he = SHELVES[era]
            era_term = "" if era == UNDATED else f"era={era_slug(era)}&"
            address = f"{reverse('sources')}?{era_term}"
            yield picture.Band(
                era=era,
                name=era_name(era),
                name_he=name_he,
                years=years,
                background=self.eras[era] - self.counted.eras.get(era, 0),
                background_url=f"{address}position=none",
                more_urls={
                    sign: f"{address}position={slug}" for sign, slug in slugs.items()
                },
            )


@dataclass(frozen=True)
class Whole:
    """What the page of every source asks of the whole library, as plain values."""

    picture: picture.Picture | None
    net: chains.Net

    def locator(self, keys, bearings=()):
        """See `locator`."""
        if self.picture is None:
            return ""
        shown = self.picture
        signs = {column.sign for column in shown.columns}
        here = {mark.source for mark in shown.marks}
        more = tuple(
            mark_of(one)
            for one in bearings
            if one.position_id and one.source_id not in here and stands(one, signs)
        )
        lit = keys & (here | {mark.source for mark in more})
        return replace(shown, marks=shown.marks + more).mini(lit) if lit else ""

    def net_for(self, user):
        """The links whose ends may be named to this user: an editor's one query."""
        return chains.named_links(user) if may_see_drafts(user) else self.net


@once_a_stamp
def gathered():
    """The Gathering of the site's question, or None where nothing is asked yet."""
    asked = Question.objects.first_question()
    return asked and Gathering.of(asked)


@once_a_stamp
def whole():
    """The library's picture and links: what `gathered` costs, and one query."""
    gathering = gathered()
    return Whole(gathering and gathering.picture(), chains.named_links(None))


def locator(keys: set[int], bearings=()):
    """The small picture with these sources' marks lit, as safe SVG.

    `bearings` are theirs, with position and work: what of them is published stands
    in it even where a large library's picture leaves it out. "" where none of the
    sources takes a side, or nothing is asked yet.
    """
    return whole().locator(keys, bearings)


def stands(bearing, signs):
    """Whether everyone may see a bearing, in one of the columns of these signs."""
    is_public = bearing.is_published and bearing.source.is_published
    return is_public and bearing.position.sign in signs


def side_of(position, cells, bearings):
    """A position with the sum of its cells: a source has one era."""
    own = [row for (_, key), row in cells.items() if key == position.pk]
    supporters = [
        one
        for one in bearings
        if one.position_id == position.pk and one.direction == "supports"
    ]
    return Side(
        position,
        sources=sum(row.sources for row in own),
        supporting=sum(row.supporting for row in own),
        outright=sum(row.outright for row in own),
        # Of equally plain ones the first: they come in order of generation.
        start=max(
            supporters, key=lambda one: picture.PLAINNESS[one.basis], default=None
        ),
    )


def era_name(era):
    """The shelf's name; `era` is a number of Work.Era, or UNDATED."""
    return "Undated" if era == UNDATED else str(Work.Era(era).label)


def era_slug(era):
    """The shelf's word in addresses."""
    return era_name(era).lower()


def column_of(side):
    position = side.position
    return picture.Column(
        sign=position.sign,
        name=position.name,
        short_name=position.name.removeprefix("In ").capitalize(),
        name_he=position.name_he,
        count=side.sources,
    )


def mark_of(bearing):
    source = bearing.source
    return picture.Mark(
        source=source.pk,
        url=source.get_absolute_url(),
        sign=bearing.position.sign,
        direction=bearing.direction,
        basis=bearing.basis,
        label=source.reference_en,
        label_he=source.reference_he,
        short=source.short or source.reference_en,
        short_he=source.short_he or source.reference_he,
        era=source.work.era or UNDATED,
    )
