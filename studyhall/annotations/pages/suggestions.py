"""Corrections, and notes with a mistake or another reading, before an editor."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sources.errors import refuse
from sources.pages import crumbs
from sources.pages.numbered import NoSuchPage, Numbered, page_number
from sources.pages.settings import SeeOther
from studyhall.annotations import corrections
from studyhall.annotations.fields import CleanField, PlainForm
from studyhall.annotations.models import Annotation, Correction
from studyhall.annotations.pages.annotate import CONFLICT, UNPROCESSABLE
from studyhall.annotations.pages.moderation import needs
from studyhall.annotations.returning import gives_back

ON_A_PAGE = 50
KEEP, DONE, OPEN = "keep", "done", "open"
for_editors = needs(corrections.RIGHT, "Only editors answer corrections; you are none.")


class AnswerForm(PlainForm):
    """What an editor makes of it: the words as they would be changed, and a reply."""

    words = CleanField(
        label=_("The words that are wrong"),
        longest=1000,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    instead = CleanField(
        label=_("What should stand there"),
        longest=5000,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    reply = CleanField(
        label=_("A word to its writer (optional)"),
        longest=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


@for_editors
def moderation_corrections(request):
    """The corrections that nobody has answered, the oldest first."""
    rows = Correction.objects.waiting().select_related("source__work", "by")
    return listed(request, "moderation_corrections", rows)


@for_editors
def moderation_readings(request):
    """The notes with a mistake or another reading that nobody has answered."""
    rows = corrections.notes_waiting().select_related("source__work", "reader")
    return listed(request, "moderation_readings", rows)


def listed(request, tab, rows):
    try:
        pages = Numbered(page_number(request), rows.count(), ON_A_PAGE)
    except NoSuchPage as refused:
        return refuse(request, str(refused), 404)
    context = {
        "tab": tab,
        "rows": rows[pages.slice],
        "pages": pages,
        "crumbs": crumbs.from_question(gettext("Moderation")),
    }
    return render(request, "moderation/corrections.html", context)


@gives_back
@for_editors
def moderation_correction(request, number):
    """One correction; POST answers it, or opens the source's form on it."""
    rows = Correction.objects.filter(note__isnull=True)
    rows = rows.exclude(instead="", what="").select_related("source__work", "proposal")
    found = get_object_or_404(rows, pk=number)
    return answered(request, found)


@gives_back
@for_editors
def moderation_reading(request, uuid):
    """One public note with a mistake or another reading; POST as for a correction."""
    kinds = (Annotation.Motivation.EDITING, Annotation.Motivation.ASSESSING)
    notes = Annotation.objects.shown().filter(motivation__in=kinds)
    notes = notes.select_related("source__work", "reader", "position__question", "text")
    note = get_object_or_404(notes, uuid=uuid)
    kept = Correction.objects.filter(note=note).select_related("proposal", "decided_by")
    if request.method == "POST":
        return answered(request, corrections.of_note(note))
    return answered(request, kept.first() or Correction(note=note, source=note.source))


def answered(request, correction):
    """The page of one, or what answering it leads to."""
    if request.method != "POST":
        note = correction.note
        words = note.exact if note else correction.words
        initial = {"words": words, "instead": correction.instead}
        return shown(request, correction, AnswerForm(initial=initial))
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return shown(request, correction, form, UNPROCESSABLE)
    try:
        return SeeOther(_done(request, correction, form.cleaned_data))
    except corrections.Answered as answered:
        answered.correction.refresh_from_db()
        return shown(request, answered.correction, form, CONFLICT)
    except ValidationError as error:
        form.add_error(None, error)
        return shown(request, correction, form, UNPROCESSABLE)


def _done(request, correction, cleaned):
    """Do what the pressed button says; the address to which it leads."""
    outcome = {
        KEEP: Correction.Outcome.KEPT,
        DONE: Correction.Outcome.ACCEPTED,
    }.get(request.POST.get("deed", ""))
    if outcome is None:
        with transaction.atomic():
            words = {name: cleaned[name] for name in ("words", "instead")}
            proposal = corrections.take_up(correction, **words)
        form = reverse("admin:sources_source_change", args=[correction.source_id])
        return f"{form}?proposal={proposal.pk}" if proposal else form
    reply = cleaned["reply"]
    corrections.answer(correction, outcome, by=request.user, reply=reply)
    messages.success(request, gettext("It is answered; whoever sent it is told."))
    return reverse(f"moderation_{'readings' if correction.note else 'corrections'}")


def shown(request, correction, form, status=200):
    note = correction.note
    is_reading = bool(note) and note.motivation == Annotation.Motivation.ASSESSING
    name = gettext("A note") if note else gettext("A correction")
    context = {
        "correction": correction,
        "note": note,
        "source": correction.source,
        "is_reading": is_reading,
        "form": form,
        "crumbs": crumbs.from_question(name, _way_to_list(correction)),
    }
    return render(request, "moderation/correction.html", context, status=status)


def _way_to_list(correction):
    if correction.note:
        return (gettext("Notes for editors"), reverse("moderation_readings"))
    return (gettext("Corrections"), reverse("moderation_corrections"))
