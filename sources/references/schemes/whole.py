"""Works that are cited as a whole: they have no addresses."""

from ..places import Spans
from ..work import Bounds
from .base import Scheme


class Whole(Scheme):
    """No place but the whole work."""

    name = "whole"
    example = "its title alone"

    def read_hebrew(self, text: str, bounds: Bounds) -> Spans:
        raise self.refusal(text)

    def url(self, spans: Spans, bounds: Bounds) -> str:
        return "whole"

    def english(self, spans: Spans, bounds: Bounds) -> str:
        return ""

    def hebrew(self, spans: Spans, bounds: Bounds) -> str:
        return ""

    def sefaria(self, spans: Spans, bounds: Bounds) -> str:
        return ""

    def check(self, spans: Spans, bounds: Bounds, title: str = "It") -> None:
        if spans:
            raise self.refusal(title)
