"""The topics, and one topic with the sources that stand under it."""

from django.db.models import F, Prefetch
from django.shortcuts import get_object_or_404, render

from sources.models import Bearing, Topic, TopicLink
from sources.pages import crumbs, linked_data


def topics(request):
    """All topics, those with a parent under it, with counts."""
    seen = Topic.objects.visible_to(request.user).with_counts_for(request.user)
    listed = list(seen.in_order())
    context = {
        "topics": in_families(listed),
        "count": len(listed),
        "linked_data": [linked_data.topics(listed)],
    }
    return render(request, "sources/topics.html", context)


def topic(request, slug):
    """One topic: what it is, its sources by generation and why each stands here."""
    readable = Topic.objects.visible_to(request.user)
    found = get_object_or_404(readable.select_related("parent"), slug=slug)
    children = found.children.visible_to(request.user).in_order()
    parent = visible_parent(found, readable)
    context = {
        "topic": found,
        "children": children.with_counts_for(request.user),
        "links": by_generation(found, request.user),
        "crumbs": crumbs.of_topic(found, parent),
        "linked_data": [linked_data.topic(found)],
    }
    return render(request, "sources/topic.html", context)


def in_families(listed):
    """(topic, its children) pairs; a child of an unlisted parent stands by itself."""
    names = {each.pk for each in listed}
    return [
        (each, [child for child in listed if child.parent_id == each.pk])
        for each in listed
        if each.parent_id not in names
    ]


def visible_parent(topic, readable):
    """The topic's parent, if this reader may see it."""
    if topic.parent_id is None:
        return None
    return readable.filter(pk=topic.parent_id).first()


def by_generation(topic, user):
    """The links to this topic's sources, each with its source as a list shows it."""
    place = "content_object__work"
    return (
        TopicLink.objects.visible_to(user)
        .filter(tag=topic)
        .select_related("content_object__work__author")
        .prefetch_related(
            Prefetch(
                "content_object__bearings",
                Bearing.objects.visible_to(user).for_page(),
            )
        )
        .order_by(
            F(f"{place}__era").asc(nulls_last=True),
            F(f"{place}__year_from").asc(nulls_last=True),
            f"{place}__order",
            "order",
            "content_object__sort_key",
            "pk",
        )
    )
