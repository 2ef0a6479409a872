"""Each kind of work that waits, as the records that it waits on.

A kind is a question to the database, so that the desk's count and the list to which
it leads can never say two things.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models
from django.db.models import Exists, OuterRef, Q

from sources.models import (
    Bearing,
    Change,
    Essay,
    EssayClaim,
    Path,
    Source,
    State,
    Text,
    Topic,
    Work,
)
from sources.stamped import once_a_stamp

MOST = 1000  # counted of one kind; beyond, the desk says "1 000+"


@dataclass(frozen=True)
class Waiting:
    """One kind of work on the records of one model.

    `name` stands in addresses, `title` on the desk, `says` what to do about it;
    `right` is what one needs to act on it. `ask(records, user)` gives the records.
    """

    name: str
    model: type[models.Model]
    title: str
    says: str
    ask: Callable
    right: str = "change"
    is_mine: bool = False

    @property
    def key(self):
        return f"{self.model._meta.model_name}:{self.name}"

    def is_for(self, user):
        """Whether this user may act on it."""
        return user.has_perm(f"sources.{self.right}_{self.model._meta.model_name}")


def among(records, name, user):
    """Those of these records on which the kind of this name waits.

    Raises KeyError where no kind of their model has that name.
    """
    model = records.model._meta.model_name
    kind = {each.key: each for each in WAITING}[f"{model}:{name}"]
    return kind.ask(records, user)


@once_a_stamp
def counts():
    """How many records each kind waits on for everyone alike, to MOST and one more."""
    return {kind.key: count(kind, None) for kind in WAITING if not kind.is_mine}


def count(kind, user):
    """How many records a kind waits on for this user, to MOST and one more."""
    found = kind.ask(kind.model.objects.all(), user).order_by().values("pk")
    return found[: MOST + 1].count()


def _in_review(records, user):
    return records.filter(state=State.IN_REVIEW)


def _bearings_in_review(sources, user):
    return sources.exclude(state=State.WITHDRAWN).filter(
        _has(Bearing.objects.filter(state=State.IN_REVIEW))
    )


def _my_drafts(records, user):
    changes = Change.objects.filter(kind=records.model._meta.model_name, editor=user)
    mine = changes.order_by().values("record_id")
    return records.filter(state=State.DRAFT, pk__in=mine)


def _standing(sources):
    return sources.exclude(state=State.WITHDRAWN)


def _has(rows):
    return Exists(rows.filter(source=OuterRef("pk")))


def _without_words(sources, user):
    """A bearing that is read so by others can do without; see `review`."""
    bearings = Bearing.objects.exclude(state=State.WITHDRAWN).filter(words="")
    return _standing(sources).filter(
        _has(bearings.exclude(basis=Bearing.Basis.INFERRED))
    )


def _without_bearing(sources, user):
    bearings = Bearing.objects.exclude(state=State.WITHDRAWN)
    return _standing(sources).exclude(_has(bearings))


def _without_translation(sources, user):
    texts = Text.objects.filter(role=Text.Role.TRANSLATION)
    return _standing(sources).exclude(_has(texts))


def _without_summary(sources, user):
    return _standing(sources).filter(summary="")


def _contested(sources, user):
    return _standing(sources).filter(is_contested=True)


def _unverified(sources, user):
    return _standing(sources).filter(verified_against="")


def _disputed(works, user):
    disputed = Work.Attribution.DISPUTED
    return works.filter(attribution=disputed, attribution_note="")


def _overclaiming(essays, user):
    """Essays with a claim, not noted, of which its source says less than the claim."""
    published = Bearing.objects.filter(source=OuterRef("source"), state=State.PUBLISHED)
    plain = published.exclude(basis=Bearing.Basis.INFERRED)
    weak = ~Q(source__state=State.PUBLISHED) | (Exists(published) & ~Exists(plain))
    claims = EssayClaim.objects.filter(weak, finding="", essay=OuterRef("pk"))
    return essays.exclude(state=State.WITHDRAWN).filter(Exists(claims))


def _stated(name, title, says, ask, **terms):
    """The same kind for each model that has a state; `title` takes its plural."""
    return tuple(
        Waiting(
            name,
            model,
            title.format(model._meta.verbose_name_plural),
            says,
            ask,
            **terms,
        )
        for model in (Source, Topic, Path, Essay)
    )


WAITING = (
    *_stated(
        "in-review",
        "{} in review",
        "Another editor wrote them: read them, then publish them or send them back.",
        _in_review,
        right="publish",
    ),
    Waiting(
        "bearings-in-review",
        Source,
        "sources with a bearing in review",
        "Read the reasoning against the words, then publish the bearing.",
        _bearings_in_review,
        right="publish",
    ),
    *_stated(
        "mine",
        "my {} in draft",
        "You have worked on them: finish them and send them to review.",
        _my_drafts,
        is_mine=True,
    ),
    Waiting(
        "without-words",
        Source,
        "sources with a bearing without exact words",
        "Copy the words on which the bearing rests from the source’s text.",
        _without_words,
    ),
    Waiting(
        "without-bearing",
        Source,
        "sources without a bearing",
        "Say how the source bears on the question, or that it gives background.",
        _without_bearing,
    ),
    Waiting(
        "without-translation",
        Source,
        "sources without a translation",
        "Translate the decisive words, line by line.",
        _without_translation,
    ),
    Waiting(
        "without-summary",
        Source,
        "sources without a summary",
        "Say in two or three sentences what the passage says.",
        _without_summary,
    ),
    Waiting(
        "contested",
        Source,
        "sources whose readings are contested",
        "Look whether each reading says whose it is, and on which words.",
        _contested,
    ),
    Waiting(
        "unverified",
        Source,
        "sources not verified against a text",
        "Find the decisive words in a text and say in which.",
        _unverified,
    ),
    Waiting(
        "disputed",
        Work,
        "works of disputed attribution without a note",
        "Say in a note who disputes whose work it is.",
        _disputed,
    ),
    Waiting(
        "overclaiming",
        Essay,
        "essays that claim more than their sources",
        "Note at the claim what its source does not say.",
        _overclaiming,
    ),
)
