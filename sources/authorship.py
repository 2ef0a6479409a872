"""Who wrote what stands, and what of it is public: read from the kept states."""

from sources.models import Bearing, Change, State

# Fields of a record, or of its rows, that no page shows to a reader.
NOT_PUBLIC = frozenset({"notes", "library_name", "creation_key", "state"})
# Who has reviewed a bearing: said by the second editor, not by the one who wrote it.
BY_THE_SECOND = frozenset({"reviewed_by_id", "reviewed_at"})


def is_public(state):
    """Whether a record, or a bearing, is published in its kept state."""
    return state.get("state") == State.PUBLISHED


def public(state, other):
    """What readers see of a kept state, but for bearings not public in `other` too.

    A bearing that is being published or withdrawn has its own rule.
    """
    seen = {name: value for name, value in state.items() if name not in NOT_PUBLIC}
    if "bearings" in seen:
        others = {row["id"] for row in other.get("bearings", ()) if is_public(row)}
        rows = [row for row in seen["bearings"] if row["id"] in others]
        seen["bearings"] = [told(row) for row in rows if is_public(row)]
    return seen


def told(row):
    """All of a bearing but who has reviewed it."""
    return {name: value for name, value in row.items() if name not in BY_THE_SECOND}


def said_in(row):
    """What a reader would read of a record without its bearings, or of a bearing."""
    passed = NOT_PUBLIC | BY_THE_SECOND | {"bearings"}
    return {name: value for name, value in row.items() if name not in passed}


def finder_of(key):
    """The bearing of this id in a kept state; {} where it has none."""

    def row_of(state):
        rows = state.get("bearings", ())
        return next((row for row in rows if row["id"] == key), {})

    return row_of


def in_review(save, row_of):
    """The ids of who sent it to review, and of who wrote what it says now.

    The first made the oldest of the latest changes that all left it in review, the
    second the oldest of those that left it saying what it says.
    """
    kind = save.record._meta.model_name
    changes = Change.objects.of(kind, save.record.pk).order_by("-number")
    sender, writer = None, save.editor.pk
    said, is_same = said_in(row_of(save.after)), True
    for editor, record in changes.values_list("editor_id", "record").iterator():
        row = row_of(record)
        if row.get("state") != State.IN_REVIEW:
            break
        # What a later version of the site has added is not asked of an older state.
        is_same &= all(said.get(name) == value for name, value in said_in(row).items())
        sender, writer = editor, editor if is_same else writer
    return sender, writer


def last_writer(save, key):
    """The id of the editor who last changed this bearing's words."""
    kind = save.record._meta.model_name
    changes = Change.objects.of(kind, save.record.pk)
    writer, before = None, None
    for editor, record in changes.values_list("editor_id", "record").iterator():
        row = next((r for r in record.get("bearings", ()) if r["id"] == key), None)
        if row is not None and told(row) != before:
            writer, before = editor, told(row)
    return writer


def bearing_named(row):
    """How a sentence names a bearing: by what its form shows."""
    direction = Bearing.Direction(row["direction"]).label
    basis = Bearing.Basis(row["basis"]).label
    return f"the bearing that {direction} ({basis})"
