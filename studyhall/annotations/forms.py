"""The forms in which notes are written."""

from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sources.models import Bearing, Position
from sources.topics import join_names, split_names
from studyhall.annotations import edits
from studyhall.annotations.fields import CleanField, PlainForm
from studyhall.annotations.models import Annotation, NoteTag
from studyhall.annotations.models.note import LONGEST_BODY
from studyhall.annotations.newcomers import NoSpam
from studyhall.annotations.quoting import chosen, following, places_from
from studyhall.annotations.saving import MOST_TAGS

LONGEST_TAG = NoteTag._meta.get_field("name").max_length
Motivation, Visibility = Annotation.Motivation, Annotation.Visibility
KINDS = [
    (Motivation.COMMENTING, _("A thought or a parallel")),
    (Motivation.QUESTIONING, _("A question")),
    (Motivation.ASSESSING, _("I read it otherwise")),
    (Motivation.EDITING, _("A mistake in the text or the translation")),
]
READERS = [
    (Visibility.PRIVATE, _("Only me")),
    (Visibility.PUBLIC, _("Everyone; a newcomer’s once a moderator has read it")),
]
READING = ("position", "direction", "basis")
MISSING = {
    "direction": "Choose how it bears on the position.",
    "basis": "Choose how plainly it says so.",
}


class BodyForm(PlainForm):
    """What every note has: its words, and who may read them."""

    body = CleanField(
        label=_("Your note"),
        longest=LONGEST_BODY,
        strip=False,
        help_text=_(
            "Hebrew or English, Markdown if you like; up to 20,000 letters. Names of "
            "places, such as “Sukkah 52b”, become links by themselves."
        ),
        error_messages={"required": _("Write your note.")},
        widget=forms.Textarea(
            attrs={
                "rows": 8,
                "dir": "auto",
                "data-longest": LONGEST_BODY,
                "data-left": _("Letters left:"),
                "data-over": _("Letters too many:"),
            }
        ),
    )
    visibility = forms.ChoiceField(
        label=_("Who may read it?"),
        choices=READERS,
        initial=Visibility.PRIVATE,
        widget=forms.RadioSelect,
    )


class KindForm(BodyForm):
    """A note with its kind, what it reads otherwise, and its tags."""

    motivation = forms.ChoiceField(
        label=_("What kind of note is it?"),
        choices=KINDS,
        initial=Motivation.COMMENTING,
        widget=forms.RadioSelect,
    )
    position = forms.ModelChoiceField(
        Position.objects.none(),
        label=_("Which position does it bear on?"),
        required=False,
        empty_label=_("None: it gives background"),
    )
    direction = forms.ChoiceField(
        label=_("How does it bear on it?"),
        choices=[("", _("Choose one")), *Bearing.Direction.choices],
        required=False,
    )
    basis = forms.ChoiceField(
        label=_("How plainly?"),
        choices=[("", _("Choose one")), *Bearing.Basis.choices],
        required=False,
    )
    tags = CleanField(
        label=_("Tags (optional)"),
        longest=2000,
        required=False,
        help_text=_(
            "Words of your own, with commas between them; who may read the note may "
            "read them."
        ),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )

    field_order = ["motivation", *READING, "body", "visibility", "tags"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["position"].queryset = Position.objects.in_order()

    def clean_tags(self):
        names = split_names(self.cleaned_data["tags"].replace("\n", ","))
        if len(names) > MOST_TAGS or any(len(name) > LONGEST_TAG for name in names):
            raise ValidationError(
                gettext("At most %(most)s tags, each of at most %(longest)s letters."),
                params={"most": MOST_TAGS, "longest": LONGEST_TAG},
            )
        return names

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("motivation") != Motivation.ASSESSING:
            return cleaned | {"position": None, "direction": "", "basis": ""}
        for name, sentence in MISSING.items():
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, gettext(sentence))
        is_background = cleaned.get("direction") == Bearing.Direction.BACKGROUND
        if cleaned.get("direction") and is_background == bool(cleaned.get("position")):
            self.add_error(
                "position",
                gettext(
                    "What gives background bears on no position, and all else on one."
                ),
            )
        return cleaned


class Keyed(forms.Form):
    """A form that makes one note, however often it is sent."""

    creation_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def key(self):
        """The key that this form carries from page to page."""
        given = self.data.get("creation_key") or self.initial.get("creation_key")
        try:
            return UUID(str(given))
        except ValueError:
            return uuid4()

    def clean_creation_key(self):
        return self.cleaned_data["creation_key"] or uuid4()


class NoteForm(NoSpam, Keyed, KindForm):
    """A new note on what `about` says; `mark` is a highlight's or bookmark's kind.

    `span` is, once it is valid, where the note stands; None for a source as a whole.
    """

    words = CleanField(
        label=_("Which words? (optional)"),
        longest=20_000,
        required=False,
        strip=False,
        help_text=_(
            "Copy them from above, with or without points; they may run on into the "
            "lines after it."
        ),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    place = forms.CharField(
        label=_("These words stand in several places. Which do you mean?"),
        required=False,
        widget=forms.RadioSelect,
    )

    field_order = ["words", "place", *KindForm.field_order]

    def __init__(self, *args, about, mark="", **kwargs):
        super().__init__(*args, **kwargs)
        self.about, self.mark, self.span, self.places = about, mark, None, []
        if not about.texts:
            del self.fields["words"], self.fields["place"]
        if about.bearing:
            self.initial.setdefault("motivation", Motivation.ASSESSING)
        if mark:
            for name in ("body", "motivation", "visibility"):
                self.fields[name].required = False

    def clean_body(self):
        if self.mark and self.cleaned_data["body"]:
            raise ValidationError(
                gettext("This has no words of yours: save it as a note, or empty it.")
            )
        return self.cleaned_data["body"]

    def clean(self):
        cleaned = super().clean()
        if "words" in self.errors or not self.about.texts:
            return cleaned
        words = cleaned.get("words", "")
        if words:
            self._find(words, cleaned.get("place", ""))
        else:
            self.span = self.about.whole()
        if self.mark == Motivation.HIGHLIGHTING and not words and self.span is None:
            self.add_error("words", gettext("Name the words to highlight."))
        return cleaned

    def _find(self, words, place):
        """The one place that is meant, or the question which."""
        spans = list(self.about.spans())
        self.places = [found for span in spans for found in places_from(span, words)]
        if not self.places:
            self.add_error("words", self._not_there())
        elif len(self.places) == 1:
            self.span = self.places[0]
        else:
            self.span = chosen(self.places, place) or self._after(spans)
            self.fields["place"].widget.choices = [
                (each.name, _surrounded(each)) for each in self.places
            ]
            if self.span is None:
                self.add_error("place", gettext("Choose the place that you mean."))

    def _after(self, spans):
        """The place that follows what a script says stands before it in its line."""
        if "before" not in self.data or len(spans) != 1:
            return None
        return following(self.places, spans[0], self.data["before"])

    def _not_there(self):
        if self.about.line:
            return gettext(
                "Copy the words exactly as they stand in line %(line)s and on from it, "
                "or leave this empty."
            ) % {"line": self.about.line}
        return gettext("Copy the words exactly as they stand, or leave this empty.")

    def is_of_another_line(self):
        """Whether the texts have changed since this form was opened for a line."""
        seen = self.data.get("seen", "")
        asks = self.about.line and not self.cleaned_data.get("words")
        return bool(asks and seen and seen != self.about.seen)


def _surrounded(span):
    """Words among what stands around them, for a choice."""
    return format_html(
        '<span lang="{}" dir="{}">{}<mark>{}</mark>{}</span>',
        span.text.language,
        span.text.direction,
        span.before,
        span.words,
        span.after,
    )


class ReplyForm(NoSpam, Keyed, BodyForm):
    """A new reply."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["body"].label = gettext("Your reply")


class EditForm(KindForm):
    """A note as it is edited; one that is a reply keeps being one."""

    def __init__(self, *args, note, **kwargs):
        kinds = {kind for kind, _label in KINDS}
        edit = edits.of(note)
        said = edit or note
        first = {name: getattr(said, name) for name in ("body", *READING)}
        first["visibility"] = note.visibility
        first["motivation"] = (
            said.motivation if said.motivation in kinds else KINDS[0][0]
        )
        names = join_names(note.tags.order_by("pk"))
        first["tags"] = ", ".join(edit.tags) if edit else names
        super().__init__(*args, initial=first, **kwargs)
        if note.parent_id:
            for name in ("motivation", *READING):
                del self.fields[name]

    def fields_of_note(self):
        """The cleaned values by the names of a note's fields, its tags aside."""
        names = ("body", "visibility", "motivation", *READING)
        return {name: self.cleaned_data[name] for name in names if name in self.fields}
