"""What is worked out from the whole library, kept until the library changes."""

from functools import wraps

from sources.models import Stamp

MOST = 50  # values of one function
_memories = []


def once_a_stamp(make):
    """Decorate a function: its value for what it is asked is kept under the stamp.

    Each call costs one query for the stamp, and what `make` costs where the stamp has
    changed or a change is open. Kept under the stamp's number and digest: a number
    alone may come again after a rollback. What is kept is shared by all threads and
    must never be changed; of a function with arguments, which are hashable, no more
    than `MOST` values are. `kept` on the function is its memory, for tests.
    """
    kept = {}
    _memories.append(kept)

    @wraps(make)
    def kept_or_made(*asked):
        stamp = Stamp.objects.filter(pk=1).values_list("number", "digest").first()
        if stamp is None or not stamp[1]:
            return make(*asked)
        made = kept.get((stamp, asked))
        if made is None:
            made = make(*asked)
            # Another thread may do so too: only `made` is relied on.
            if len(kept) >= MOST or any(each != stamp for each, _ in [*kept]):
                kept.clear()
            kept[stamp, asked] = made
        return made

    kept_or_made.kept = kept
    return kept_or_made


def forget():
    """Let go of all that is kept: the next to ask of each works it out anew."""
    for kept in _memories:
        kept.clear()
