"""What every form of the readers is made of: cleaned text, and errors to be listed."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from sources.text import clean_text


class CleanField(forms.CharField):
    """Text as it may be stored; its length is counted after that."""

    def __init__(self, *, longest, **kwargs):
        super().__init__(**kwargs)
        self.longest = longest

    def to_python(self, value):
        value = clean_text(super().to_python(value))
        return value if value.strip() else ""

    def validate(self, value):
        super().validate(value)
        if len(value) > self.longest:
            raise ValidationError(
                gettext(
                    "It has %(count)s letters and signs; %(most)s are the most. "
                    "Shorten it, or make two of it."
                ),
                params={"count": f"{len(value):,}", "most": f"{self.longest:,}"},
            )


class PlainForm(forms.Form):
    """A form whose errors stand in a list above it, each leading to its field."""

    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)

    def problems(self):
        """(id of the field, sentence) for each error, in the form's order."""
        yield from (("problem", error) for error in self.non_field_errors())
        for name in self.fields:
            bound = self[name]
            radio = isinstance(self.fields[name].widget, forms.RadioSelect)
            yield from ((bound.auto_id + "_0" * radio, each) for each in bound.errors)
