"""Two versions of a record brought together, and what both changed asked.

A form is compared with the state that it was opened at and with the one that stands
now, field by field and row by row. What only one of the two editors changed is taken
over; what both changed waits for an answer: mine, theirs, or both by lines.
"""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext

from sources import merging_lines
from sources.admin import differences, rows
from sources.admin.shown import (
    in_words,
    is_left_out,
    plain,
    row_in_words,
    typed_in_words,
)

MINE, THEIRS, LINES, BOTH = "mine", "theirs", "lines", "both"
CHOICES = (MINE, THEIRS, LINES)
ROW_TAKEN_OUT = "(taken out)"


@dataclass(frozen=True)
class Meeting:
    """One field, or one row, that two editors met in.

    `by` says who changed it: MINE, THEIRS or BOTH. `key` names the answer in the
    form. `note` says why an answer that was given does not do.
    """

    key: str
    label: str
    by: str
    was: str
    mine: str
    theirs: str
    merged: merging_lines.Merged | None = None
    choice: str = ""
    note: str = ""

    @property
    def is_decided(self):
        return self.by != BOTH or (self.choice in CHOICES and not self.note)

    @property
    def offers_lines(self):
        """Whether a merging by lines says something else than either version."""
        texts = (self.mine, self.theirs)
        return self.merged is not None and self.merged.text not in texts

    @property
    def mine_differs(self):
        """What the second editor changed, word by word."""
        return differences.of_words(self.label, self.was, self.mine)

    @property
    def theirs_differs(self):
        """What the first editor changed, word by word."""
        return differences.of_words(self.label, self.was, self.theirs)


class Merging:
    """The posted form with both sides' changes, `data`, and the `meetings` of the two.

    `base` and `theirs` are Shown, of the version that the form was opened at and of
    the newer one; `is_answered` says that the form answers what was asked of these.
    """

    def __init__(self, posted, newer, base, theirs, is_answered):
        self.posted, self.newer, self.is_answered = posted, newer, is_answered
        self.meetings, self.was_rows = [], []
        self.data = posted.copy()
        for key in posted:
            if key.startswith("take-") or key in ("was", "seen"):
                del self.data[key]
        self._merge_fields(base.form, theirs.form)
        for prefix, forms_now in theirs.rows.items():
            self._merge_rows(prefix, base.rows.get(prefix, {}), forms_now)

    @property
    def undecided(self):
        """What still waits for an answer."""
        return [meeting for meeting in self.meetings if not meeting.is_decided]

    @property
    def asked(self):
        """What both changed."""
        return [meeting for meeting in self.meetings if meeting.by == BOTH]

    @property
    def brought_together(self):
        """What only one of the two changed."""
        return [meeting for meeting in self.meetings if meeting.by != BOTH]

    def _merge_fields(self, base, theirs):
        mine = {name: self.posted.getlist(name) for name in theirs.fields}
        for name, values in self._merged(base, theirs, mine).items():
            self.data.setlist(name, values)

    def _merged(self, base, theirs, mine, place="", noun=""):
        """The values of one form's fields, both sides' changes in them."""
        was, now = rows.as_posted(base), rows.as_posted(theirs)
        merged = {}
        for name, field in theirs.fields.items():
            if name in ("id", "DELETE") or isinstance(field.widget, forms.MultiWidget):
                continue
            values = mine.get(name, [])
            if is_left_out(field, name, mine):
                values = was.get(name, [])
            key = f"{place}{name}"
            label = f"{noun}{field.label or name}"
            three = was.get(name, []), values, now.get(name, [])
            merged[name] = self._merged_field(key, label, field, three)
        return merged

    def _merged_field(self, key, label, field, three):
        was, mine, theirs = map(plain, three)
        if mine == theirs:
            return three[1]
        texts = [in_words(field, values) for values in three]
        if mine == was:
            self.meetings.append(Meeting(key, label, THEIRS, *texts))
            return three[2]
        if theirs == was:
            self.meetings.append(Meeting(key, label, MINE, *texts))
            return three[1]
        merged = None
        if isinstance(field.widget, forms.Textarea):
            merged = merging_lines.merge(*(values[0] for values in (was, mine, theirs)))
        choice = self._choice(key)
        value, note = _answered(choice, merged, three)
        meeting = Meeting(key, label, BOTH, *texts, merged, choice, note)
        self.meetings.append(meeting)
        return value

    def _choice(self, key):
        choice = self.posted.get(f"take-{key}", "") if self.is_answered else ""
        return choice if choice in CHOICES else ""

    def _merge_rows(self, prefix, base, theirs):
        posted = self._posted_rows(prefix)
        mine = {row["id"][0]: row for row in posted if row.get("id", [""])[0]}
        known, new = [], []
        for key, form in theirs.items():
            row = mine.pop(key, None)
            known.append(self._standing_row(prefix, key, base.get(key), form, row))
        for key, row in mine.items():
            if "DELETE" not in row and self._keeps(prefix, key, base.get(key), row):
                new.append((key, row | {"id": [""]}))
        for place, (key, _) in enumerate(new, len(known)):
            self.was_rows.append(f"{prefix}-{place}-{key}")
        added = [row for row in posted if not row.get("id", [""])[0]]
        rows_new = [row for _, row in new] + added
        self.data = rows.with_rows(self.data, prefix, known, rows_new)

    def _posted_rows(self, prefix):
        """The posted rows; one that was shown again as new has its old id back."""
        data = self.posted.copy()
        for written in self.posted.get("was", "").split():
            name, _, key = written.rpartition("-")
            if name.startswith(f"{prefix}-") and key.isdecimal():
                data[f"{name}-id"] = key
        return rows.posted_rows(data, prefix)

    def _standing_row(self, prefix, key, base, theirs, mine):
        """A row that stands now, with what the second editor changed in it."""
        noun = f"{theirs.instance._meta.verbose_name} “{theirs.instance}”: "
        now = rows.as_posted(theirs)
        if mine is None:
            if base is None:
                self._note_row(key, noun, THEIRS, "", "", row_in_words(theirs))
            return now
        if "DELETE" not in mine:
            place = f"{prefix}-{key}-"
            return mine | self._merged(base or theirs, theirs, mine, place, noun)
        if base is None or rows.as_posted(base) == now:
            return mine
        whole = row_in_words(base), ROW_TAKEN_OUT, row_in_words(theirs)
        choice = self._row_met(f"{prefix}-{key}", noun, *whole)
        return now if choice == THEIRS else mine

    def _keeps(self, prefix, key, base, mine):
        """Whether a row that the other took out stays, as a new one, in this form."""
        if base is None:
            return True
        was = rows.as_posted(base)
        noun = f"{base.instance._meta.verbose_name} “{base.instance}”: "
        words = row_in_words(base)
        if all(plain(mine.get(n, was[n])) == plain(was[n]) for n in was if n != "id"):
            self._note_row(key, noun, THEIRS, words, words, ROW_TAKEN_OUT)
            return False
        typed = typed_in_words(base, mine)
        choice = self._row_met(f"{prefix}-{key}", noun, words, typed, ROW_TAKEN_OUT)
        return choice != THEIRS

    def _note_row(self, key, noun, by, *texts):
        label = noun.rstrip(": ")
        self.meetings.append(Meeting(key, label, by, *texts))

    def _row_met(self, key, noun, *texts):
        choice = self._choice(key)
        choice = "" if choice == LINES else choice
        meeting = Meeting(key, noun.rstrip(": "), BOTH, *texts, choice=choice)
        self.meetings.append(meeting)
        return choice


def _answered(choice, merged, three):
    """The values that an answer stands for, and why it does not do yet, if so."""
    _, mine, theirs = three
    if choice == THEIRS:
        return theirs, ""
    if choice == LINES and merged is not None:
        note = ""
        if merged.undecided:
            note = gettext(
                "Both versions of some lines now stand in the form below, between "
                "marks. Write there what should stand, then choose yours."
            )
        return [merged.text], note
    if choice == MINE and any(map(merging_lines.has_marks, plain(mine))):
        return mine, gettext("The marks of the merging still stand in the form below.")
    return mine, ""
