"""The worklist of one user: what waits, how much of it, and where it is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from django.conf import settings
from django.core import checks
from django.db.models import Count, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string

from sources.desk import findings, waiting
from sources.models import Change, Essay, Path, Proposal, Source, State, Topic
from sources.review import may_publish

OLDEST = 10  # records in review that are named
LATELY = timedelta(days=30)  # a declined proposal stays on its writer's desk


@dataclass(frozen=True)
class Item:
    """One line of the desk: how many of what, what to do, and the list of them.

    `count` may be counted no further than waiting.MOST and one; `unread` is how many
    records have not been looked at yet.
    """

    title: str
    url: str
    count: int
    says: str = ""
    unread: int = 0

    @property
    def shown(self):
        """The count in words: beyond the most that is counted, “1 000+”."""
        if self.count <= waiting.MOST:
            return str(self.count)
        return f"{waiting.MOST:,}+".replace(",", "\N{NO-BREAK SPACE}")


@dataclass(frozen=True)
class Group:
    """A heading of the desk, its lines, and the oldest of what waits by name."""

    title: str
    items: Sequence
    oldest: Sequence = ()


@dataclass(frozen=True)
class Named:
    """One record in review: its name and form, and who sent it there and when."""

    name: str
    url: str
    kind: str
    at: object
    by: object


def for_user(user):
    """The groups of the desk that hold anything for this user, each with its lines.

    The queries are as many in any library, and fewer where nothing has changed.
    """
    kinds = [kind for kind in waiting.WAITING if kind.is_for(user)]
    counted = waiting.counts() if kinds else {}
    to_review = [kind for kind in kinds if kind.right == "publish"]
    mine = [kind for kind in kinds if kind.is_mine]
    others = [each for each in kinds if each.right != "publish" and not each.is_mine]
    groups = [
        Group(
            "To review",
            [*_proposals(user), *_items(to_review, counted)],
            _oldest_in_review(user),
        ),
        Group("My drafts", _items(mine, {k.key: waiting.count(k, user) for k in mine})),
        Group("My proposals", _proposals_of(user)),
        Group("Wanting something", [*_items(others, counted), *_findings(user)]),
        Group("From readers", _from_the_hall(user)),
    ]
    return [group for group in groups if group.items]


def _items(kinds, counted):
    return [
        Item(
            kind.title,
            f"{_list_of(kind.model)}?waiting={kind.name}",
            counted[kind.key],
            kind.says,
        )
        for kind in kinds
        if counted[kind.key]
    ]


def _list_of(model):
    return reverse(f"admin:sources_{model._meta.model_name}_changelist")


def _form_of(kind, key):
    return reverse(f"admin:sources_{kind}_change", args=[key])


def _reviewed_by(user):
    """The models of which this user may publish what others wrote."""
    models = (Source, Topic, Path, Essay)
    return [model for model in models if may_publish(user, model)]


def _proposals(user):
    """The line of the proposals that this user may decide on."""
    if not _reviewed_by(user):
        return []
    found = proposals_for(user).order_by().values("pk")
    count = found[: waiting.MOST + 1].count()
    says = "Someone proposes other words for what is public: take them or decline."
    url = reverse("admin:sources_desk", args=["proposals"])
    return [Item("proposals waiting", url, count, says)] if count else []


def _proposals_of(user):
    """What this user proposed: what waits, and what was declined lately."""
    own = Proposal.objects.filter(by=user).order_by()
    lately = timezone.now() - LATELY
    declined = Q(outcome=Proposal.Outcome.DECLINED, decided_at__gte=lately)
    declined &= ~Q(decided_by=user)
    waits = Q(outcome=Proposal.Outcome.WAITING)
    counted = own.filter(waits | declined).aggregate(
        waiting=Count("pk", filter=waits), declined=Count("pk", filter=declined)
    )
    own_list = f"{_list_of(Proposal)}?by__id__exact={user.pk}&outcome__exact="
    items = [
        Item(
            "proposals of mine, waiting",
            own_list,
            counted["waiting"],
            "Another editor reads them; you may take one back.",
        ),
        Item(
            "proposals of mine, declined",
            f"{own_list}{Proposal.Outcome.DECLINED}",
            counted["declined"],
            "In the last 30 days. Each says by whom, and often why.",
        ),
    ]
    return [item for item in items if item.count]


def _oldest_in_review(user):
    """The records that have waited longest for this user's review, by name."""
    found = []
    for model in _reviewed_by(user):
        kind = model._meta.model_name
        sent = Change.objects.filter(
            kind=kind, record_id=OuterRef("pk"), number=OuterRef("version")
        )
        rows = model.objects.filter(state=State.IN_REVIEW)
        rows = rows.annotate(sent=Subquery(sent.values("pk")[:1]))
        found += [
            (row.sent or 0, kind, row) for row in rows.order_by("sent", "pk")[:OLDEST]
        ]
    found = sorted(found, key=lambda each: (each[0], each[1], each[2].pk))[:OLDEST]
    keys = [sent for sent, *_ in found]
    changes = Change.objects.select_related("editor").defer("record").in_bulk(keys)
    return [_named(changes.get(sent), kind, row) for sent, kind, row in found]


def _named(change, kind, record):
    by, at = (change.editor, change.at) if change else (None, None)
    return Named(str(record), _form_of(kind, record.pk), kind, at, by)


def _findings(user):
    found = []
    for name, kind in findings.LOOKS.items():
        if not user.has_perm(kind.right):
            continue
        look = kind.find(is_glance=True)
        if look.found or look.unread:
            url = reverse("admin:sources_desk", args=[name])
            count = len(look.found)
            found.append(Item(kind.title, url, count, kind.says, look.unread))
    return found


def proposals_for(user):
    """The proposals by others that this user may decide on, the oldest first."""
    kinds = [model._meta.model_name for model in _reviewed_by(user)]
    return Proposal.objects.waiting().filter(kind__in=kinds).exclude(by=user)


@cache
def _named_functions(paths):
    return [import_string(path) for path in paths]


def _from_the_hall(user):
    """What the functions that LIBRARY_DESK names have for this user."""
    functions = _named_functions(tuple(settings.LIBRARY_DESK))
    return [item for function in functions for item in function(user) if item.count]


@checks.register
def check_desk(app_configs, **options):
    """Each name in LIBRARY_DESK must be a function that can be imported."""
    return [
        checks.Error(f"LIBRARY_DESK: “{path}” cannot be imported.", id="sources.E003")
        for path in settings.LIBRARY_DESK
        if not _imports(path)
    ]


def _imports(path):
    try:
        return callable(import_string(path))
    except ImportError:
        return False
