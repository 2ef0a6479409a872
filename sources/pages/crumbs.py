"""The ways to pages: (name, address) pairs, the last of them the page itself."""

from django.urls import reverse
from django.utils.translation import gettext


def from_question(name, *between):
    """The way to a page beside the question: the question, then the page."""
    return [(gettext("The question"), reverse("question")), *between, (name, "")]


def of_work(work):
    """The way to a work: its shelf, which has no page of its own, and its title."""
    return [*_above(work), (work.title, "")]


def of_source(source, *below):
    """The way to a source, or to a page `below` it, such as "Chain"."""
    work = (source.work.title, source.work.get_absolute_url())
    address = source.get_absolute_url() if below else ""
    here = [(name, "") for name in below]
    return [*_above(source.work), work, (place_in_work(source), address), *here]


def of_topic(topic, parent):
    """The way to a topic, by its parent where this reader may see it."""
    above = [(parent.name, parent.get_absolute_url())] if parent else []
    return [(gettext("Topics"), reverse("topics")), *above, (topic.name, "")]


def place_in_work(source):
    """The place alone, without the work's title; the whole reference for none."""
    place = source.reference_en.removeprefix(source.work.title).strip(" ,")
    return place or source.reference_en


def _above(work):
    """What stands above a work; a shelf that is the work itself is not named."""
    shelf = [] if work.category == work.title else [(work.category, "")]
    return [(gettext("Sources"), reverse("sources")), *shelf]
