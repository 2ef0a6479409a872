"""What an editor does with a record beside saving it: review, publish, withdraw."""

from dataclasses import dataclass, field

from sources import review
from sources.models import State

DRAFT, IN_REVIEW = State.DRAFT, State.IN_REVIEW
PUBLISHED, WITHDRAWN = State.PUBLISHED, State.WITHDRAWN


@dataclass(frozen=True)
class Deed:
    """One button of a form: which states it leads from, and where.

    `record` and `bearings` map a state to the one that it becomes; `wants` says
    whether the deed is a reviewer's.
    """

    name: str
    label: str
    done: str = ""
    record: dict = field(default_factory=dict)
    bearings: dict = field(default_factory=dict)
    wants: str = "change"


DEEDS = {
    deed.name: deed
    for deed in (
        Deed(
            "review",
            "Send to review",
            "It is in review: another editor reads it and publishes it.",
            {DRAFT: IN_REVIEW},
            {DRAFT: IN_REVIEW},
        ),
        Deed(
            "publish",
            "Publish",
            "It is published.",
            {IN_REVIEW: PUBLISHED},
            {IN_REVIEW: PUBLISHED},
            wants="publish",
        ),
        Deed(
            "draft",
            "Back to draft",
            "It is a draft again.",
            {IN_REVIEW: DRAFT},
            {IN_REVIEW: DRAFT},
        ),
        Deed(
            "confirm",
            "Confirm its published bearings",
            "Its bearings bear your name as the second editor's.",
            wants="publish",
        ),
        Deed(
            "withdraw",
            "Withdraw",
            "It is withdrawn: readers no longer see it, and it can be restored.",
            {DRAFT: WITHDRAWN, IN_REVIEW: WITHDRAWN, PUBLISHED: WITHDRAWN},
        ),
        Deed("restore", "Restore as a draft", "It is back.", {WITHDRAWN: DRAFT}),
    )
}
# As a visitor would see it: what the form's preview shows and then undoes.
PREVIEW = Deed(
    "preview",
    "Preview",
    record=dict.fromkeys(State, PUBLISHED),
    bearings={DRAFT: PUBLISHED, IN_REVIEW: PUBLISHED},
)
# Where one person may write and publish, what is drafted is published at once.
AT_ONCE = {DRAFT: PUBLISHED, IN_REVIEW: PUBLISHED}


def named(name):
    """The deed of this name, or None."""
    return PREVIEW if name == PREVIEW.name else DEEDS.get(name)


def offered(record, user):
    """The deeds that this user may do with a record as it is stored now."""
    return [deed for deed in DEEDS.values() if _is_offered(deed, record, user)]


def _is_offered(deed, record, user):
    if deed.wants == "publish" and not review.may_publish(user, type(record)):
        return False
    if record.is_published and deed.name == "withdraw":
        return review.may_publish(user, type(record))
    if record.pk is None:
        return deed.name == "review" or (deed.name == "publish" and review.one_editor())
    if deed.name == "confirm":
        return any(_awaits_review(bearing) for bearing in _bearings(record))
    steps, of_bearings = _steps(deed)
    if record.state in steps:
        return True
    return record.is_published and any(
        bearing.state in of_bearings for bearing in _bearings(record)
    )


def _steps(deed):
    if deed.name == "publish" and review.one_editor():
        return AT_ONCE, AT_ONCE
    return deed.record, deed.bearings


def _bearings(record):
    return record.bearings.all() if hasattr(record, "bearings") else ()


def _awaits_review(bearing):
    return bearing.is_published and bearing.reviewed_by_id is None


def bring(record, deed):
    """Set the record's state as the deed says, before it is saved."""
    if deed is not None:
        record.state = _steps(deed)[0].get(record.state, record.state)


def bring_bearings(record, deed, user, now):
    """Save the states of a source's bearings as the deed says, after the form's."""
    if deed is None:
        return
    steps = _steps(deed)[1]
    for bearing in _bearings(record):
        if deed.name == "confirm" and _awaits_review(bearing):
            bearing.reviewed_by, bearing.reviewed_at = user, now
            bearing.save(update_fields=["reviewed_by", "reviewed_at"])
        elif bearing.state in steps:
            bearing.state = steps[bearing.state]
            bearing.save(update_fields=["state"])
