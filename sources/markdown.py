"""Markdown to safe HTML, rendered once, when its record is saved.

Two walls: the renderer knows no raw HTML, and what it makes is cleaned by a list of
what may stand. Citations in running text link themselves; `\\Megillah 17b` does not.
`[[Megillah 17b]]` and `[[Megillah 17b|the gemara]]` name a source in other words; so
does its address on the site, `[[sanhedrin/98a-fish|Sanhedrin 98a]]`, which can choose
among the sources of one place.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

import nh3
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.footnote import footnote_plugin

from sources.citing import Cited, Find, Link, link_citations
from sources.isolating import BDI, BDI_END, CLOSING, OPENING, join_runs, shown
from sources.text import clean_text

__all__ = ["Cited", "Link", "Rendered", "TextTooLong", "render", "render_words"]

RENDERER = 4
"""Raised whenever the same Markdown would come out otherwise than before."""

LONGEST = 20_000
"""Code points of one body: what the renderer still does in a fraction of a second."""

_LONGEST_REFERENCE = 300
_AWAY = '<span class="unseen" lang="en" dir="ltr"> (on Sefaria)</span>'
_UNVERIFIED = " <em>(not yet verified against the text)</em>"

_TAGS = (
    {"p", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "hr", "br"}
    | {"a", "em", "strong", "s", "code", "sup", "span", "bdi", "section"}
    | {"table", "thead", "tbody", "tr", "th", "td"}
)
_ATTRIBUTES = {
    "a": {"href", "title", "rel", "id", "data-place"},
    "span": {"data-place", "lang", "dir"},
    "bdi": {"lang", "dir"},
    "li": {"id"},
    "ol": {"start"},
}
_CLASSES = {
    "a": {"reference", "away", "footnote-backref"},
    "span": {"reference", "unseen"},
    "sup": {"footnote-ref"},
    "section": {"footnotes"},
    "hr": {"footnotes-sep"},
    "ol": {"footnotes-list"},
    "li": {"footnote-item"},
}


class TextTooLong(ValueError):
    """A body has more code points than may be rendered."""


@dataclass(frozen=True)
class Rendered:
    """The HTML of a body, and the references in it, each once, in reading order."""

    html: str
    references: tuple[str, ...]


def render(
    text: str,
    resolve: Callable[[str], Link] | None = None,
    find: Find | None = None,
) -> Rendered:
    """The body as safe HTML.

    `resolve` is asked once for each reference in brackets, with the words inside
    them; `find` for the citations of each paragraph. Without them references stand
    as words. Raises TextTooLong past 20 000 code points.
    """
    return _rendered(_MARKDOWN, text, resolve, find)


def render_words(
    text: str,
    resolve: Callable[[str], Link] | None = None,
    find: Find | None = None,
) -> Rendered:
    """Plain words as safe HTML: paragraphs and references, and no other Markdown."""
    return _rendered(_WORDS, text, resolve, find)


def _rendered(parser: MarkdownIt, text: str, resolve, find) -> Rendered:
    if len(text) > LONGEST:
        raise TextTooLong(
            f"The text has {len(text):,} characters; {LONGEST:,} are the most."
        )
    text = clean_text(text)
    links: dict[str, Link] = {}
    env = {
        "links": links,
        "resolve": resolve or _as_words,
        "find": find,
        "docId": hashlib.sha256(text.encode()).hexdigest()[:8],
    }
    html = nh3.clean(
        parser.render(text, env),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        allowed_classes=_CLASSES,
        url_schemes={"http", "https"},
        link_rel=None,
    )
    return Rendered(html, tuple(links))


def _as_words(reference: str) -> Link:
    """The link of a reference that nobody resolves."""
    return Link(None, reference)


def _reference_rule(state: StateInline, silent: bool) -> bool:
    """Reads `[[reference]]` or `[[reference|words]]`, in one line, 300 at most."""
    start = state.pos + 2
    if not state.src.startswith("[[", state.pos):
        return False
    end = state.src.find("]]", start, min(state.posMax, start + _LONGEST_REFERENCE))
    inner = state.src[start:end] if end >= 0 else ""
    reference, _, words = (part.strip() for part in inner.partition("|"))
    if not reference or "[" in inner or "\n" in inner:
        return False
    if not silent:
        token = state.push("reference", "", 0)
        token.meta = {"link": _link_of(reference, state.env), "words": words}
    state.pos = end + 2
    return True


def _link_of(reference: str, env: dict) -> Link:
    """What the reference leads to; remembered, so that each is asked for once."""
    if reference not in env["links"]:
        env["links"][reference] = env["resolve"](reference)
    return env["links"][reference]


def _render_reference(renderer, tokens, index, options, env) -> str:
    """A link, or a span where there is nothing to open."""
    meta = tokens[index].meta
    link = meta["link"]
    words = meta["words"] or link.text
    return _opening(link) + shown(words, tokens[index]) + _closing(link)


def _render_opening(renderer, tokens, index, options, env) -> str:
    return _opening(tokens[index].meta["link"])


def _render_closing(renderer, tokens, index, options, env) -> str:
    return _closing(tokens[index].meta["link"])


def _opening(link: Link) -> str:
    """The tag before a reference's words."""
    place = f' data-place="{escapeHtml(link.place)}"' if link.place else ""
    if not link.url:
        return f'<span class="reference"{place}>'
    kind = "reference away" if link.away else "reference"
    rel = ' rel="external nofollow noopener"' if link.away else ""
    return f'<a class="{kind}"{place}{rel} href="{escapeHtml(link.url)}">'


def _closing(link: Link) -> str:
    """The tag after them; what leads away, or may not be opened yet, says so."""
    if not link.url:
        return "</span>" + (_UNVERIFIED if link.unverified else "")
    return (_AWAY if link.away else "") + "</a>"


def _render_text(renderer, tokens, index, options, env) -> str:
    """Words, escaped, each Hebrew run isolated."""
    return shown(tokens[index].content, tokens[index])


def _finish_tokens(state: StateCore) -> None:
    """Headings two ranks lower, below the page's own; foreign links say what to do."""
    for token in state.tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(int(token.tag[1]) + 2, 6)}"
        for child in token.children or ():
            href = str(child.attrGet("href") or "").lower()
            if child.type == "link_open" and href.startswith(("http:", "https:", "//")):
                child.attrSet("rel", "noopener nofollow")


def _link_citations(state: StateCore) -> None:
    """Citations of the running text, where someone finds them."""
    if state.env["find"]:
        link_citations(state.tokens, state.env["find"])


def _join_hebrew(state: StateCore) -> None:
    """Hebrew with links and emphasis in it, isolated as one run."""
    join_runs(state.tokens)


def _parser() -> MarkdownIt:
    """The one parser: no raw HTML, no pictures, no guessed links, no smart quotes."""
    parser = MarkdownIt(
        "js-default", {"html": False, "linkify": False, "typographer": False}
    )
    parser.use(footnote_plugin).disable("image")
    parser.inline.ruler.before("link", "reference", _reference_rule)
    return _with_references(parser)


def _words_parser() -> MarkdownIt:
    """Paragraphs and references alone."""
    parser = MarkdownIt("zero", {"html": False}).enable("newline")
    parser.inline.ruler.push("reference", _reference_rule)
    return _with_references(parser)


def _with_references(parser: MarkdownIt) -> MarkdownIt:
    """The parser with what both have in common."""
    parser.core.ruler.push("finish", _finish_tokens)
    parser.core.ruler.push("citations", _link_citations)
    parser.core.ruler.push("hebrew", _join_hebrew)
    parser.add_render_rule("reference", _render_reference)
    parser.add_render_rule("citation_open", _render_opening)
    parser.add_render_rule("citation_close", _render_closing)
    parser.add_render_rule("text", _render_text)
    parser.add_render_rule(OPENING, lambda *_: BDI)
    parser.add_render_rule(CLOSING, lambda *_: BDI_END)
    return parser


_MARKDOWN = _parser()
_WORDS = _words_parser()
