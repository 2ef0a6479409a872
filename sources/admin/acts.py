"""Deeds that are done with many records at once, each through the gate by itself."""

from dataclasses import dataclass, field

from django import forms
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sources import proposals, review
from sources.admin import deeds
from sources.admin.forms import CleanCharField
from sources.admin.saving import said_by_database
from sources.changes import Stale, change, rehearsal
from sources.models import State, Topic, TopicLink, Work


class Unchanged(Exception):
    """The record is already as it should be, or the deed is not for it: why."""


@dataclass(frozen=True)
class Act:
    """One deed on every record chosen; `do(record, user, given)` writes it.

    It is called inside the change of its record. `said(record, given)` is what the
    record would become, in words; `given` is what the editor's form says.
    """

    label: str
    do: object
    said: object
    fields: dict = field(default_factory=dict)
    wants_why: bool = False


@dataclass
class Outcome:
    """What became of the records: done, proposed to a second editor, or refused."""

    done: list = field(default_factory=list)
    proposed: list = field(default_factory=list)
    refused: list = field(default_factory=list)


def perform(act, records, user, given, seen):
    """Do it to each record, each in a change of its own; an Outcome.

    `seen` has the version at which each record was shown, by its key: what someone
    has saved since is left alone. `given["why"]` is kept with each change.
    """
    outcome = Outcome()
    for record in records:
        try:
            with transaction.atomic():
                _through_gate(act, record, user, given, seen)
        except review.TakesTwo as two:
            said = {"by": user, "why": given["why"]}
            proposals.propose(record, two.before, two.after, **said)
            outcome.proposed.append((record, act.said(record, given)))
        except Stale:
            reason = _("someone has saved it since you looked")
            outcome.refused.append((record, reason))
        except Unchanged as problem:
            outcome.refused.append((record, str(problem)))
        except ValidationError as error:
            outcome.refused.append((record, " ".join(error.messages)))
        except (DataError, IntegrityError) as error:
            reason = " ".join(said_by_database(error).messages)
            outcome.refused.append((record, reason))
        else:
            outcome.done.append((record, act.said(record, given)))
    return outcome


def _through_gate(act, record, user, given, seen):
    opened = seen.get(record.pk, record.version)
    with change(record, opened=opened, editor=user, why=given["why"]):
        act.do(record, user, given)


def tried(act, records, user, given):
    """The Outcome that `perform` would have now; nothing of it stays."""
    with rehearsal():
        return perform(act, records, user, given, {})


def _deed(name, wants_why=False):
    """A deed of the record's form, for a whole list."""
    deed = deeds.DEEDS[name]

    def do(record, user, given):
        if deed not in deeds.offered(record, user):
            raise Unchanged(_why_not(deed, record))
        deeds.bring(record, deed)
        record.save(update_fields=["state"])
        deeds.bring_bearings(record, deed, user, timezone.now())

    def said(record, given):
        return record.get_state_display()

    return Act(deed.label, do, said, wants_why=wants_why)


def _why_not(deed, record):
    """Why a deed of the record's form is not offered for it now."""
    if deed.name == "publish" and record.state == State.DRAFT:
        return _("it is a draft: send it to review first")
    return _("it is %(state)s") % {"state": record.get_state_display()}


def _add_topic(record, user, given):
    topic = given["topic"]
    if record.topic_links.filter(tag=topic).exists():
        raise Unchanged(_("it has this topic already"))
    link = TopicLink(content_object=record, tag=topic, why=given["why_there"])
    link.order = record.work.order
    link.save()


def _set_era(record, user, given):
    era = int(given["era"])
    if record.era == era:
        raise Unchanged(_("it stands there already"))
    record.era = era
    record.save(update_fields=["era"])


REVIEW, PUBLISH, DRAFT = _deed("review"), _deed("publish"), _deed("draft")
WITHDRAW = _deed("withdraw", wants_why=True)
ADD_TOPIC = Act(
    "Add a topic",
    _add_topic,
    lambda record, given: str(given["topic"]),
    {
        "topic": lambda: forms.ModelChoiceField(
            Topic.objects.exclude(state=State.WITHDRAWN).order_by("order", "pk")
        ),
        "why_there": lambda: CleanCharField(
            label="Why the sources stand there", required=False, max_length=500
        ),
    },
)
SET_ERA = Act(
    "Set the era",
    _set_era,
    lambda record, given: Work.Era(int(given["era"])).label,
    {"era": lambda: forms.ChoiceField(choices=Work.Era.choices)},
)
