"""A work as references need it: its names, its scheme of addresses, its bounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from .parts import names_of_parts

Bounds = Mapping[str, Any]


@dataclass(frozen=True)
class Title:
    """One way of writing a name; `language` is "en" or "he"."""

    text: str
    language: str = "en"
    kind: str = "variant"


@dataclass(frozen=True, order=True)
class Work:
    """A book that can be cited; two of the same slug are the same work.

    `bounds` is what the work's scheme needs (verses, dapim, volumes, chapters,
    levels or sections). `explains` is the slug of the work commented on, and
    `commentator` the ways of writing the commentator's name.
    """

    slug: str
    title: str = field(compare=False)
    title_he: str = field(compare=False)
    scheme: str = field(compare=False)
    bounds: Bounds = field(default_factory=dict, compare=False)
    titles: tuple[Title, ...] = field(default=(), compare=False)
    sefaria: str = field(default="", compare=False)
    explains: str = field(default="", compare=False)
    short: str = field(default="", compare=False)
    short_he: str = field(default="", compare=False)
    commentator: tuple[Title, ...] = field(default=(), compare=False)

    @cached_property
    def parts(self) -> dict[str, int]:
        """The number of each named part by its names' keys; for running text."""
        return names_of_parts(self.bounds)
