"""Two topics that are one: their sources and narrower topics go over to one."""

from django.db import transaction

from sources.changes import remove
from sources.merging import Merging, check
from sources.models import Source, State

LONGEST_SLUG = 100
TAKEN = ("name_he", "description")  # where the kept one says nothing


@transaction.atomic
def merge(kept, gone, *, editor, why):
    """Merge one topic into another; the sentences that say what went over.

    Raises ValidationError where a rule forbids it, Stale where someone has saved a
    record since.
    """
    check(kept, gone)
    merging = Merging(kept, gone, editor, why)
    _take_sources(merging)
    _take_children(merging)
    _withdraw(merging)
    with merging.changing(kept):
        for name in TAKEN:
            if not getattr(kept, name) and getattr(gone, name):
                setattr(kept, name, getattr(gone, name))
                merging.tell("Its {} goes over.", name.replace("_he", " in Hebrew"))
        if kept.parent_id == gone.pk:
            kept.parent = gone.parent
        kept.save()
    merging.lead_on()
    return merging.said


def _take_sources(merging):
    kept, gone = merging.kept, merging.gone
    for source in Source.objects.filter(topic_links__tag=gone).order_by("pk"):
        with merging.changing(source):
            if source.topic_links.filter(tag=kept).exists():
                remove(source.topic_links.filter(tag=gone))
            else:
                link = source.topic_links.get(tag=gone)
                link.tag = kept
                link.save()
        merging.tell("{} stands under “{}”.", source, kept)


def _take_children(merging):
    kept, gone = merging.kept, merging.gone
    for child in gone.children.exclude(pk=kept.pk).order_by("pk"):
        with merging.changing(child):
            child.parent = kept
            child.save()
        merging.tell("“{}” stands beneath “{}”.", child, kept)


def _withdraw(merging):
    gone = merging.gone
    merging.tell("“{}” is withdrawn; its address leads to “{}”.", gone, merging.kept)
    with merging.changing(gone):
        ending = f"-merged-{gone.pk}"
        gone.slug = gone.slug[: LONGEST_SLUG - len(ending)] + ending
        gone.state = State.WITHDRAWN
        gone.save()
