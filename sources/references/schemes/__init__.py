"""The address schemes by name: what a work's `scheme` may be."""

from .base import Scheme
from .daf import Daf
from .named import Named
from .numbered import Numbered
from .whole import Whole
from .zohar import Zohar

SCHEMES: dict[str, Scheme] = {
    scheme.name: scheme
    for scheme in (
        Numbered("verse", "60:4 or 60:4-9, 21", 2),
        Numbered("section", "11:4", 2),
        Numbered("chapter", "30", 1),
        Daf(),
        Zohar(),
        Named(),
        Whole(),
    )
}

__all__ = ["SCHEMES", "Scheme"]
