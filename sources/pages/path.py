"""The paths through the sources, one path, and one step on it."""

from collections import Counter
from dataclasses import dataclass
from math import ceil

from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext

from sources.models import Bearing, Essay, Path, PathStep, Source
from sources.pages import linked_data
from sources.pages.source import page_of

WORDS_A_MINUTE = 200


@dataclass(frozen=True)
class Way:
    """A path with the steps that one reader may see, counted from 1."""

    path: Path
    steps: tuple[PathStep, ...]

    @cached_property
    def positions(self):
        """(position, how many of the sources bear on it), in the positions' order."""
        met, counts = {}, Counter()
        for step in self.steps:
            here = {each.position for each in step.source.bearings.all()} - {None}
            met |= {position.pk: position for position in here}
            counts.update(position.pk for position in here)
        listed = sorted(met.values(), key=lambda one: (one.order, one.pk))
        return [(position, counts[position.pk]) for position in listed]

    @property
    def minutes(self):
        """How long the summaries take to read, in minutes, rounded up."""
        words = sum(len(step.source.summary.split()) for step in self.steps)
        return ceil(words / WORDS_A_MINUTE)

    def at(self, number):
        """The step of this number. Raises Http404 where there is none."""
        if not 1 <= number <= len(self.steps):
            raise Http404
        return self.steps[number - 1]

    def address(self, number):
        """Where a step stands on the site, "" past either end."""
        if not 1 <= number <= len(self.steps):
            return ""
        return reverse("path_step", args=[self.path.slug, number])


def ways_for(user):
    """Every path that this user may see, with its steps: three queries."""
    paths = Path.objects.visible_to(user).in_order()
    return [way_of(path) for path in paths.prefetch_related(with_steps(user))]


def with_steps(user):
    """The steps that this user may see, with what a list shows of their sources."""
    bearings = Bearing.objects.visible_to(user).for_page()
    steps = PathStep.objects.visible_to(user).with_place(user).with_next()
    listed = steps.select_related("source__work").order_by("number", "pk")
    return Prefetch(
        "steps", listed.prefetch_related(Prefetch("source__bearings", bearings))
    )


def way_of(path):
    """The way of a path that was fetched with its steps.

    The word on why the next source comes next is left out where the next is one
    that this reader may not see: it would tell of it.
    """
    steps = list(path.steps.all())
    seen = {step.pk for step in steps}
    for step in steps:
        if step.next_step not in seen:
            step.why_next = ""
    return Way(path, tuple(steps))


def paths(request):
    """All paths, and the essays."""
    ways = ways_for(request.user)
    context = {
        "ways": ways,
        "essays": Essay.objects.visible_to(request.user).in_order(),
    }
    return render(request, "sources/paths.html", context)


def path(request, slug):
    """One path: its steps in order, and why each next one comes next."""
    way = way_at(request, slug)
    context = {
        "way": way,
        "path": way.path,
        "crumbs": [(gettext("Paths"), reverse("paths")), (way.path.title, "")],
        "linked_data": [as_list(way)],
    }
    return render(request, "sources/path.html", context)


def way_at(request, slug):
    readable = Path.objects.visible_to(request.user)
    found = readable.prefetch_related(with_steps(request.user))
    return way_of(get_object_or_404(found, slug=slug))


def as_list(way):
    """A path in schema.org's words: the addresses of its sources, in order."""
    steps = [
        {"@type": "ListItem", "position": step.place, "url": url}
        for step in way.steps
        for url in [step.source.get_absolute_url()]
    ]
    url = way.path.get_absolute_url()
    return linked_data.thing("ItemList", way.path.title, itemListElement=steps, url=url)


def path_step(request, slug, number):
    """The page of the source that stands at a step, with the way on."""
    way = way_at(request, slug)
    step = way.at(number)
    readable = Source.objects.visible_to(request.user).for_page(request.user)
    shown = get_object_or_404(readable, pk=step.source_id)
    context = page_of(shown, request)
    context["crumbs"] = [
        (gettext("Paths"), reverse("paths")),
        (way.path.title, way.path.get_absolute_url()),
        (shown.reference_en, ""),
    ]
    return render(
        request, "sources/source.html", context | on_the_way(way, step, request)
    )


def on_the_way(way, step, request):
    """What a step adds to its source's page; the other paths only at the end."""
    before = way.steps[step.place - 2] if step.place > 1 else None
    after = way.steps[step.place] if step.place < len(way.steps) else None
    others = Path.objects.visible_to(request.user).exclude(pk=way.path.pk)
    return {
        "way": way,
        "step": step,
        "step_before": before,
        "step_after": after,
        "step_before_url": way.address(step.place - 1),
        "step_after_url": way.address(step.place + 1),
        "other_paths": () if after else others.in_order(),
    }
