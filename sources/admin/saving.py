"""What one posted form of the admin asks of the gate, and how the gate answers."""

import uuid
from dataclasses import dataclass, field
from datetime import UTC

from django.apps import apps
from django.core.exceptions import BadRequest, ValidationError
from django.db.models import UniqueConstraint
from django.http import HttpResponse
from django.utils import formats

from sources.admin import deeds, differences
from sources.models import Change
from sources.text import clean_text

LONGEST_VERSION = 9  # digits
LONGEST_WHY = 2000  # code points


class Saved(HttpResponse):
    """Stands for the answer to a form that was saved, until the gate has kept it."""


class NotSaved(Exception):
    """Undoes the claim: the form was shown again, and `response` shows it."""

    def __init__(self, response):
        super().__init__("The form was not saved.")
        self.response = response


class AlreadyMade(Exception):
    """This very form has made its record before: `record`."""

    def __init__(self, record):
        super().__init__("This form was saved before.")
        self.record = record


@dataclass
class Saving:
    """One posted form: what it says beside its fields, and what became of it.

    `opened` is the version that the form was opened at, None where it does not say;
    `seen` a newer one that its editor has read since.
    """

    opened: int | None
    key: uuid.UUID
    why: str
    claim: object = None
    record: object = None
    refusal: ValidationError | None = None
    newer: object = None
    deed: deeds.Deed | None = None
    proposal: object = None
    differences: list = field(default_factory=list)
    seen: int | None = None
    merging: object = None

    @classmethod
    def of(cls, request):
        """Read it from a request. Raises BadRequest for a key that is no key."""
        posted = request.POST
        return cls(
            opened=read_version(posted.get("opened", "")),
            seen=read_version(posted.get("seen", "")),
            key=_key(posted.get("creation_key", "")),
            why=read_why(request),
            deed=deeds.named(posted.get("_deed", "")),
        )

    def refuse(self, error):
        """Let the form be shown again with this ValidationError."""
        self.refusal = error

    def refuse_as_stale(self, stored):
        """Let the form be shown again, with who has saved `stored` and what differs."""
        changes = Change.objects.of(stored._meta.model_name, stored.pk)
        self.newer = stored.version
        last = changes.select_related("editor").filter(number=stored.version).first()
        opened = changes.filter(number=self.opened).first() if self.opened else None
        if opened and last:
            self.differences = differences.between(
                type(stored), opened.record, last.record
            )
        self.refusal = ValidationError(self._said_of(last))

    def _said_of(self, last):
        kept = "Nothing of yours was saved, and all that you typed is still below."
        if self.opened is None:
            return f"This form does not say which version it was opened at. {kept}"
        if last is None:
            return f"The record has been saved since you opened it. {kept}"
        at = formats.date_format(last.at.astimezone(UTC), "j F Y, H:i") + " UTC"
        who = last.editor or "The library's files"
        return f"{who} saved this record on {at}, after you had opened it. {kept}"


def read_why(request):
    """Why the editor makes the change, as the form says it; it may be empty."""
    return clean_text(request.POST.get("why", ""))[:LONGEST_WHY].strip()


def read_version(written):
    """A version's number as a form gives it, or None for what is none."""
    is_number = written.isascii() and written.isdigit()
    return int(written) if is_number and len(written) <= LONGEST_VERSION else None


def _key(written):
    try:
        return uuid.UUID(written) if written else uuid.uuid4()
    except ValueError as error:
        raise BadRequest("The form's key is damaged. Open the form again.") from error


def said_by_database(error):
    """An IntegrityError as a ValidationError that an editor can read."""
    for model in apps.get_app_config("sources").get_models():
        for constraint in model._meta.constraints:
            if _is_broken(model, constraint, str(error)):
                return ValidationError(_sentence(constraint))
    return ValidationError(
        "The library holds a row like this one already, or a rule of the database "
        "refuses it. Nothing was saved."
    )


def _is_broken(model, constraint, said):
    """True if the database named the constraint, or, as SQLite does, its columns."""
    if constraint.name in said:
        return True
    if not isinstance(constraint, UniqueConstraint):
        return False
    table = model._meta.db_table
    fields = map(model._meta.get_field, constraint.fields)
    columns = ", ".join(f"{table}.{field.column}" for field in fields)
    return said.endswith(f"UNIQUE constraint failed: {columns}")


def _sentence(constraint):
    if constraint.violation_error_message != constraint.default_violation_error_message:
        return constraint.violation_error_message
    rule = constraint.name.replace("_", " ")
    return f"The library refuses this: its rule is “{rule}”. Nothing was saved."
