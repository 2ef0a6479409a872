"""The picture for phones: short labels, and a bar above each era."""

from sources.picture.drawing import Drawing
from sources.picture.layout import narrow_geometry
from sources.picture.shapes import number
from sources.picture.words import fitted


class NarrowDrawing(Drawing):
    """A narrow column; its lines have no names, for a phone has no hover."""

    form = "narrow"
    arcs_are_named = False

    def measures(self, mirrored):
        return narrow_geometry(mirrored)

    def grounds(self):
        return []

    def label(self, mark, bold):
        words, geometry = self.words, self.geometry
        room = {
            "before": geometry.before - geometry.gap,
            "stages": geometry.far_rail - geometry.rail - 14,
            "after": geometry.width - geometry.after - geometry.gap,
        }[mark.sign]
        short = words.short(mark) or words.label(mark)
        return fitted(short, short, room, geometry.font, bold=bold)

    def titles(self):
        """A bar above each era's band, with its name and years."""
        geometry = self.geometry
        for shelf in self.shelves:
            y = shelf.top + 16.5
            yield (
                f'<rect class="bar" x="0" y="{number(shelf.top)}" '
                f'width="{geometry.width}" height="24"/>'
            )
            name = self.words.band(shelf.band)
            yield self.text(f"era{self.start}", geometry.x(10), y, name)
            if years := self.words.years(shelf.band):
                yield self.text("yr e", geometry.width - 10, y, years)

    def background(self, shelf):
        """A foot below the era's marks, with a ground that keeps lines off it."""
        top = number(shelf.bottom - self.geometry.foot)
        return (
            f'<rect class="bar foot" x="0" y="{top}" width="{self.geometry.width}" '
            f'height="{self.geometry.foot}" aria-hidden="true"/>'
        ) + super().background(shelf)

    def background_place(self, shelf):
        return 10, shelf.bottom - self.geometry.foot / 2
