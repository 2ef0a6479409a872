"""A mistake is named, with an account or without; it gets a number and a page."""

from uuid import uuid5

from django import forms
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sources.models import Source
from sources.pages import crumbs
from sources.pages.beneath import LedElsewhere
from sources.pages.settings import SeeOther
from studyhall.accounts import limits
from studyhall.annotations import corrections
from studyhall.annotations.about import about_of
from studyhall.annotations.fields import CleanField, PlainForm
from studyhall.annotations.forms import Keyed
from studyhall.annotations.models import Correction
from studyhall.annotations.newcomers import NoSpam
from studyhall.annotations.pages.annotate import UNPROCESSABLE
from studyhall.annotations.returning import gives_back, moved

LINE = {"dir": "auto", "autocomplete": "off"}


class CorrectionForm(NoSpam, Keyed, PlainForm):
    """What is wrong where, and what should stand there."""

    words = CleanField(
        label=_("Which words are wrong? (optional)"),
        longest=1000,
        required=False,
        help_text=_("Copy them from above; with or without points."),
        widget=forms.TextInput(attrs=LINE),
    )
    instead = CleanField(
        label=_("What should stand there instead? (optional)"),
        longest=5000,
        required=False,
        help_text=_("Only the words that replace them."),
        widget=forms.TextInput(attrs=LINE),
    )
    what = CleanField(
        label=_("What is wrong, and how do you know?"),
        longest=5000,
        required=False,
        help_text=_("Name the edition or manuscript, if it is about the text."),
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )
    name = CleanField(
        label=_("Your name, if we may thank you by it (optional)"),
        longest=80,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "name"}),
    )

    def __init__(self, *args, spans, **kwargs):
        super().__init__(*args, **kwargs)
        self.spans = spans

    def clean(self):
        cleaned = super().clean()
        words, instead = cleaned.get("words", ""), cleaned.get("instead", "")
        if not (instead or cleaned.get("what") or "what" in self.errors):
            self.add_error("what", gettext("Say what is wrong."))
        if instead and not words and "words" not in self.errors:
            self.add_error("words", gettext("Copy the words that are wrong."))
        if words:
            self._look_for(words)
        return cleaned

    def _look_for(self, words):
        places = corrections.places_of(self.spans, words)
        if not places:
            said = gettext("Copy the words exactly as they stand, or leave this empty.")
            self.add_error("words", said)
        elif len(places) > 1 and self.cleaned_data.get("instead"):
            said = gettext(
                "These words stand in several places: name more words around them."
            )
            self.add_error("words", said)
        elif corrections.stands(self.cleaned_data.get("instead", ""), places):
            self.add_error("instead", gettext(corrections.AS_IT_STANDS))


@gives_back
def correct(request, work, place):
    """The form for a line or a source; POST keeps what is wrong with it."""
    try:
        about = about_of(request, work, place)
    except LedElsewhere as answer:
        return moved(answer)
    spans = list(about.spans())
    name = getattr(request.user, "display_name", "")
    if request.method != "POST":
        return shown(
            request, about, CorrectionForm(spans=spans, initial={"name": name})
        )
    form = CorrectionForm(request.POST, spans=spans)
    if not form.is_valid() or form.refuse_bots():
        return shown(request, about, form, UNPROCESSABLE)
    try:
        made = made_of(request, about, form)
    except ValidationError as error:  # the text has changed since it was looked in
        form.add_error("words", error)
        return shown(request, about, form, UNPROCESSABLE)
    return SeeOther(made.get_absolute_url())


def made_of(request, about, form):
    """The correction that a valid form holds. Raises limits.TooMany."""
    cleaned = form.cleaned_data
    key = cleaned["creation_key"]
    fields = {name: cleaned[name] for name in ("words", "instead", "what", "name")}
    if Correction.objects.filter(creation_key=key).exclude(**fields).exists():
        key = uuid5(key, repr(fields))  # changed and sent again: another correction
    made = Correction.objects.filter(creation_key=key).first()
    if made is not None:
        return made
    limits.corrections.check(request, target=f"source {about.source.pk}")
    by = request.user if request.user.is_authenticated else None
    return corrections.send(
        about.source, key=key, spans=form.spans, by=by, line=about.line, **fields
    )


def shown(request, about, form, status=200):
    context = {
        "about": about,
        "source": about.source,
        "address": about.page("correct"),
        "spans": form.spans if about.line else [],
        "form": form,
        "crumbs": crumbs.of_source(about.source, gettext("Report a mistake")),
    }
    return render(request, "notes/correct.html", context, status=status)


def correction(request, key):
    """A correction's own page: its number, and what became of it."""
    rows = Correction.objects.filter(note__isnull=True)
    rows = rows.select_related("source__work", "proposal")
    found = get_object_or_404(rows, creation_key=key)
    readable = Source.objects.visible_to(request.user).filter(pk=found.source_id)
    source = get_object_or_404(readable.with_work())
    context = {
        "correction": found,
        "source": source,
        "crumbs": crumbs.of_source(source, gettext("A correction")),
    }
    return render(request, "notes/correction.html", context)
