"""Posts what a browser would post: every field of a form as the page shows it."""

import html5lib
from django.urls import reverse

HTML = "{http://www.w3.org/1999/xhtml}"


def url(record, deed="change"):
    name = f"admin:sources_{record._meta.model_name}_{deed}"
    return reverse(name, args=[record.pk] if record.pk and deed == "change" else [])


def fields_of(response):
    """The fields of the record's form, by name, as a browser would send them."""
    page = html5lib.parse(response.content.decode(), treebuilder="etree")
    form = next(
        form for form in page.iter(f"{HTML}form") if "_form" in form.get("id", "")
    )
    fields = {}
    for field in form.iter():
        name = field.get("name")
        if name and "__prefix__" not in name:
            fields |= _value(field, name)
    return fields


def _value(field, name):
    tag, kind = field.tag.removeprefix(HTML), field.get("type")
    if tag == "textarea":
        return {name: (field.text or "").removeprefix("\n")}
    if tag == "select":
        chosen = [
            option.get("value")
            for option in field.iter(f"{HTML}option")
            if option.get("selected") is not None
        ]
        if field.get("multiple") is not None:
            return {name: chosen}
        return {name: (chosen or [""])[0]}
    if tag != "input" or kind == "submit":
        return {}
    if kind in ("checkbox", "radio") and field.get("checked") is None:
        return {}
    return {name: field.get("value", "on" if kind == "checkbox" else "")}
