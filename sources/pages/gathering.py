"""All that bears on one question, gathered once for its page and its picture."""

from collections import Counter
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import cached_property

from sources import chains, picture
from sources.models import Bearing, Question, Source, Work
from sources.querysets import may_see_drafts
from sources.stamped import once_a_stamp

UNDATED = 8  # after the last era

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
    """One position as the question's page shows it."""

    position: object
    bearings: tuple

    @cached_property
    def sources(self):
        """How many sources bear on it, in any way."""
        return len({bearing.source_id for bearing in self.bearings})

    @cached_property
    def supporters(self):
        """Its supporting bearings, in order of generation."""
        return [one for one in self.bearings if one.direction == "supports"]

    @cached_property
    def supporting(self):
        """How many sources support it."""
        return len({bearing.source_id for bearing in self.supporters})

    @cached_property
    def outright(self):
        """How many sources support it and say so outright."""
        explicit = [one for one in self.supporters if one.basis == "explicit"]
        return len({bearing.source_id for bearing in explicit})

    @cached_property
    def start(self):
        """The plainest supporter, the earliest of these; None where there is none."""
        plainness = [value for value, _ in Bearing.Basis.choices]
        return min(
            self.supporters,
            key=lambda bearing: plainness.index(bearing.basis),
            default=None,
        )


@dataclass(frozen=True)
class Gathering:
    """The published sources of a question: four queries, however many there are."""

    positions: tuple
    bearings: tuple
    eras: tuple  # (source, era) of every published source
    named: chains.Net  # every link whose ends may be named to everyone

    @classmethod
    def of(cls, question):
        return cls(
            positions=tuple(question.positions.in_order()),
            bearings=tuple(
                Bearing.objects.published()
                .taking_a_side()
                .filter(question=question)
                .select_related("position", "source__work")
                .by_generation()
            ),
            eras=tuple(Source.objects.published().values_list("pk", "work__era")),
            named=chains.named_links(None),
        )

    @cached_property
    def links(self):
        """(cited, citing) of every link between published sources."""
        return tuple((one.cited, one.citing) for one in self.named.links if one.is_open)

    @cached_property
    def sources(self):
        return len(self.eras)

    @cached_property
    def sided(self):
        """The keys of the sources that take a side."""
        return {bearing.source_id for bearing in self.bearings}

    @cached_property
    def sides(self):
        return [
            Side(
                position,
                tuple(one for one in self.bearings if one.position_id == position.pk),
            )
            for position in self.positions
        ]

    def picture(self, lit=None):
        """The picture's value, from which its drawings are asked.

        `lit` is the key of a source whose marks are lit.
        """
        return picture.Picture(
            columns=tuple(map(column_of, self.sides)),
            bands=tuple(self.bands()),
            marks=tuple(mark_of(one, lit) for one in self.bearings),
            lines=self.links,
        )

    def bands(self):
        """A band for each era that holds a published source."""
        background = Counter(
            era or UNDATED for pk, era in self.eras if pk not in self.sided
        )
        slugs = {position.sign: position.slug for position in self.positions}
        for era in sorted({era or UNDATED for _, era in self.eras}):
            years, name_he = SHELVES[era]
            era_term = "" if era == UNDATED else f"era={era_slug(era)}&"
            address = f"{reverse('sources')}?{era_term}"
            yield picture.Band(
                era=era,
                name=era_name(era),
                name_he=name_he,
                years=years,
                background=background[era],
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

    def locator(self, keys):
        """See `locator`."""
        if self.picture is None:
            return ""
        lit = keys & {mark.source for mark in self.picture.marks}
        return self.picture.mini(lit) if lit else ""

    def net_for(self, user):
        """The links whose ends may be named to this user: an editor's one query."""
        return chains.named_links(user) if may_see_drafts(user) else self.net


@once_a_stamp
def whole():
    """The library's picture and links: five queries when they are made."""
    asked = Question.objects.first_question()
    if asked is None:
        return Whole(None, chains.named_links(None))
    gathering = Gathering.of(asked)
    return Whole(gathering.picture(), gathering.named)


def locator(keys: set[int]):
    """The small picture with these sources' marks lit, as safe SVG.

    "" where none of them takes a side, or nothing is asked yet.
    """
    return whole().locator(keys)


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


def mark_of(bearing, lit=None):
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
        lit=source.pk == lit,
    )
