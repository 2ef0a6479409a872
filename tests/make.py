"""Makes records for tests; name only what the test is about.

Records of the library go through the gate, as everywhere else.
"""

from itertools import count
from uuid import uuid4

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission

from sources.changes import change
from sources.models import (
    Author,
    Bearing,
    Citation,
    Essay,
    Path,
    PathStep,
    Position,
    Question,
    Source,
    State,
    Text,
    Topic,
    TopicLink,
    Work,
    WorkTitle,
)
from studyhall.annotations.gate import let_stand
from studyhall.annotations.quoting import Span, places_in
from studyhall.annotations.saving import create

_numbers = count(1)

SIGNS = {
    "before": ("Before", ["ingathering", "mashiach", "mikdash"]),
    "after": ("After", ["mashiach", "mikdash", "ingathering"]),
    "two-stages": (
        "In two stages",
        ["first-ingathering", "mashiach", "mikdash", "final-ingathering"],
    ),
}


def reader(**fields):
    number = next(_numbers)
    fields = {"email": f"reader{number}@example.org", **fields}
    fields.setdefault("display_name", f"Reader {number}")
    return get_user_model().objects.create(**fields)


def editor(role="", **fields):
    """A member of staff: of a role of the site, or with every right in the library."""
    user = reader(is_staff=True, **fields)
    if role:
        user.groups.add(Group.objects.get(name=role))
        return user
    rights = Permission.objects.filter(content_type__app_label="sources")
    user.user_permissions.set(rights)
    return user


def saved(record, *parts):
    """Save a new record and its parts through the gate."""
    with change(record, why="made by a test"):
        record.save()
        for part in parts:
            part.save()
    record.refresh_from_db()
    return record


def question(**fields):
    existing = Question.objects.first()
    if existing and not fields:
        return existing
    fields = {"slug": "ingathering", "title": "When?", "lede": "Before?", **fields}
    return saved(Question(**fields))


def position(slug="before", **fields):
    """One of the three positions; in two stages brings the other two along."""
    existing = Position.objects.filter(slug=slug).first()
    if existing:
        return existing
    name, events = SIGNS[slug]
    sign = "stages" if slug == "two-stages" else slug
    order = {"before": 1, "two-stages": 2, "after": 3}[slug]
    fields = {
        "question": question(),
        "slug": slug,
        "name": name,
        "sign": sign,
        "events": events,
        "order": order,
        "statement": f"The position {name}.",
        **fields,
    }
    if slug != "two-stages":
        return saved(Position(**fields))
    answers = [position("before"), position("after")]
    record = Position(kind="reconciliation", **fields)
    with change(record, why="made by a test"):
        record.save()
        record.reconciles.set(answers)
    return record


position_named = position


def author(**fields):
    number = next(_numbers)
    return saved(Author(**{"slug": f"author-{number}", "name": f"A{number}", **fields}))


def work(slug="megillah", titles=(), **fields):
    existing = Work.objects.filter(slug=slug).first()
    if existing and not fields and not titles:
        return existing
    fields = {
        "title": slug.capitalize(),
        "title_he": "מגילה",
        "category": "Talmud Bavli",
        "era": Work.Era.AMORAIM,
        "year_from": 450,
        "year_to": 600,
        "scheme": "daf",
        "bounds": {"dapim": ["2a", "176b"]},
        **fields,
    }
    record = Work(slug=slug, **fields)
    rows = [WorkTitle(work=record, text=title, language="en") for title in titles]
    return saved(record, *rows)


def topic(name="Order of the redemption", **fields):
    slug = f"topic-{next(_numbers)}"
    fields = {"slug": slug, "state": State.PUBLISHED, **fields}
    return saved(Topic(name=name, **fields))


def source(
    address=None,
    *,
    work=None,
    words="וכיון שנתקבצו גליות",
    translation="And once the exiles have been gathered",
    supports=None,
    bearings=(),
    topics=(),
    cites=(),
    **fields,
):
    """A published source with its words; `supports` names a position outright."""
    number = next(_numbers)
    fields = {"summary": f"Summary {number}.", "state": State.PUBLISHED, **fields}
    work = work or _default_work()
    address = address or _free_address(work)
    record = Source(work=work, address=address, **fields)
    record.place_in_url = f"{record.address}-{record.part}".rstrip("-")
    parts = []
    if words:
        parts.append(Text(source=record, language="he", words=words, is_excerpt=True))
    if words and translation:
        parts.append(
            Text(
                source=record,
                role="translation",
                language="en",
                words=translation,
                translator="the editors",
                is_excerpt=True,
            )
        )
    if supports:
        bearings = [*bearings, {"position": supports}]
    parts += [_bearing(record, **terms) for terms in bearings]
    parts += [TopicLink(content_object=record, tag=tag, why="") for tag in topics]
    parts += [
        Citation(citing=record, cited=cited, relation="comments_on") for cited in cites
    ]
    return saved(record, *parts)


def _free_address(work):
    """The first folio from 30a on where no source of this work stands yet."""
    taken = set(work.sources.values_list("address", flat=True))
    addresses = (f"{folio}{side}" for folio in count(30) for side in "ab")
    return next(address for address in addresses if address not in taken)


def _default_work():
    return work("megillah")


def _bearing(record, position="before", direction="supports", **fields):
    fields = {
        "basis": "explicit",
        "state": State.PUBLISHED,
        "reasoning": "The order of the blessings is the order of events.",
        "question": question(),
        **fields,
    }
    answer = position_named(position) if position else None
    return Bearing(source=record, direction=direction, position=answer, **fields)


def path(*sources, **fields):
    number = next(_numbers)
    fields = {"slug": f"path-{number}", "title": f"Path {number}", **fields}
    record = Path(question=question(), **fields)
    steps = [
        PathStep(path=record, source=source, number=step)
        for step, source in enumerate(sources, 1)
    ]
    return saved(record, *steps)


def essay(**fields):
    number = next(_numbers)
    fields = {"slug": f"essay-{number}", "title": f"Essay {number}", **fields}
    fields.setdefault("body", "An essay.")
    return saved(Essay(question=question(), **fields))


def note(source=None, reader=None, *, words="", side="original", tags=(), **fields):
    """A reader's note through its gate: on `words` of one text, or on the source.

    `standing` and `deleted_at` are set as they are, whatever the gate would decide.
    """
    source, reader = source or _source(), reader or _reader()
    kept = {name: fields.pop(name) for name in _DECIDED if name in fields}
    span = None
    if words:
        text = source.texts.get(role=side)
        [span, *_] = places_in(Span(text, 0, len(text.words)), words)
    fields = {"body": "A thought.", **fields}
    key = fields.pop("creation_key", uuid4())
    record = create(reader, source, key=key, span=span, tags=tags, **fields)
    if kept:
        for name, value in kept.items():
            setattr(record, name, value)
        record.save(update_fields=list(kept))
    if record.is_shown:
        let_stand(record)
    return record


_source, _reader = source, reader
_DECIDED = ("standing", "deleted_at", "anchor", "created_at", "was_public")
