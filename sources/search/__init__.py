"""Searching the library: one way of asking, the same answers on both databases."""

from sources.search.documents import (
    document_for,
    keep,
    rebuild,
    rebuild_outdated,
    write,
)
from sources.search.facets import Facet
from sources.search.finding import MOST, Hit, Results, find
from sources.search.marking import Piece
from sources.search.query import read
from sources.search.suggesting import Suggestion, nearest, suggest

__all__ = [
    "MOST",
    "Facet",
    "Hit",
    "Piece",
    "Results",
    "Suggestion",
    "document_for",
    "find",
    "keep",
    "nearest",
    "read",
    "rebuild",
    "rebuild_outdated",
    "suggest",
    "write",
]
