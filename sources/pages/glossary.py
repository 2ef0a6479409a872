"""The glossary: every word that a newcomer meets, each with one sentence."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from sources.glossary import words
from sources.pages import crumbs, linked_data


def glossary(request):
    """The words in the file's order; no query."""
    context = {
        "words": words(),
        "crumbs": crumbs.from_question(gettext("Glossary")),
        "linked_data": [term_set(words())],
    }
    return render(request, "sources/glossary.html", context)


def term_set(listed):
    """The glossary in schema.org's words."""
    url = reverse("glossary")
    terms = [
        linked_data.defined_term(
            word.word, word.url, name_he=word.word_he, description=word.says
        )
        for word in listed
    ]
    return linked_data.thing(
        "DefinedTermSet", "Glossary", hasDefinedTerm=terms, url=url, **{"@id": url}
    )
