"""Markdown as it will be read, before it is kept, and what its references mean."""

from dataclasses import dataclass, field, replace

from django.contrib.admin.widgets import AdminTextareaWidget

from sources import catalogue, markdown, rendering
from sources.admin.reference_field import CHECKS, Checked
from sources.references import Reference


@dataclass(frozen=True)
class Noted:
    """Words of a text that cite something, and what is understood of them.

    `why` says what is wrong with words that are no place; `choices` what words may
    mean that stay open.
    """

    words: str
    reference: Reference | None = None
    url: str = ""
    choices: tuple = ()
    why: str = ""


@dataclass
class Preview:
    """A text as HTML, each thing that it cites once, and why it cannot be kept."""

    html: str = ""
    problem: str = ""
    noted: list = field(default_factory=list)


class MarkdownArea(Checked, AdminTextareaWidget):
    """A text in Markdown: four examples, and a preview once it is checked.

    `is_plain` is for what knows references and paragraphs, and no other Markdown.
    """

    beneath = "admin/sources/widgets/markdown.html"
    is_plain = False

    class Media:
        js = (CHECKS,)

    def render(self, name, value, attrs=None, renderer=None):
        self.shown = {"is_plain": self.is_plain, **(self.shown or {})}
        return super().render(name, value, attrs, renderer)


def preview(text, record=None, *, is_plain=False):
    """The Preview of a text of this record; None for one that is not stored yet."""
    reader = _NotingReader(rendering.reader(record))
    render = markdown.render_words if is_plain else markdown.render
    try:
        html = render(text, reader.resolve, reader.find).html
    except markdown.TextTooLong as problem:
        return Preview(problem=str(problem))
    return Preview(html, noted=list(dict.fromkeys(reader.noted)))


class _NotingReader:
    """Reads references as the gate will, and notes each one that it reads."""

    def __init__(self, reader):
        self._reader = reader
        self.noted = []

    def resolve(self, words):
        """The Link of a reference in brackets."""
        link = self._reader.resolve(words)
        why = "" if link.reference else _no_place(words)
        self.noted.append(Noted(words, link.reference, link.url or "", (), why))
        return link

    def find(self, words, after):
        """The citations of a paragraph; what was stopped is not asked, nor noted."""
        found = catalogue.current().find(words, after)
        self.noted += [Noted(each.text, why=each.why) for each in found.rejected]
        return [
            replace(cited, link=self._noting(citation, cited.link))
            for citation, cited in zip(
                found.citations, self._reader.find(words, after), strict=True
            )
        ]

    def _noting(self, citation, link_of):
        def link():
            made = link_of()
            url = (made.url or "") if made else ""
            meant = (citation.text, citation.reference, url, tuple(citation.choices))
            self.noted.append(Noted(*meant))
            return made

        return link


def _no_place(words):
    """Why words in brackets are no place."""
    found = catalogue.current()
    try:
        found.read(words)
    except ValueError as problem:
        return str(problem)
    return ""
