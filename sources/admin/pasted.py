"""What Word pastes into a form: shown before it is cleaned, and never silently."""

import hashlib
import unicodedata
from collections import Counter
from dataclasses import dataclass

from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import models

from sources.admin.rows import is_row
from sources.kept import kept_state
from sources.text import clean_text, from_word

TICKED, SHOWN = "_from_word", "_word_shown"
LINES = 8  # lines of one field that are shown
LONGEST = 300  # code points shown of one line
PLACES = {"address"}  # read as references, whatever their quotes


@dataclass(frozen=True)
class Offer:
    """One field that holds signs of Word: which, and its lines before and after."""

    name: str
    label: str
    token: str
    signs: list
    lines: list


class Pasted:
    """The fields of one posted form that hold signs of Word.

    `offers` are those that the editor has not been shown as they are now; what was
    shown and ticked is cleaned, what was shown and left is stored as it is, and
    `shown` keeps its tokens for a form that is shown again.
    """

    def __init__(self, model, posted, stored=None):
        self.posted = posted.copy()
        shown = posted.getlist(SHOWN)
        ticked = posted.getlist(TICKED)
        found = _holding(model, posted)
        known = _strings(kept_state(stored)) if found and stored else set()
        self.offers, self.shown = [], []
        for name, field, words in found:
            if words in known:
                continue
            offer = _offer(name, field, words)
            if offer.token not in shown:
                self.offers.append(offer)
            elif name in ticked:
                self.posted[name] = from_word(words)[0]
            else:
                self.shown.append(offer.token)

    def refusal(self):
        return ValidationError(
            "Nothing is saved yet: what you typed holds signs that Word pastes. See "
            "below what they would become, tick the fields to clean, and save again."
        )


def _holding(model, posted):
    """(name in the form, field, words) of each text of a form with signs of Word."""
    fields = {
        prefix: {field.name: field for field in _texts_of(row)}
        for prefix, row in _rows_of(model).items()
    }
    found = []
    for name in posted:
        row, number, last = name.split("-") if name.count("-") == 2 else ("", "", name)
        is_there = is_row(number) or not row
        field = fields.get(row, {}).get(last) if is_there else None
        words = clean_text(posted[name]) if field is not None else ""
        if from_word(words)[1]:
            found.append((name, field, words))
    return found


def _rows_of(model):
    """The models of the form's rows by their prefix; "" is the record itself."""
    parts = {name: model._meta.get_field(name).related_model for name in model.parts}
    return {"": model, **parts}


def _texts_of(model):
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not isinstance(field, models.SlugField)
        and field.editable
        and not field.choices
        and field.name not in PLACES
    ]


def _offer(name, field, words):
    cleaned, signs = from_word(words)
    digest = hashlib.sha256(words.encode()).hexdigest()[:16]
    before, after = words.split("\n"), cleaned.split("\n")
    lines = [
        (old[:LONGEST], new[:LONGEST])
        for old, new in zip(before, after, strict=True)
        if old != new
    ]
    row = int(name.split("-")[1]) + 1 if "-" in name else ""
    where = f"{field.model._meta.verbose_name} {row}: " if row else ""
    label = f"{where}{field.verbose_name}"
    return Offer(name, label, f"{name}:{digest}", _told(signs), lines[:LINES])


def _told(signs):
    """Each kind of sign, what it becomes, and how often it stands there."""
    counted = Counter((sign.before, sign.after) for sign in signs)
    return [
        (unicodedata.name(before, "a sign").lower(), _named(after), count)
        for (before, after), count in counted.items()
    ]


def _named(after):
    return {"": "nothing", " ": "a space"}.get(after, after)


def _strings(value):
    """Every text in a kept state."""
    if isinstance(value, str):
        return {value}
    if isinstance(value, dict):
        value = value.values()
    elif not isinstance(value, list):
        return set()
    return set().union(*map(_strings, value))


class FromWord:
    """For a RecordAdmin: offers, before it saves, to clean what Word has pasted."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method == "POST":
            stored = self.get_object(request, unquote(object_id)) if object_id else None
            request.pasted = Pasted(self.model, request.POST, stored)
            request.POST = request.pasted.posted
            extra_context = {**(extra_context or {}), "pasted": request.pasted}
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        pasted = getattr(request, "pasted", None)
        if pasted and pasted.offers and form.refusal is None:
            form.refusal = pasted.refusal()
        return form
