"""Who wrote, and the book."""

from django.contrib import admin

from sources.admin.base import RecordAdmin, RowInline
from sources.models import Author, Work, WorkTitle


@admin.register(Author)
class AuthorAdmin(RecordAdmin):
    fields = ["name", "name_he", "slug", "dates", "note", "order"]
    list_display = ["name", "name_he", "dates"]
    search_fields = ["name", "name_he"]
    prepopulated_fields = {"slug": ["name"]}


class TitleInline(RowInline, admin.TabularInline):
    model = WorkTitle
    fields = ["text", "language", "kind"]
    can_delete = True
    extra = 1


@admin.register(Work)
class WorkAdmin(RecordAdmin):
    fieldsets = [
        (
            "The book",
            {
                "fields": [
                    ("title", "title_he"),
                    ("short", "short_he"),
                    "slug",
                    "author",
                    "category",
                    "explains",
                ]
            },
        ),
        ("When", {"fields": ["era", ("year_from", "year_to"), "dating_note"]}),
        ("Whose", {"fields": ["attribution", "attribution_note"]}),
        ("How places are written", {"fields": ["scheme", "bounds", "sefaria"]}),
        ("Among the works", {"fields": ["order"]}),
    ]
    inlines = [TitleInline]
    list_display = ["title", "title_he", "author", "era", "category", "scheme"]
    list_filter = ["era", "category", "scheme", "attribution"]
    list_select_related = ["author"]
    search_fields = ["title", "title_he", "titles__text"]
    autocomplete_fields = ["author", "explains"]
    prepopulated_fields = {"slug": ["title"]}
