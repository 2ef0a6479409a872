"""The form of a bearing: each choice explained, its exact words looked for."""

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from sources.admin.choices import ExplainedRadio, explanations
from sources.admin.forms import RecordForm
from sources.admin.lines import Typed, typed_in
from sources.admin.reference_field import CHECKS, Checked
from sources.models import Bearing, Position, Question, State
from sources.text import find_words

ROWS = {"read_by": 2, "words": 3, "reasoning": 6}  # lines that are shown


class ExactWords(Checked, AdminTextareaWidget):
    """The exact words of a bearing, and whether they stand in a text."""

    beneath = "admin/sources/widgets/words.html"

    class Media:
        js = (CHECKS,)


class BearingForm(RecordForm):
    """A bearing answers the question of its position."""

    position = forms.ModelChoiceField(
        Position.objects.in_order(),
        required=False,
        widget=ExplainedRadio(_("Position")),
        help_text=_("Choose “none” if, and only if, the source gives background."),
    )

    class Meta:
        model = Bearing
        fields = "__all__"
        help_texts = {
            "read_by": _(
                "Whose reading it is, in words, as “Malbim” or “The gemara itself; "
                "sharpened by Rashi”. Leave it empty only where it is the text itself, "
                "on its plain sense."
            ),
            "words": _(
                "The exact words of the text that it rests on, copied from the text "
                "above. Points and punctuation may differ."
            ),
            "reasoning": _(
                "Why it is read so. A reference links itself; a backslash before it "
                "stops that."
            ),
            "credit": _("Who proposed this reading to the site, if they wish it said."),
            "order": _("Where a source has several bearings: 0 comes first."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, rows in ROWS.items():
            if name in self.fields:
                self.fields[name].widget.attrs["rows"] = rows

    def offer(self, explained):
        """Put the explanations beside the choices."""
        for name in ("direction", "basis", "position"):
            if name in self.fields:
                self.fields[name].widget.explained = explained[name]
        if "position" in self.fields:
            self.fields["position"].widget.choices = explained["positions"]

    def clean(self):
        cleaned = super().clean()
        position = cleaned.get("position")
        if position:
            self.instance.question = position.question
        elif self.instance.question_id is None:
            self.instance.question = Question.objects.first_question()
        if self.instance.question_id is None:
            raise ValidationError(_("Make the question first: a bearing answers it."))
        self._look_for_words(cleaned)
        return cleaned

    def has_changed(self):
        """A bearing that is taken back to draft is saved, if nothing else is."""
        return super().has_changed() or self.takes_back

    @cached_property
    def takes_back(self):
        """Whether the editor ticked to take the bearing back to draft."""
        return bool(self.data.get(self.add_prefix("to_draft")))

    def _look_for_words(self, cleaned):
        """Say where the exact words stand; refuse a bearing that would lose them."""
        words = cleaned.get("words", "")
        if not words or "words" not in self.fields:
            return
        where = self._place_of(words)
        is_lost = where is None and self._was_public
        if is_lost and self.takes_back:
            cleaned |= {"state": State.DRAFT, "words": ""}
        elif where is None and cleaned.get("state") != State.WITHDRAWN:
            self.add_error("words", self._said_of(words))
        self.fields["words"].widget.shown = {
            "where": where,
            "is_lost": is_lost,
            "to_draft": self.add_prefix("to_draft"),
            "takes_back": self.takes_back,
        }

    @property
    def _was_public(self):
        return self.initial.get("state") == State.PUBLISHED

    def _said_of(self, words):
        if self._was_public:
            said = _(
                "The texts above no longer hold the words on which this published "
                "bearing rests: “%(words)s”. Give its words as they stand now, or take "
                "the bearing back to draft."
            )
        else:
            said = _(
                "These words do not stand in the source's text: “%(words)s”. Copy them "
                "from the text, or leave them empty."
            )
        return said % {"words": words}

    def _place_of(self, words):
        """(the text, its line's number) where the words stand, or None."""
        typed = typed_in(self.data)
        if typed is None:
            stored = self.instance.source.texts.all() if self.instance.pk else []
            typed = [Typed(text.role, text.language, text.words) for text in stored]
        for text in typed:
            span = find_words(text.words, words)
            if span:
                return text, text.words.count("\n", 0, span[0]) + 1
        return None


class BearingFormSet(BaseInlineFormSet):
    """The bearings of a source; what explains their choices is asked for once."""

    @cached_property
    def _explained(self):
        return explanations()

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.offer(self._explained)
