"""Fields that take a reference as a person writes it."""

from urllib.parse import urlencode

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.forms import Script
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from sources import places
from sources.admin import address
from sources.models import Source
from sources.text import clean_text

CHECKS = Script("js/admin/checks.js", type="module")


class Checked:
    """For a widget: what was found out about its value stands beneath it.

    `shown` holds the values of `beneath`, a template, once the form was checked.
    """

    beneath = ""
    shown = None

    def render(self, name, value, attrs=None, renderer=None):
        """The field, and beneath it the place that a check fills."""
        attrs = {**(attrs or {}), "data-check": ""}
        field = super().render(name, value, attrs, renderer)
        identity = attrs.get("id", f"id_{name}")
        terms = {**(self.shown or {}), "name": name, "id": f"{identity}_checked"}
        return format_html("{}{}", field, render_to_string(self.beneath, terms))


class ReferenceInput(Checked, AdminTextInputWidget):
    """A reference in any spelling, and what was understood of it."""

    beneath = "admin/sources/widgets/reference.html"

    class Media:
        js = (CHECKS,)


class CitedInput(AdminTextInputWidget):
    """A reference to a source of ours, with suggestions where there is a script."""

    class Media:
        js = (CHECKS,)


def shown(understood, user, *, own=None):
    """What the form says of an Understood; `own` is the source of the form itself."""
    terms = {"understood": understood, "add_work": ""}
    if understood.title:
        query = urlencode({"title": understood.title.strip()[:150]})
        terms["add_work"] = f"{reverse('admin:sources_work_add')}?{query}"
    terms["choices"] = [
        (address.key_of(choice.reference), choice) for choice in understood.choices
    ]
    reference = understood.reference
    if reference is None:
        return terms
    here = [source for source in places.at(reference, user) if source != own]
    around = places.around(reference, user) if reference.spans else []
    taken = {own, *here}
    terms |= {
        "chosen": address.key_of(reference),
        "here": here[: address.MOST],
        "overlaps": [s for s in around if s not in taken][: address.MOST],
    }
    return terms | _neighbours(reference, user, own)


def _neighbours(reference, user, own):
    """Between which sources of its work a place stands."""
    sources = Source.objects.visible_to(user).filter(work__slug=reference.work.slug)
    if own is not None:
        sources = sources.exclude(pk=own.pk)
    before = sources.filter(sort_key__lt=reference.sort_key)
    after = sources.filter(sort_key__gt=reference.sort_key)
    return {
        "before": before.order_by("-sort_key", "-pk").first(),
        "after": after.order_by("sort_key", "pk").first(),
    }


class CitedField(forms.CharField):
    """A source of ours, written as its reference. Its form gives it the `user`."""

    widget = CitedInput
    user = None

    def __init__(self, **options):
        options.setdefault("label", _("Cited source"))
        options.setdefault(
            "help_text",
            _(
                "Write its reference, as “Succah 52b”. It must be a source of this "
                "library."
            ),
        )
        super().__init__(**options)
        self.widget.attrs.update({"dir": "auto", "data-suggest-source": ""})

    def clean(self, value):
        written = super().clean(clean_text(value or "").strip())
        return address.cited(written, self.user) if written else None
