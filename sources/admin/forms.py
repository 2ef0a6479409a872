"""The forms in which editors write: cleaned text, and Hebrew that reads as Hebrew."""

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.db import models
from django.utils.translation import gettext_lazy as _

from sources import rendering
from sources.admin.keys import BoundedJSONField, ChosenByKey, KeyAutocomplete
from sources.admin.markdown_preview import MarkdownArea, preview
from sources.text import clean_text

HEBREW = {"dir": "rtl", "lang": "he"}


class CleanCharField(forms.CharField):
    """Text as it may be stored: every form of the admin takes it in here."""

    def to_python(self, value):
        return clean_text(super().to_python(value))


class RecordForm(forms.ModelForm):
    """A record's form; `refusal` is why the gate has refused what it holds.

    A form that is posted with `_check` is looked at and shown again, never saved.
    """

    refusal = None

    @property
    def is_check(self):
        """Whether the editor asks what was understood, and not to save."""
        return "_check" in self.data

    def is_valid(self):
        return super().is_valid() and not self.is_check

    def clean(self):
        cleaned = super().clean()
        if self.is_check:
            self._show_previews(cleaned)
        if self.refusal is not None:
            for field, errors in _by_field(self.refusal).items():
                self.add_error(field if field in self.fields else None, errors)
        return cleaned

    def _show_previews(self, cleaned):
        """Put beneath each text in Markdown how it will read."""
        record = getattr(self.instance, "source", self.instance)
        stored = record if record and record.pk else None
        for name, field in self.fields.items():
            if isinstance(field.widget, MarkdownArea) and cleaned.get(name):
                is_plain = field.widget.is_plain
                shown = preview(cleaned[name], stored, is_plain=is_plain)
                field.widget.shown = {"preview": shown}


def _by_field(error):
    return error.error_dict if hasattr(error, "error_dict") else {None: error}


class LibraryFields(ChosenByKey):
    """For a ModelAdmin or an inline: its text is cleaned, its Hebrew runs right."""

    formfield_overrides = {
        models.CharField: {
            "form_class": CleanCharField,
            "widget": AdminTextInputWidget,
        },
        models.SlugField: {
            "form_class": forms.SlugField,
            "widget": AdminTextInputWidget,
        },
        models.TextField: {
            "form_class": CleanCharField,
            "widget": AdminTextareaWidget,
        },
        models.JSONField: {"form_class": BoundedJSONField},
    }

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = KeyAutocomplete(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name in getattr(db_field.model, "markdown", ()):
            kwargs["widget"] = MarkdownArea()
            kwargs["widget"].is_plain = db_field.name in rendering.PLAIN
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(db_field, models.SlugField):
            field.label = _("Name in the address")
            field.error_messages["invalid"] = _(
                "Write it with Latin letters, digits and hyphens, as “two-stages”."
            )
        if isinstance(db_field, models.JSONField):
            field.error_messages["invalid"] = _(
                "Write it as in the example beneath, with its brackets and quotes."
            )
        if isinstance(db_field, models.SlugField | models.JSONField):
            field.widget.attrs.update(dir="ltr", lang="en")
        elif isinstance(field, CleanCharField):
            is_hebrew = db_field.name.endswith("_he")
            field.widget.attrs.update(HEBREW if is_hebrew else {"dir": "auto"})
        return field
