"""What the library's templates say over and over: signs, and Hebrew in English."""

import re
from textwrap import shorten

from django import template
from django.template.defaultfilters import stringfilter
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import mark_safe

from sources import glossary, picture
from sources.models import PLAINLY
from sources.text import without_points

register = template.Library()

# Hebrew letters with their points, and what may stand between two such words.
HEBREW_RUN = re.compile(
    "([\u0590-\u05ff\ufb1d-\ufb4f]+"
    "(?:[ \"'.,:;\u2013\u2014\u2026-]{1,3}[\u0590-\u05ff\ufb1d-\ufb4f]+)*)"
)
# Links and marks of Markdown: what a reader sees of them is kept.
MARKUP = re.compile(
    r"\[\[(?:[^\]|]*\|)?([^\]|]*)\]\]|\[([^\]]*)\]\([^)]*\)|[*_`]{1,2}|\\(?=\w)"
)
SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[A-Z“\"\u05d0-\u05ea])")
NO_END = ("R.", "St.", "cf.", "c.", "v.", "vs.", "e.g.", "i.e.", "p.", "ch.", "no.")
DESCRIPTION = 165  # letters, as search engines show them


@register.filter
def as_read(words, reading):
    """Words as the reader's settings want them: with their points, or without."""
    return without_points(words) if reading and reading.vowels == "none" else words


@register.filter
@stringfilter
def he(text):
    """Hebrew words inside English, isolated; nothing for nothing."""
    return format_html('<bdi lang="he" dir="rtl">{}</bdi>', text) if text else ""


@register.filter
@stringfilter
def mixed(text):
    """Plain text in which every run of Hebrew says its language and direction."""
    pieces = HEBREW_RUN.split(text)
    return format_html_join(
        "",
        "{}",
        (
            (he(piece) if number % 2 else conditional_escape(piece),)
            for number, piece in enumerate(pieces)
        ),
    )


@register.filter
@stringfilter
def first_sentence(text):
    """The first sentence of plain text; an abbreviation's point ends none."""
    for end in SENTENCE_END.finditer(text):
        start = text[: end.start()].rstrip('"”’)')
        if not start.endswith(NO_END):
            return text[: end.end()].rstrip()
    return text


@register.filter
@stringfilter
def as_description(text):
    """Plain text for a page's description: one line, cut between words."""
    return shorten(text, DESCRIPTION, placeholder=" …")


@register.simple_tag
def glyph(sign, size=18):
    """The sign of a position: the disc that is split by Mashiach's coming."""
    return picture.glyph(sign, size)


@register.simple_tag
def mark_glyph(sign, direction, basis, size=18):
    """One mark of the picture, as the legend and the tables show it."""
    return picture.mark_glyph(sign, direction, basis, size)


@register.filter
def stance(bearing):
    """How a bearing stands and how plainly, in words that begin a sentence."""
    if bearing.direction == "background":
        return "Gives background"
    if bearing.direction == "supports":
        return bearing.get_basis_display().capitalize()
    plainly = PLAINLY[bearing.basis]
    return f"{bearing.get_direction_display().capitalize()} it, {plainly}"


@register.filter
def kept_html(html):
    """Rendered Markdown as the gate keeps it."""
    # Safe: `sources.markdown` made it at save, and nh3 cleaned it there.
    return mark_safe(html)


@register.filter
def signs(bearings):
    """The signs of the positions that bearings are about, each once."""
    found = [bearing.position.sign for bearing in bearings if bearing.position]
    return list(dict.fromkeys(found))


@register.filter
@stringfilter
def plain(markdown):
    """One sentence of Markdown without its signs, as text still to be escaped."""
    return MARKUP.sub(lambda found: found.group(1) or found.group(2) or "", markdown)


@register.simple_block_tag(takes_context=True)
def dfns(context, content):
    """Words of the glossary in what stands inside, linked at first use on the page."""
    # The lowest level is one for the whole page: an included piece has its own top.
    seen = context.render_context.dicts[0].setdefault("words_seen", set())
    # Safe: the template escaped the content, and only links of ours are added.
    return mark_safe(glossary.linked(content, seen))


@register.filter
def compare_name(source):
    """A source as the address of a comparison names it: "megillah:17b"."""
    return f"{source.work.slug}:{source.place_in_url}"
