"""The form in which a note is written, and what it does: no script is needed."""

from django.contrib import messages
from django.shortcuts import render
from django.utils.translation import gettext

from sources.pages import crumbs
from sources.pages.beneath import LedElsewhere
from sources.pages.settings import SeeOther
from studyhall.annotations import drafts, finding, newcomers, saving
from studyhall.annotations.about import about_of
from studyhall.annotations.forms import NoteForm
from studyhall.annotations.models import Annotation
from studyhall.annotations.pages.conflict import written_before
from studyhall.annotations.returning import gives_back, moved

UNPROCESSABLE, CONFLICT = 422, 409
CHANGED = (
    "The words of this source have changed since you opened this form. See whether "
    "they are still those you mean, then save again."
)
SAVED = {
    "": "Your note is saved.",
    Annotation.Motivation.HIGHLIGHTING: "The words are highlighted.",
    Annotation.Motivation.BOOKMARKING: "The place is bookmarked.",
}
FIELDS = ("motivation", "visibility", "position", "direction", "basis", "body")


@gives_back
def annotate(request, work, place):
    """The form for a line, a source or a bearing; POST saves what was written."""
    return written(request, work, place)


def written(request, work, place, mark=""):
    """The form, or what saving it leads to.

    `mark` is the motivation of a note without words: a highlight, a bookmark.
    """
    try:
        about = about_of(request, work, place)
    except LedElsewhere as answer:
        return moved(answer)
    if request.method != "POST":
        typed = drafts.of(request, about.address)
        words = {"words": request.GET.get("words", "")[:20_000]}
        form = NoteForm(initial=typed or words, about=about)
        return shown(request, about, form, kept=bool(typed))
    form = NoteForm(request.POST, about=about, mark=mark)
    if not form.is_valid():
        return shown(request, about, form, UNPROCESSABLE)
    if form.is_of_another_line():
        form.add_error(None, gettext(CHANGED))
        return shown(request, about, form, CONFLICT)
    if not request.user.is_authenticated:
        return drafts.sign_in(request, about.address)
    if not newcomers.check(form, request.user):
        return shown(request, about, form, UNPROCESSABLE)
    try:
        note = made_of(form, request.user, mark)
    except saving.Written as before:
        return written_before(request, before.note)
    except saving.Moved:
        form.add_error(None, gettext(CHANGED))
        return shown(request, about, form, CONFLICT)
    drafts.forget(request, about.address)
    return back_at(request, note, gettext(SAVED[mark]))


def made_of(form, reader, mark=""):
    """The note that a valid form holds. Raises as saving.create does."""
    cleaned = form.cleaned_data
    fields = {name: cleaned[name] for name in FIELDS}
    if mark:
        fields = {"motivation": mark}
    return saving.create(
        reader,
        form.about.source,
        key=cleaned["creation_key"],
        span=form.span,
        tags=cleaned["tags"],
        bearing=form.about.bearing,
        **fields,
    )


def back_at(request, note, sentence):
    """Back at the note on the source's page, where that shows it, else at its own; the
    sentence is announced there."""
    if note.standing == Annotation.Standing.WAITING:
        sentence += " " + gettext("Others read it once a moderator has read it.")
    messages.success(request, sentence)
    return SeeOther(finding.where(note, request.user))


def shown(request, about, form, status=200, kept=False):
    """The form's page; `kept` says that what was typed before signing in is there."""
    context = {
        "about": about,
        "source": about.source,
        "spans": [span for span in about.spans() if about.line],
        "form": form,
        "kept": kept,
        "highlight": about.page("highlight"),
        "bookmark": about.page("bookmark"),
        "crumbs": crumbs.of_source(about.source, gettext("Write a note")),
    }
    return render(request, "notes/annotate.html", context, status=status)
