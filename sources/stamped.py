"""What is worked out from the whole library, kept until the library changes."""

from functools import wraps

from sources.models import Stamp


def once_a_stamp(make):
    """Decorate a function without arguments: its value is kept under the stamp.

    Each call costs one query for the stamp, and what `make` costs where the stamp has
    changed or a change is open. Kept under the stamp's number and digest: a number
    alone may come again after a rollback. What is kept is shared by all threads and
    must never be changed. `kept` on the function is its memory, for tests.
    """
    kept = {}

    @wraps(make)
    def kept_or_made():
        stamp = Stamp.objects.filter(pk=1).values_list("number", "digest").first()
        if stamp is None or not stamp[1]:
            return make()
        made = kept.get(stamp)
        if made is None:
            made = make()
            kept.clear()  # another thread may do so too: only `made` is relied on
            kept[stamp] = made
        return made

    kept_or_made.kept = kept
    return kept_or_made
