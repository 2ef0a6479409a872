"""The names of a work's parts, by which its addresses call them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import portions
from .folding import key


def names_of_parts(bounds: Mapping[str, Any]) -> dict[str, int]:
    """Every key by which a part may be called, with the part's number."""
    names: dict[str, int] = {}
    for index, section in enumerate(bounds.get("sections", ()), 1):
        for name in (section["en"], section["he"]):
            for other in portions.namesakes(name):
                names.setdefault(other, index)
        names.setdefault(key(section["slug"]), index)
    return names
