"""The deeds of moderators, each a form of its own; and the writer's answer to one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from sources.pages.settings import SeeOther
from sources.text import clean_text
from studyhall.annotations import drafts, finding, flags, moderating
from studyhall.annotations.models import Act, Annotation
from studyhall.annotations.pages.moderation import (
    ON_A_PAGE,
    REASONS,
    for_moderators,
    moderation,
    moderation_flagged,
    queue,
    shown,
    with_what_is_shown,
)
from studyhall.annotations.pages.note import context_of
from studyhall.annotations.returning import gives_back

CONFLICT, UNPROCESSABLE = 409, 422
LONGEST_REASON, LONGEST_ANSWER = 1000, 2000  # code points
QUEUES = {each.__name__: each for each in (moderation, moderation_flagged)}


@require_POST
@gives_back
@for_moderators
def moderation_decide(request, uuid):
    """One decision on one note, as it was read."""
    note = get_object_or_404(Annotation.objects.for_moderators(), uuid=uuid)
    deed, reason = request.POST.get("deed", ""), reason_of(request)
    if deed not in moderating.RULES:
        raise Http404
    opened = number_of(request.POST.get("version", ""))
    try:
        act = moderating.decide(
            note, Act.Deed(deed), by=request.user, opened=opened, reason=reason
        )
    except moderating.Decided as decided:
        return conflict(request, decided, reason)
    except ValidationError as error:
        return again(request, note, error.messages[0])
    messages.success(request, said_of(act))
    return back(request)


@require_POST
@for_moderators
def moderation_undo(request, key):
    """Let a note stand as before its last decision."""
    acts = Act.objects.select_related("note")
    act = get_object_or_404(acts.filter(note__visibility="public"), pk=key)
    try:
        undone = moderating.undo(act, by=request.user, reason=reason_of(request))
    except moderating.Decided as decided:
        return conflict(request, decided)
    messages.success(request, said_of(undone))
    return back(request)


@require_POST
@for_moderators
def moderation_spam(request):
    """Hide all that were ticked, as advertising; others stay as they are."""
    versions = {}
    for value in request.POST.getlist("spam")[:ON_A_PAGE]:
        key, _, version = value.partition("-")
        versions[number_of(key)] = number_of(version)
    notes = Annotation.objects.for_moderators().filter(pk__in=versions)
    chosen = [(note, versions[note.pk]) for note in notes]
    hidden = moderating.hide_spam(chosen, by=request.user)
    said = ngettext("%d note is hidden.", "%d notes are hidden.", hidden) % hidden
    if hidden < len(versions):
        said += " " + gettext("The others have changed in between, or are your own.")
    messages.success(request, said)
    return back(request)


@gives_back
def note_decisions(request, uuid):
    """What was decided on one's own note, and why; POST answers it, once."""
    if not request.user.is_authenticated:
        return drafts.sign_in(request)
    note = finding.own(request.user, uuid)
    acts = note.acts.order_by("-pk")
    if request.method == "POST":
        act = get_object_or_404(acts, pk=number_of(request.POST.get("act", "")))
        words = clean_text(request.POST.get("answer", "")).strip()[:LONGEST_ANSWER]
        if words and moderating.answer(act, words):
            messages.success(request, gettext("Your answer is kept."))
        drafts.forget(request)
        return SeeOther(request.path)
    context = context_of(request, note, gettext("Decisions"))
    context |= {"acts": acts, "typed": drafts.of(request)}
    return render(request, "moderation/decisions.html", context)


def reason_of(request):
    """The reason chosen, and what was added to it."""
    chosen = request.POST.get("because", "")
    words = clean_text(request.POST.get("reason", "")).strip()
    parts = [chosen if chosen in REASONS else "", words]
    return " ".join(part for part in parts if part)[:LONGEST_REASON]


def number_of(written):
    """A whole number of at most 18 digits; 0 for anything else."""
    is_number = written.isascii() and written.isdecimal() and len(written) <= 18
    return int(written) if is_number else 0


def said_of(act):
    return gettext("%(deed)s: the note on %(place)s.") % {
        "deed": act.get_deed_display().capitalize(),
        "place": act.note.source.reference_en,
    }


def tab_of(request):
    """The queue that a form was on."""
    tab = request.POST.get("tab", "")
    return tab if tab in QUEUES else "moderation"


def back(request):
    """The queue again, at its first note."""
    return SeeOther(f"{reverse(tab_of(request))}#first")


def again(request, note, sentence):
    """The queue with what stands against the form of one note."""
    tab = tab_of(request)
    notes = flags.flagged() if tab != "moderation" else Annotation.objects.waiting()
    problem = (note.uuid, sentence)
    return queue(request, tab, notes, UNPROCESSABLE, problem)


def conflict(request, decided, reason=""):
    """What was decided in between, or the note as its writer has left it."""
    context = {"act": decided.act, "shown": None, "reason": reason, "reasons": REASONS}
    if decided.note is not None:
        rows = Annotation.objects.filter(pk=decided.note.pk)
        context["shown"] = shown(with_what_is_shown(rows).get(), request.user)
    context["tab"] = tab_of(request)
    return render(request, "moderation/conflict.html", context, status=CONFLICT)
