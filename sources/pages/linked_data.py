"""What a page shows, in schema.org's words: plain dicts with relative addresses.

A view puts them into its context as `linked_data`; the base template writes them.
"""

import json

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe

VOCABULARY = "https://schema.org"
# Under these keys a string that begins with "/" is an address of ours.
ADDRESSES = {
    "@id",
    "appearance",
    "citation",
    "inDefinedTermSet",
    "isPartOf",
    "item",
    "mainEntityOfPage",
    "target",
    "url",
    "urlTemplate",
}
# What could end the block, or the line, in one browser or another.
ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def script(things, absolute):
    """The data block of a page; `absolute` makes a path a whole address."""
    graph = {"@context": VOCABULARY, "@graph": resolved(things, absolute)}
    words = json.dumps(graph, ensure_ascii=False, separators=(",", ":"))
    # Safe: no sign is left in it that ends a script or begins a tag.
    words = mark_safe(words.translate(ESCAPES))
    return format_html('<script type="application/ld+json">{}</script>', words)


def resolved(value, absolute, key=""):
    """The value with every address in it made absolute."""
    if isinstance(value, dict):
        return {name: resolved(one, absolute, name) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [resolved(one, absolute, key) for one in value]
    if key in ADDRESSES and isinstance(value, str) and value.startswith("/"):
        # Not through a URL parser: a template's braces are to stay as they are.
        return absolute("/").removesuffix("/") + value
    return value


def thing(kind, name, **said):
    """One thing with a name; what is empty is not said."""
    said = {key: value for key, value in said.items() if value}
    return {"@type": kind, "name": str(name), **said}


def breadcrumbs(crumbs):
    """The way to a page. What has no address stands in it only as the page itself."""
    way = [(name, url) for name, url in crumbs[:-1] if url] + [crumbs[-1]]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            thing("ListItem", name, position=position, item=url)
            for position, (name, url) in enumerate(way, 1)
        ],
    }


def website(question):
    """The site by its question, and how to search it."""
    search = {
        "@type": "SearchAction",
        "target": {
            "@type": "EntryPoint",
            "urlTemplate": f"{reverse('search')}?q={{words}}",
        },
        "query-input": "required name=words",
    }
    return thing(
        "WebSite",
        "studyhall",
        url=reverse("question"),
        description=question.title,
        inLanguage=["en", "he"],
        potentialAction=search,
    )


def person(author):
    """An author of ours."""
    url = author.get_absolute_url()
    return thing(
        "Person", author.name, alternateName=author.name_he, url=url, **{"@id": url}
    )


def book(work):
    """A work, with who wrote it where that is known."""
    url = work.get_absolute_url()
    return thing(
        "Book",
        work.title,
        alternateName=work.title_he,
        author=person(work.author) if work.author else None,
        url=url,
        **{"@id": url},
    )


def quotation(source, passage, bearings):
    """A source with the decisive words that its page shows, points and all."""
    original, translation = passage.original, passage.translation
    url = source.get_absolute_url()
    positions = {each.position_id: each.position for each in bearings if each.position}
    shown = original or translation
    return thing(
        "Quotation",
        source.reference_en,
        alternateName=source.reference_he,
        text=decisive_words(shown, bearings),
        inLanguage=shown.language if shown else "",
        isPartOf=book(source.work),
        citation=source.reference_en,
        workTranslation=translated(translation) if original and translation else None,
        about=[named_claim(position) for position in positions.values()],
        url=url,
        **{"@id": url},
    )


def decisive_words(text, bearings):
    """An excerpt as it stands; of a whole passage what its bearings rest on."""
    if text is None:
        return ""
    if text.is_excerpt:
        return text.words
    rests_on = dict.fromkeys(each.words for each in bearings if each.words)
    return " … ".join(words for words in rests_on if words in text.words)


def translated(text):
    """A translation of the decisive words, with its translator as it is credited."""
    said = {"creditText": text.translator, "license": text.licence}
    said |= {"text": text.words if text.is_excerpt else ""}
    said = {key: value for key, value in said.items() if value}
    return {"@type": "Quotation", "inLanguage": text.language, **said}


def named_claim(position):
    """A position as another page names it."""
    return thing("Claim", position.name, url=position.get_absolute_url())


def claim(position, sources=()):
    """A position, and the sources that support it."""
    url = position.get_absolute_url()
    return thing(
        "Claim",
        position.name,
        alternateName=position.name_he,
        description=position.statement,
        appearance=[source.get_absolute_url() for source in sources],
        url=url,
        **{"@id": url},
    )


def topics(listed):
    """The site's topics, as the set of words that they are."""
    url = reverse("topics")
    terms = [
        thing("DefinedTerm", each.name, url=each.get_absolute_url()) for each in listed
    ]
    return thing(
        "DefinedTermSet", "Topics", hasDefinedTerm=terms, url=url, **{"@id": url}
    )


def topic(shown):
    """A topic that editors curate."""
    url = shown.get_absolute_url()
    return defined_term(
        shown.name, url, name_he=shown.name_he, within=reverse("topics")
    )


def defined_term(name, url, name_he="", description="", within=""):
    """A word that has its own address: a topic, or a word of the glossary."""
    return thing(
        "DefinedTerm",
        name,
        alternateName=name_he,
        description=description,
        inDefinedTermSet=within,
        url=url,
        **{"@id": url},
    )
