"""Topics, which editors curate."""

from django.contrib import admin
from django.db.models import Count, OuterRef, Subquery
from django.urls import reverse
from django.utils.html import format_html
from taggit.models import Tag

from sources.admin.actions import TopicActions
from sources.admin.explained import HEBREW_NAME, IN_ORDER, MARKDOWN, SLUG, Explained
from sources.admin.filters import WaitingFilter
from sources.admin.lists import Listed
from sources.admin.pasted import FromWord
from sources.admin.stated import StatedAdmin
from sources.models import Topic, TopicLink

# Topics are the library's only tags: taggit's own stand empty.
admin.site.unregister(Tag)


@admin.register(Topic)
class TopicAdmin(FromWord, Explained, Listed, TopicActions, StatedAdmin):
    fieldsets = [
        (None, {"fields": ["name", "name_he", "slug", "description"]}),
        ("Among the topics", {"fields": ["parent", "order"]}),
        ("On the site", {"fields": ["state"]}),
    ]
    helps = {
        "name": "A few words that a reader would look for, such as “The oaths”.",
        "name_he": HEBREW_NAME,
        "slug": SLUG,
        "description": f"What stands under this topic, and what does not. {MARKDOWN}",
        "parent": "The wider topic that this one belongs under; empty for most.",
        "order": IN_ORDER,
    }
    list_display = [
        "name",
        "in_hebrew",
        "parent",
        "sources",
        "state",
        "order",
        "last_change",
    ]
    list_filter = ["state", WaitingFilter]
    hebrew_name = "name_he"
    list_select_related = ["parent"]
    search_fields = ["name", "name_he"]
    autocomplete_fields = ["parent"]
    prepopulated_fields = {"slug": ["name"]}

    def with_shown(self, topics):
        links = TopicLink.objects.filter(tag=OuterRef("pk")).order_by()
        counted = links.values("tag").annotate(count=Count("pk")).values("count")
        return topics.annotate(link_count=Subquery(counted))

    @admin.display(description="sources")
    def sources(self, topic):
        """How many stand under it, and the way to their list."""
        url = reverse("admin:sources_source_changelist")
        count = topic.link_count or 0
        return format_html('<a href="{}?topic={}">{}</a>', url, topic.pk, count)
