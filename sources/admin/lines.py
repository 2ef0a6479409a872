"""The texts of a source as its form holds them: their lines, side by side."""

import hashlib
from dataclasses import dataclass
from itertools import zip_longest

from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from sources import followers
from sources.admin.forms import RecordForm
from sources.admin.rows import is_row
from sources.models import Text
from sources.text import clean_text, lines_of

MOST_LINES = 500  # shown side by side
PREFIX = "texts"
FIRST_TEXTS = [
    {"role": Text.Role.ORIGINAL, "language": Text.Language.HEBREW},
    {"role": Text.Role.TRANSLATION, "language": Text.Language.ENGLISH},
]


@dataclass(frozen=True)
class Typed:
    """One text as it is typed: its role, its language and its words."""

    role: str
    language: str
    words: str

    @property
    def name(self):
        """In words: "Hebrew original"."""
        roles, languages = dict(Text.Role.choices), dict(Text.Language.choices)
        return f"{languages.get(self.language, '')} {roles.get(self.role, '')}".strip()

    @property
    def direction(self):
        """ "ltr" or "rtl", as the language is written."""
        return "ltr" if self.language == Text.Language.ENGLISH else "rtl"

    @property
    def lines(self):
        return [line.words for line in lines_of(self.words)]


def typed_in(data):
    """The texts of a posted form that have words; None where it holds no texts."""
    total = data.get(f"{PREFIX}-TOTAL_FORMS", "")
    if not is_row(total):
        return None
    found = []
    for number in range(min(int(total), 1000)):
        row = f"{PREFIX}-{number}"
        words = clean_text(data.get(f"{row}-words", "")).strip()
        role, language = data.get(f"{row}-role", ""), data.get(f"{row}-language", "")
        if words:
            found.append(Typed(role, language, words))
    return found


class TextForm(RecordForm):
    """A text, in the direction of its language."""

    class Meta:
        model = Text
        fields = "__all__"
        help_texts = {
            "words": _(
                "Paste it here: one line for each line of the text. Points stay as "
                "they are written. The lines are shown side by side beneath."
            ),
            "edition": _("The printed or digital edition that it was copied from."),
            "translator": _("Whose translation it is, as “the editors”."),
            "licence": _("Under which licence it may be shown, as “CC BY 4.0”."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        language = self["language"].value() if "language" in self.fields else ""
        if language in Text.Language.values and "words" in self.fields:
            direction = "ltr" if language == Text.Language.ENGLISH else "rtl"
            self.fields["words"].widget.attrs.update(dir=direction, lang=language)
        if "words" in self.fields:
            self.fields["words"].widget.attrs["data-check"] = ""


class TextFormSet(BaseInlineFormSet):
    """A source's texts: side by side as they will stand, and whom a change moves."""

    foreseen = ()

    def __init__(self, *args, **options):
        instance = options.get("instance")
        if instance is None or instance.pk is None:
            options.setdefault("initial", FIRST_TEXTS)
        super().__init__(*args, **options)

    def clean(self):
        """Ask before a save that followers of a text, such as notes, will feel."""
        super().clean()
        self.foreseen = self._foreseen()
        is_seen = self.data.get("foreseen") == self.foreseen_key
        if self.foreseen and not is_seen and "_check" not in self.data:
            raise ValidationError(
                _(
                    "Nothing was saved yet: read what this change of a text would do, "
                    "tick that you have read it, and save again."
                )
            )

    def _foreseen(self):
        """What each follower says of each text that has other words than before."""
        sentences = []
        for form in self.initial_forms:
            if "words" not in form.changed_data or "words" not in form.cleaned_data:
                continue
            stored = Text.objects.filter(pk=form.instance.pk).first()
            if stored is None:  # the row names no text, and is refused
                continue
            for said in followers.tell("foresee", stored, form.cleaned_data["words"]):
                sentences += said
        return sentences

    @property
    def foreseen_key(self):
        """By what a tick is known to be for these sentences and no others."""
        return hashlib.sha256("\n".join(self.foreseen).encode()).hexdigest()[:16]

    @property
    def is_foreseen(self):
        """Whether these sentences were read and ticked."""
        return self.data.get("foreseen") == self.foreseen_key

    @cached_property
    def typed(self):
        """The texts with words, typed or stored."""
        if self.is_bound:
            return typed_in(self.data) or []
        stored = (form.instance for form in self.initial_forms)
        return [Typed(text.role, text.language, text.words) for text in stored]

    def rows(self):
        """The lines side by side, [(number, [(text, words), ...]), ...]; None where
        a text has no such line."""
        columns = [text.lines[:MOST_LINES] for text in self.typed]
        return [
            (number, list(zip(self.typed, cells, strict=True)))
            for number, cells in enumerate(zip_longest(*columns), 1)
        ]

    def left_out(self):
        """How many lines are not shown."""
        longest = max((len(text.lines) for text in self.typed), default=0)
        return max(0, longest - MOST_LINES)

    def disagreements(self):
        """A sentence for each translation whose lines are not the original's."""
        originals = [text for text in self.typed if text.role == Text.Role.ORIGINAL]
        if not originals:
            return []
        ours = len(originals[0].lines)
        said = _("Number of lines: %(original)s %(ours)s, %(text)s %(theirs)s.")
        return [
            said
            % {
                "original": originals[0].name,
                "ours": ours,
                "text": text.name,
                "theirs": len(text.lines),
            }
            for text in self.typed
            if text.role != Text.Role.ORIGINAL and len(text.lines) != ours
        ]
