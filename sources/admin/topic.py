"""Topics, which editors curate."""

from django.contrib import admin
from taggit.models import Tag

from sources.admin.base import StatedAdmin
from sources.models import Topic

# Topics are the library's only tags: taggit's own stand empty.
admin.site.unregister(Tag)


@admin.register(Topic)
class TopicAdmin(StatedAdmin):
    fieldsets = [
        (None, {"fields": ["name", "name_he", "slug", "description"]}),
        ("Among the topics", {"fields": ["parent", "order"]}),
        ("On the site", {"fields": ["state"]}),
    ]
    list_display = ["name", "name_he", "parent", "state", "order"]
    list_filter = ["state"]
    list_select_related = ["parent"]
    search_fields = ["name", "name_he"]
    autocomplete_fields = ["parent"]
    prepopulated_fields = {"slug": ["name"]}
