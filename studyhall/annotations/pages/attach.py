"""A note whose words are gone or may have moved: its writer attaches it again."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from sources.models import Source
from studyhall.annotations import attaching, drafts, finding, saving
from studyhall.annotations.about import About
from studyhall.annotations.forms import NoteForm
from studyhall.annotations.gate import Stale
from studyhall.annotations.models import Annotation
from studyhall.annotations.pages.annotate import CONFLICT, UNPROCESSABLE, back_at
from studyhall.annotations.pages.note import context_of
from studyhall.annotations.returning import gives_back

FIELDS = ("words", "place")


class AttachForm(NoteForm):
    """The words to which a note is to be attached, and where they stand."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields = {name: self.fields[name] for name in FIELDS}
        self.fields["words"].label = gettext("Which words is it to stand on?")

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("words") and "words" not in self.errors:
            self.add_error("words", gettext("Name the words to attach it to."))
        return cleaned


@gives_back
def note_attach(request, uuid):
    """What is proposed, and the form for other words; POST attaches the note."""
    if not request.user.is_authenticated:
        return drafts.sign_in(request)
    note = finding.own(request.user, uuid)
    if not Source.objects.visible_to(request.user).filter(pk=note.source_id).exists():
        raise Http404
    if note.text_id is None or note.anchor == Annotation.Anchor.ANCHORED:
        return redirect(note)
    about = About(note.source, attaching.texts_for(note))
    proposal = attaching.proposed(note)
    if request.method != "POST":
        return shown(request, note, AttachForm(about=about), proposal)
    if "accept" in request.POST:
        return accepted(request, note, about, proposal)
    form = AttachForm(request.POST, about=about)
    if not form.is_valid():
        return shown(request, note, form, proposal, UNPROCESSABLE)
    return attached(request, note, form, form.span, "by hand")


def accepted(request, note, about, proposal):
    """Attach the note where it was proposed, if that is what its writer saw."""
    form = AttachForm({}, about=about)
    if proposal is None or request.POST["accept"] != seen(note, proposal):
        return changed(request, note, form)
    return attached(request, note, form, proposal, "accepted")


def attached(request, note, form, span, method):
    """The note on this Span, and back at it."""
    version = request.POST.get("version", "")
    opened = int(version) if version.isdecimal() and len(version) < 9 else 0
    try:
        attaching.attach(note, span, opened=opened, method=method)
    except (saving.Moved, Stale):
        return changed(request, note, form)
    return back_at(request, note, gettext("Your note is attached again."))


def changed(request, note, form):
    """The page as the note and its source stand now; what was typed is kept."""
    note = finding.own(request.user, note.uuid)
    form.full_clean()
    form.errors.clear()
    sentence = gettext("The text or the note has changed meanwhile. Look once more.")
    form.add_error(None, sentence)
    return shown(request, note, form, attaching.proposed(note), CONFLICT)


def seen(note, proposal):
    """By what a form says which proposal it showed."""
    return f"{note.text.number}-{proposal.name}-{proposal.end}"


def shown(request, note, form, proposal, status=200):
    """The page: the words as they were, what is proposed, and the text as it is."""
    context = context_of(request, note, gettext("Attach it again")) | {
        "form": form,
        "proposal": proposal,
        "seen": seen(note, proposal) if proposal else "",
        "texts": form.about.texts,
    }
    return render(request, "notes/attach.html", context, status=status)
