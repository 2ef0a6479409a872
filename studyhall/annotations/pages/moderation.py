"""What waits for moderators, what readers flagged, and what was decided."""

from dataclasses import dataclass
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Prefetch
from django.shortcuts import render
from django.utils.translation import gettext

from sources.differences import between
from sources.errors import refuse
from sources.pages import crumbs
from sources.pages.numbered import NoSuchPage, Numbered, page_number
from studyhall.accounts import limits
from studyhall.annotations import flags, moderating
from studyhall.annotations.models import Act, Annotation, Flag, NoteEdit
from studyhall.annotations.quoting import Span

ON_A_PAGE = 20
READ = ("reader", "source__work", "text", "position", "parent__reader") + (
    "edit__position",
)
OF_EDIT = ("approve", "return", "hide")  # hiding is of the whole note
REASONS = (
    "It insults someone.",
    moderating.SPAM,
    "It is about something else.",
    "It misquotes a source.",
    "It tells of someone’s private life.",
)


@dataclass(frozen=True)
class Shown:
    """A note as a moderator reads it: its line in each language, and what may be done.

    `answers` is the note to which it replies, if everyone may read that; `edit` the one
    to be decided on, None where the note itself is.
    """

    note: Annotation
    lines: tuple
    is_own: bool
    deeds: tuple
    answers: Annotation | None
    flags: tuple = ()
    edit: NoteEdit | None = None

    @property
    def words(self):
        """The words that the note stands on now, or those that it stood on last."""
        note = self.note
        is_there = note.text and note.anchor == Annotation.Anchor.ANCHORED
        return note.text.words[note.start : note.end] if is_there else note.exact

    @property
    def runs(self):
        """What the edit changes in the note's words."""
        return tuple(between(self.note.body, self.edit.body)) if self.edit else ()


def needs(right, sentence):
    """A view for those who hold this right; others read the sentence, or sign in.

    Raises limits.TooMany for more forms than a person sends.
    """

    def wrap(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not request.user.is_authenticated and request.method != "POST":
                return redirect_to_login(request.get_full_path())
            if not request.user.has_perm(right):
                raise PermissionDenied(gettext(sentence))
            if request.method == "POST":
                limits.desk.check(request)
            return view(request, *args, **kwargs)

        return guarded

    return wrap


for_moderators = needs(
    moderating.RIGHT, "Only moderators decide on others’ notes; you are none."
)


@for_moderators
def moderation(request):
    """The notes that wait for a moderator, the oldest first."""
    return queue(request, "moderation", Annotation.objects.waiting())


@for_moderators
def moderation_flagged(request):
    """The public notes that readers flagged, the first flagged first."""
    return queue(request, "moderation_flagged", flags.flagged())


def queue(request, tab, notes, status=200, problem=None):
    """One page of a queue; `problem` is (uuid, sentence) for a refused form."""
    try:
        pages = Numbered(page_number(request), notes.count(), ON_A_PAGE)
    except NoSuchPage as refused:
        return refuse(request, str(refused), 404)
    rows = list(with_what_is_shown(notes)[pages.slice])
    context = {
        "tab": tab,
        "shown": [shown(note, request.user, tab) for note in rows],
        "pages": pages,
        "reasons": REASONS,
        "problem": problem,
        "mine": last_of(request.user),
        "crumbs": crumbs.from_question(gettext("Moderation")),
    }
    return render(request, "moderation/queue.html", context, status=status)


@for_moderators
def moderation_decided(request):
    """The decisions, the last first; each of them can be undone."""
    later = Act.objects.filter(note=OuterRef("note"), pk__gt=OuterRef("pk"))
    acts = Act.objects.annotate(is_last=~Exists(later)).order_by("-pk")
    try:
        pages = Numbered(page_number(request), acts.count(), ON_A_PAGE)
    except NoSuchPage as refused:
        return refuse(request, str(refused), 404)
    acts = acts.select_related("by", "note__source__work", "note__reader")
    context = {
        "tab": "moderation_decided",
        "acts": [(act, can_undo(act, request.user)) for act in acts[pages.slice]],
        "pages": pages,
        "crumbs": crumbs.from_question(gettext("Moderation")),
    }
    return render(request, "moderation/decided.html", context)


def with_what_is_shown(notes):
    """The notes with all that a queue shows, in a fixed number of queries."""
    open_flags = Flag.objects.filter(settled_at=None).select_related("by")
    return notes.select_related(*READ).prefetch_related(
        "source__texts", Prefetch("flags", open_flags, to_attr="open_flags")
    )


def shown(note, user, tab):
    """One note of a queue; its edit only where those that wait are shown."""
    parent, edit = note.parent, edit_of(note) if tab == "moderation" else None
    return Shown(
        note=note,
        lines=tuple(lines_of(note)),
        is_own=note.reader_id == user.pk,
        deeds=OF_EDIT
        if edit
        else tuple(
            deed.value
            for deed, rule in moderating.RULES.items()
            if note.standing in rule.before
        ),
        answers=parent if parent and parent.is_shown else None,
        flags=tuple(note.open_flags),
        edit=edit,
    )


def edit_of(note):
    """The edit of a note that waits for a moderator; None where none does."""
    edit = getattr(note, "edit", None)
    is_waiting = edit is not None and edit.state == NoteEdit.State.WAITING
    return edit if is_waiting and note.is_shown else None


def lines_of(note):
    """The line that a note is on, as it stands in each text; none for a lost one."""
    if note.line is None or note.anchor != Annotation.Anchor.ANCHORED:
        return
    for text in note.source.texts.all():
        lines = text.lines()
        if note.line <= len(lines):
            line = lines[note.line - 1]
            yield Span(text, line.start, line.end)


def last_of(user):
    """The last decision of this moderator, if it can still be undone."""
    acts = Act.objects.filter(by=user).select_related("note__source__work")
    act = acts.order_by("-pk").first()
    return act if act is not None and can_undo(act, user) else None


def can_undo(act, user):
    """Whether this user may undo a decision, as far as the row and its note say."""
    note = act.note
    return (
        act.deed != Act.Deed.UNDO
        and getattr(act, "is_last", True)
        and note.visibility == Annotation.Visibility.PUBLIC
        and note.deleted_at is None
        and note.standing == act.after
        and note.reader_id != user.pk
    )
