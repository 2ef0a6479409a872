"""Fields of the desk that take what someone has written by hand into a form."""

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.forms.fields import InvalidJSONInput

from sources.keys import is_key


class KeyAutocomplete(AutocompleteSelect):
    """Django's; what is no key is as if nothing were chosen."""

    def optgroups(self, name, value, attr=None):
        return super().optgroups(name, [each for each in value if is_key(each)], attr)


class KeysField(forms.ModelMultipleChoiceField):
    """Several records; what is no key is refused before the database is asked."""

    def clean(self, value):
        for each in value if isinstance(value, list | tuple) else ():
            if not is_key(each):
                said = self.error_messages["invalid_pk_value"]
                raise ValidationError(said, "invalid_pk_value", {"pk": each})
        return super().clean(value)


class ChosenByKey:
    """For a ModelAdmin: what several records are chosen by is looked at first."""

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        kwargs.setdefault("form_class", KeysField)
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class BoundedJSONField(forms.JSONField):
    """JSON; what is nested deeper than Python reads is refused and given back."""

    def to_python(self, value):
        try:
            return super().to_python(value)
        except RecursionError as error:
            said = self.error_messages["invalid"]
            raise ValidationError(said, "invalid", {"value": value}) from error

    def bound_data(self, data, initial):
        try:
            return super().bound_data(data, initial)
        except RecursionError:
            return InvalidJSONInput(data)
