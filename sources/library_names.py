"""What each record is called in the library's files."""

import re

from sources.models import Question, Source

LONGEST = 90  # code points: a number may be added, and `library_name` holds 100


def in_files(model):
    """Every record of a kind by its name in the files, in a fixed order.

    A record that was loaded has its `library_name`. One that was made here is called
    by its slug, or by its work and place; where that name is taken, a number is
    added. So a dump names it, and a load finds it again, without writing it.
    """
    records = model._base_manager.order_by("pk")
    if model is Source:
        records = records.select_related("work")
    records = list(records)
    names = {row.library_name: row for row in records if row.library_name}
    for record in records:
        if not record.library_name:
            names[_free(_own_name(record), names)] = record
    return names


def _own_name(record):
    if isinstance(record, Question):
        return "question"  # the name of its one file
    if isinstance(record, Source):
        place = f"{record.work.slug}-{record.place_in_url}"
        return as_name(place)
    return record.slug[:LONGEST]


def as_name(text):
    """A text as the name of a file: "Rashi, 17b" is "rashi-17b"."""
    return re.sub("[^a-z0-9]+", "-", text.casefold()).strip("-")[:LONGEST]


def _free(name, taken):
    free, number = name, 1
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free
