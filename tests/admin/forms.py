"""Posts what a browser would post: every field of a form as the page shows it."""

from html.parser import HTMLParser

from django.urls import reverse


def url(record, deed="change"):
    name = f"admin:sources_{record._meta.model_name}_{deed}"
    return reverse(name, args=[record.pk] if record.pk and deed == "change" else [])


def fields_of(response):
    """The fields of the record's form, by name, as a browser would send them."""
    form = RecordForm()
    form.feed(response.content.decode())
    form.close()
    if not form.was_met:
        raise LookupError("The page has no form of a record.")
    return form.fields


class RecordForm(HTMLParser):
    """Reads one form of a page, whose HTML other tests find to be sound."""

    def __init__(self):
        super().__init__()
        self.fields = {}
        self.was_met, self.is_inside = False, False
        self.select, self.chosen = None, None
        self.textarea = None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form" and not self.was_met and "_form" in (attrs.get("id") or ""):
            self.was_met = self.is_inside = True
        name = attrs.get("name") or ""
        is_field = self.is_inside and name and "__prefix__" not in name
        if tag == "option" and self.select and "selected" in attrs:
            self.chosen.append(attrs.get("value") or "")
        elif tag == "select" and is_field:
            self.select, self.chosen = (name, "multiple" in attrs), []
        elif tag == "textarea" and is_field:
            self.textarea = name
            self.fields[name] = ""
        elif tag == "input" and is_field:
            self._input(name, attrs)

    def _input(self, name, attrs):
        kind = attrs.get("type")
        is_box = kind in ("checkbox", "radio")
        if kind != "submit" and (not is_box or "checked" in attrs):
            default = "on" if kind == "checkbox" else ""
            self.fields[name] = attrs.get("value", default) or ""

    def handle_data(self, data):
        if self.textarea:
            self.fields[self.textarea] += data

    def handle_endtag(self, tag):
        if tag == "form":
            self.is_inside = False
        elif tag == "textarea" and self.textarea:
            words = self.fields[self.textarea]
            self.fields[self.textarea] = words.removeprefix("\n")
            self.textarea = None
        elif tag == "select" and self.select:
            name, is_multiple = self.select
            chosen = self.chosen if is_multiple else (self.chosen or [""])[0]
            self.fields[name] = chosen
            self.select = None
