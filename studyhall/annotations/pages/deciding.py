"""The deeds of moderators, each a form of its own; and the writer's answer to one."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from sources.pages.settings import SeeOther
from sources.text import clean_text
from studyhall.annotations import drafts, finding, moderating
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
    if len(reason) > LONGEST_REASON:
        return again(request, note, too_long(reason, LONGEST_REASON))
    opened = number_of(request.POST.get("version", ""))
    try:
        is_of_edit = request.POST.get("edit") and deed in moderating.EDITS
        decide = moderating.decide_edit if is_of_edit else moderating.decide
        act = decide(
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
    reason = reason_of(request)
    if len(reason) > LONGEST_REASON:
        return again(request, act.note, too_long(reason, LONGEST_REASON))
    try:
        undone = moderating.undo(act, by=request.user, reason=reason)
    except moderating.Decided as decided:
        return conflict(request, decided)
    messages.success(request, said_of(undone))
    return back(request)


@require_POST
@for_moderators
def moderation_spam(request):
    """Hide all that were ticked, as advertising; others stay as they are."""
    versions = dict(ticked(request.POST.getlist("spam")[:ON_A_PAGE]))
    notes = Annotation.objects.for_moderators().filter(uuid__in=versions)
    chosen = [(note, versions[note.uuid]) for note in notes]
    hidden = moderating.hide_spam(chosen, by=request.user)
    said = ngettext("%d note is hidden.", "%d notes are hidden.", hidden) % hidden
    if hidden < len(versions):
        said += " " + gettext("The others have changed in between, or are your own.")
    messages.success(request, said)
    return back(request)


def ticked(values):
    """(uuid, version read) of each note that a form names; what names none is left."""
    for value in values:
        name, _, version = value.rpartition("-")
        try:
            yield UUID(name), number_of(version)
        except ValueError:
            continue


@gives_back
def note_decisions(request, uuid):
    """What was decided on one's own note, and why; POST answers it, once."""
    if not request.user.is_authenticated:
        return drafts.sign_in(request)
    note = finding.own(request.user, uuid)
    acts = note.acts.order_by("-pk")
    if request.method != "POST":
        return decisions(request, note, acts, drafts.of(request))
    act = get_object_or_404(acts, pk=number_of(request.POST.get("act", "")))
    words = clean_text(request.POST.get("answer", "")).strip()
    if len(words) > LONGEST_ANSWER:
        typed = {"act": str(act.pk), "answer": words}
        return decisions(request, note, acts, typed, too_long(words, LONGEST_ANSWER))
    if words and moderating.answer(act, words):
        messages.success(request, gettext("Your answer is kept."))
    elif words and act.answer != words:
        problem = gettext("You have answered this already: the first answer is kept.")
        typed = {"act": str(act.pk), "answer": words}
        return decisions(request, note, acts, typed, problem, CONFLICT)
    drafts.forget(request)
    return SeeOther(request.path)


def decisions(request, note, acts, typed, problem="", status=UNPROCESSABLE):
    """The page of the decisions; `problem` stands against the answer that is typed."""
    context = context_of(request, note, gettext("Decisions"))
    context |= {"acts": acts, "typed": typed, "problem": problem}
    status = status if problem else 200
    return render(request, "moderation/decisions.html", context, status=status)


def reason_of(request):
    """The reason chosen, and what was added to it."""
    chosen = request.POST.get("because", "")
    words = clean_text(request.POST.get("reason", "")).strip()
    parts = [chosen if chosen in REASONS else "", words]
    return " ".join(part for part in parts if part)


def too_long(words, most):
    """The sentence that refuses words with more code points than may be kept."""
    said = gettext("It has %(count)s letters and signs; %(most)s are the most.")
    return said % {"count": f"{len(words):,}", "most": f"{most:,}"}


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
    """The one note with what stands against its form, and all that was typed in it."""
    notes = Annotation.objects.for_moderators().filter(pk=note.pk)
    words = clean_text(request.POST.get("reason", ""))
    problem = (note.uuid, sentence, words, request.POST.get("because", ""))
    return queue(request, tab_of(request), notes, UNPROCESSABLE, problem)


def conflict(request, decided, reason=""):
    """What was decided in between, or the note as its writer has left it."""
    context = {"act": decided.act, "shown": None, "reason": reason, "reasons": REASONS}
    context["tab"] = tab_of(request)
    if decided.note is not None:
        rows = Annotation.objects.filter(pk=decided.note.pk)
        found = with_what_is_shown(rows).get()
        context["shown"] = shown(found, request.user, context["tab"])
    return render(request, "moderation/conflict.html", context, status=CONFLICT)
