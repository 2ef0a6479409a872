"""What someone might send to break the site, and the forms into which it can be put."""

from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import html5lib
from django.core.files.uploadedfile import SimpleUploadedFile

MARK = "pwned"
MARKUP = f"\"'></textarea></title><script>{MARK}()</script><img src=x onerror={MARK}()>"
WORDS = {
    "half a character": "a\ufffdb",
    "a huge number": f"1{20 * '0'}",
    "more than an integer of 64 bits": str(2**63),
    "less than nothing": "-1",
    "infinity": "1e309",
    "no number": "NaN",
    "other digits": "²३",
    "very long": 6000 * "long ",
    "control characters": "a\x01\x07\x1b[31m\x7f\x85\u2028b",
    "signs that turn the line": "\u202egnp.exe\u2066\u2067\u2069\u200f",
    "deep JSON": 6000 * "[" + 3000 * '{"a":',
    "SQL": "1' OR '1'='1'; DROP TABLE sources_source; --",
    "a template": "{{ 719123456789|add:7 }}{% debug %}${7*7}%(key)s%s%n{0.__class__}",
    "another header": "a\r\nSet-Cookie: pwned=1\r\n\r\n<p>",
    "a way up": "../../../../../../etc/passwd",
    "markup": MARKUP,
    "a script for an address": "javascript:pwned()",
    "elsewhere": "//evil.example/pwned",
    "nothing but spaces": " \t\u3000\u200b ",
    "a regular expression": "(a+)+$" + 40 * "a" + "!",
}
# As they stand percent-encoded in an address or a form: no text can hold them.
BYTES = {
    "NUL": "a%00b",
    "a surrogate": "%ED%A0%80",
    "not UTF-8": "%FF%FE",
    "a cut character": "%D7",
}
ELSEWHERE = (
    "//evil.example",
    "///evil.example",
    "////evil.example/%2f..",
    "https://evil.example",
    "https:evil.example",
    "http:///evil.example",
    "\\\\evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "/\t/evil.example",
    "\t//evil.example",
    " //evil.example",
    "/\n/evil.example",
    "javascript:pwned()",
    "java\tscript:pwned()",
    "data:text/html,pwned",
    "//testserver@evil.example",
    "https://testserver.evil.example/",
    "//evil.example\x00/",
    "/%09/evil.example",
    "/%5Cevil.example",
    "/%2F%2Fevil.example",
)
LEADING = (
    "next",
    "back",
    "url",
    "return_to",
    "redirect",
    "to",
    "continue",
    "came_from",
)


@dataclass(frozen=True)
class Field:
    """A field of a form: its name, its kind, and what a browser would send."""

    name: str
    kind: str
    value: str

    @property
    def is_typed(self):
        return self.kind in TYPED

    @property
    def is_secret(self):
        return self.kind == "password" or "pass" in self.name


TYPED = {"textarea", "text", "search", "email", "url", "number", "date", "tel", ""}


@dataclass(frozen=True)
class Form:
    """A form of a page: where it goes, how, and its fields."""

    action: str
    method: str
    fields: tuple

    @property
    def name(self):
        """The same for the same form of another page."""
        names = " ".join(sorted({field.name for field in self.fields}))
        return f"{self.method} {urlsplit(self.action).path} {names}"

    def filled(self, value, everywhere=False):
        """What is sent with `value` in every typed field, or in every field at all."""
        sent = {}
        for field in self.fields:
            if field.kind == "file":
                sent[field.name] = SimpleUploadedFile("a.csv", value.encode())
            elif everywhere or field.is_typed:
                sent[field.name] = value
            else:
                sent.setdefault(field.name, field.value)
        return sent


def tree_of(answer):
    """The page as a browser reads it."""
    return html5lib.parse(answer.content.decode(), namespaceHTMLElements=False)


def forms_of(answer, address):
    """Every form of a page that goes to this site."""
    for form in tree_of(answer).iter("form"):
        action = urljoin(f"http://testserver{address}", form.get("action") or "")
        if urlsplit(action).netloc == "testserver":
            fields = tuple(field for field in map(_field, form.iter()) if field)
            path = action.removeprefix("http://testserver")
            yield Form(path, (form.get("method") or "get").lower(), fields)


def _field(element):
    name, tag = element.get("name"), element.tag
    if not name or "__prefix__" in name or tag not in ("input", "textarea", "select"):
        return None
    if tag == "textarea":
        return Field(name, "textarea", (element.text or "").removeprefix("\n"))
    if tag == "select":
        values = [option.get("value", "") for option in element.iter("option")]
        return Field(name, "select", next(filter(None, values), ""))
    kind = element.get("type", "text")
    value = element.get("value", "on" if kind in ("checkbox", "radio") else "")
    return Field(name, kind, value)
