"""The catalogue of the curated library, read from its files without a database."""

from functools import cache
from pathlib import Path

from sources.library_files import read_library
from sources.references import Catalogue, Reference, Title, Work, from_address

LIBRARY = Path(__file__).parents[2] / "sources" / "library"


@cache
def catalogue():
    """Every work of the curated library, in the order of its shelf."""
    library = read_library(LIBRARY)
    entries = sorted(
        library.works, key=lambda entry: (entry.values.get("order", 0), entry.name)
    )
    return Catalogue(_work(entry, library.commentators) for entry in entries)


def _work(entry, commentators):
    values = entry.values
    return Work(
        slug=entry.name,
        title=values["title"],
        title_he=values.get("title_he", ""),
        scheme=values["scheme"],
        bounds=values.get("bounds", {}),
        titles=tuple(
            Title(row["text"], row["language"], row["kind"])
            for row in values.get("titles", [])
        ),
        sefaria=values.get("sefaria", ""),
        explains=values.get("explains", ""),
        short=values.get("short", ""),
        short_he=values.get("short_he", ""),
        commentator=tuple(
            Title(way["text"], way["language"])
            for way in commentators.get(values.get("commentator"), [])
        ),
    )


def at(place):
    """The reference that "work-slug/address" names."""
    slug, _, address = place.partition("/")
    return from_address(catalogue().works[slug], address)


def parts(reference):
    """Each span of a reference as a reference of its own; the whole work is one."""
    if not reference.spans:
        return [reference]
    return [Reference(reference.work, (span,)) for span in reference.spans]


def place(reference):
    """A reference as "work-slug/address"."""
    return f"{reference.work.slug}/{reference.address}"


def places(references):
    """All spans of some references, in order, each as "work-slug/address"."""
    return [place(part) for reference in references for part in parts(reference)]


def resolved(found):
    """The places of what `find` resolved; an open citation is "?"."""
    shown = []
    for citation in found.citations:
        is_open = citation.reference is None
        shown += ["?"] if is_open else places([citation.reference])
    return shown
