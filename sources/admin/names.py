"""Finding records by their names as people write them, points passed over."""

from sources.text import fold


def matching(model, fields, query):
    """The ids of the records in whose names every word of `query` begins a word.

    Names are compared folded, in Python: for tables of some thousands of names.
    """
    wanted = fold(query).split()
    found = set()
    for key, *names in model._base_manager.values_list("pk", *fields):
        words = fold(" ".join(filter(None, names))).split()
        if all(any(word.startswith(part) for word in words) for part in wanted):
            found.add(key)
    return found
