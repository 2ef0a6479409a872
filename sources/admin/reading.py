"""Ways through the sources: paths with their steps, and essays."""

from django.contrib import admin

from sources.admin.base import RowInline, StatedAdmin
from sources.models import Essay, EssayClaim, Path, PathStep


class StepInline(RowInline, admin.TabularInline):
    model = PathStep
    fields = ["number", "source", "why_next"]
    autocomplete_fields = ["source"]
    can_delete = True
    extra = 1


@admin.register(Path)
class PathAdmin(StatedAdmin):
    fieldsets = [
        (None, {"fields": ["question", "title", "title_he", "slug", "description"]}),
        ("On the site", {"fields": ["state", "order"]}),
    ]
    inlines = [StepInline]
    list_display = ["title", "state", "order"]
    list_filter = ["state"]
    search_fields = ["title", "title_he"]
    prepopulated_fields = {"slug": ["title"]}


class ClaimInline(RowInline, admin.StackedInline):
    model = EssayClaim
    fields = ["number", "source", "claim", "finding"]
    autocomplete_fields = ["source"]
    can_delete = True
    extra = 1


@admin.register(Essay)
class EssayAdmin(StatedAdmin):
    fieldsets = [
        (None, {"fields": ["question", "title", "slug", "lede", "body"]}),
        ("On the site", {"fields": ["state", "order"]}),
    ]
    inlines = [ClaimInline]
    list_display = ["title", "state", "order"]
    list_filter = ["state"]
    search_fields = ["title"]
    prepopulated_fields = {"slug": ["title"]}
