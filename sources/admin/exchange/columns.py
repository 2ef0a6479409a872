"""The columns of a file: how each is read, and how its value is written."""

import json

from django.core.exceptions import ValidationError
from import_export import fields, widgets

from sources.text import clean_text

YES, NO = {"yes", "true", "1", "x", "כן"}, {"no", "false", "0", "", "לא"}
BETWEEN = ";"  # topics in one cell
LARGEST = 2**31 - 1


class Column(fields.Field):
    """One column: its name is the attribute; `about` tells the editor what it holds."""

    def __init__(self, name, widget=None, about="", required=False):
        super().__init__(attribute=name, column_name=name, widget=widget or Words())
        self.about, self.required = about, required

    def clean(self, row, **known):
        value = super().clean(row, **known)
        if self.required and value in (None, "", ()):
            raise ValidationError("It is empty.")
        return value


class Words(widgets.Widget):
    """Text, cleaned as everywhere; what stands around it goes out."""

    def clean(self, value, row=None, **known):
        return clean_text(value).strip()


class Choice(widgets.Widget):
    """One of a model's choices, by its name in the file or in words."""

    def __init__(self, choices, is_optional=False):
        super().__init__()
        self.choices, self.is_optional = choices, is_optional

    def clean(self, value, row=None, **known):
        written = value.strip().casefold()
        if not written and self.is_optional:
            return ""
        for choice in self.choices:
            if written in (str(choice.value), str(choice.label).casefold()):
                return choice.value
        these = ", ".join(self.names())
        raise ValidationError(f"“{value[:40]}” is none of these: {these}.")

    def names(self):
        """What may stand in the column, as it is exported."""
        return [self.render(choice.value) for choice in self.choices]


class Era(Choice):
    """A shelf, by its name; the database keeps its number."""

    def clean(self, value, row=None, **known):
        return super().clean(value) or None

    def render(self, value, **known):
        return self.choices(value).label if value else ""


class Whole(widgets.Widget):
    """A whole number, or nothing."""

    def __init__(self, empty=None):
        super().__init__()
        self.empty = empty

    def clean(self, value, row=None, **known):
        if not value.strip():
            return self.empty
        try:
            number = int(value.strip())
        except ValueError as error:
            raise ValidationError(f"“{value[:40]}” is no whole number.") from error
        if abs(number) > LARGEST:
            raise ValidationError("The number is too large.")
        return number

    def render(self, value, **known):
        return "" if value is None else value


class YesNo(widgets.Widget):
    """Yes or no."""

    def clean(self, value, row=None, **known):
        written = value.strip().casefold()
        if written not in YES | NO:
            raise ValidationError(f"“{value[:40]}” is neither yes nor no.")
        return written in YES

    def render(self, value, **known):
        return "yes" if value else "no"


class Named(widgets.Widget):
    """A record by its slug or by any of its names; `kind` is an attribute of Known."""

    def __init__(self, kind):
        super().__init__()
        self.kind = kind

    def clean(self, value, row=None, known=None, **others):
        written = value.strip()
        return getattr(known, self.kind).slug(written) if written else ""


class SeveralNamed(Named):
    """Several records, between semicolons, in their order, each once."""

    def clean(self, value, row=None, known=None, **others):
        names = [name.strip() for name in value.split(BETWEEN)]
        slugs = [getattr(known, self.kind).slug(name) for name in filter(None, names)]
        return tuple(dict.fromkeys(slugs))

    def render(self, value, **known):
        return f"{BETWEEN} ".join(value or ())


class Json(widgets.Widget):
    """A value in JSON, such as a work's bounds."""

    def clean(self, value, row=None, **known):
        if not value.strip():
            return {}
        try:
            return json.loads(value)
        except (ValueError, RecursionError) as error:
            raise ValidationError("It is not written in JSON.") from error

    def render(self, value, **known):
        return json.dumps(value, ensure_ascii=False, sort_keys=True) if value else ""
