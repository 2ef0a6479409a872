"""What robots are told: every page to be found, and the few to be left alone."""

from django.contrib.sitemaps import Sitemap, views
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.functional import cached_property

from sources.models import (
    Author,
    Change,
    Essay,
    Path,
    Position,
    Source,
    Topic,
    Work,
)

PAGES = (
    "question",
    "sources",
    "topics",
    "paths",
    "contested",
    "glossary",
    "method",
    "about",
    "accessibility",
)
# Answers to what one reader asks: nothing that another could look for.
NOT_FOR_ROBOTS = ("admin:index", "search", "reading_settings", "compare_choose")


class Pages(Sitemap):
    """The pages that are there once."""

    def items(self):
        return PAGES

    def location(self, name):
        return reverse(name)


class Records(Sitemap):
    """The pages of some records, each with the day on which it was last saved."""

    def __init__(self, records):
        self.records = records

    @cached_property
    def paginator(self):
        """Counts the records and reads one file's worth of them, never all."""
        return Paginator(self.records, self.limit)

    @cached_property
    def days(self):
        return Change.objects.days_of(self.records.model._meta.model_name)

    def items(self):
        return self.records

    def get_latest_lastmod(self):
        """The last day of all, for the index."""
        return max(self.days.values(), default=None)

    def lastmod(self, record):
        return self.days.get(record.pk)


class Chains(Records):
    """The chains of some sources; what changes one may be any source in it."""

    def location(self, source):
        return reverse("chain", args=[source.work.slug, source.place_in_url])

    def get_latest_lastmod(self):
        return None

    def lastmod(self, source):
        return None


def sitemaps():
    """Each kind of page that is to be found, by its name: three queries for each."""
    sources = Source.objects.published().select_related("work").in_order()
    sources = sources.only("place_in_url", "work__slug")
    topics = Topic.objects.published().with_counts_for(None)
    return {
        "pages": Pages(),
        "positions": Records(Position.objects.in_order()),
        "sources": Records(sources),
        "chains": Chains(sources.linked_for(None)),
        "works": Records(Work.objects.with_sources_for(None).in_order()),
        "authors": Records(Author.objects.with_sources_for(None).in_order()),
        "topics": Records(topics.filter(source_count__gt=1).in_order()),
        "paths": Records(Path.objects.published().in_order()),
        "essays": Records(Essay.objects.published().in_order()),
    }


def sitemap(request):
    """Every address in one list; an index of lists where one would be too long."""
    maps = sitemaps()
    if sum(each.paginator.count for each in maps.values()) > Sitemap.limit:
        return views.index(request, maps, sitemap_url_name="sitemap_of")
    return views.sitemap(request, maps)


def sitemap_of(request, section):
    """The addresses of one kind of page; 404 for a kind that is none."""
    return views.sitemap(request, sitemaps(), section=section)


def robots(request):
    """robots.txt: all is open but what answers one reader alone."""
    closed = [f"Disallow: {reverse(name)}" for name in NOT_FOR_ROBOTS]
    whole = request.build_absolute_uri(reverse("sitemap"))
    lines = ["User-agent: *", *closed, "", f"Sitemap: {whole}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def favicon(request):
    """The icon, for who asks for it without reading the page."""
    return redirect(static("icons/studyhall.svg"))
