"""What someone has written where the key of a record belongs."""

LONGEST = 18  # digits that both databases hold


def is_key(written):
    """Whether this may be the key of a record."""
    said = str(written)
    return said.isascii() and said.isdecimal() and len(said) <= LONGEST
