"""What can be wrong with a reference, each with a sentence for a person."""


class ReferenceProblem(ValueError):
    """A reference that cannot be used; `reason` is a sentence for a person."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotAReference(ReferenceProblem):
    """The words are not written as a reference that we know."""


class OutOfBounds(ReferenceProblem):
    """The work is known, but it has no such place; `work` is that work's slug."""

    work = ""


class Backwards(NotAReference):
    """A range whose end stands before its start."""
