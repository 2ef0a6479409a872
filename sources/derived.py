"""What the gate works out of a source's own fields and its bearings."""

from django.core.exceptions import ValidationError

from sources import rules
from sources.models import Source, State

LONGEST_REFERENCE = Source._meta.get_field("reference_en").max_length


def derive(source, now):
    """Write what is worked out from a source's own fields and its bearings."""
    reference = rules.reference_of(source)
    part = f" ({source.part_title})" if source.part_title else ""
    place = f", {source.place}" if source.place else ""
    part_he = f" ({source.part_title_he})" if source.part_title_he else ""
    place_he = f", {source.place_he}" if source.place_he else ""
    source.address = reference.address
    source.reference_en = f"{reference.english}{place}{part}"
    source.reference_he = f"{reference.hebrew}{place_he}{part_he}"
    if max(len(source.reference_en), len(source.reference_he)) > LONGEST_REFERENCE:
        reason = f"The whole reference has more than {LONGEST_REFERENCE} characters."
        raise ValidationError(f"{reason} Shorten the words for its place or part.")
    source.place_in_url = "-".join(filter(None, (reference.address, source.part)))
    source.sort_key = reference.sort_key
    source.is_contested = _is_contested(source)
    if source.is_published and source.first_published_at is None:
        source.first_published_at = now
    source.save(
        update_fields=[n for n in source.derived if n != "version"] + ["address"]
    )


def _is_contested(source):
    """Published bearings on two different answers, or in opposite directions."""
    bearings = source.bearings.filter(state=State.PUBLISHED, position__isnull=False)
    rows = list(bearings.values_list("position", "position__kind", "direction"))
    answers = {position for position, kind, _ in rows if kind == "answer"}
    return len(answers) > 1 or {"supports", "disputes"} <= {row[2] for row in rows}
