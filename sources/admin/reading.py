"""Ways through the sources: paths with their steps, and essays."""

from django.contrib import admin

from sources.admin.base import RowInline
from sources.admin.explained import HEBREW_NAME, IN_ORDER, MARKDOWN, SLUG, Explained
from sources.admin.filters import WaitingFilter
from sources.admin.lists import Listed
from sources.admin.pasted import FromWord
from sources.admin.stated import StatedAdmin
from sources.models import Essay, EssayClaim, Path, PathStep


class StepInline(Explained, RowInline, admin.TabularInline):
    model = PathStep
    helps = {
        "number": "1 for the first step.",
        "why_next": "Why the next source comes next, in one sentence: “With the "
        "prophecy read, Rashi on the gemara draws out when the gathering takes place.”",
    }
    fields = ["number", "source", "why_next"]
    autocomplete_fields = ["source"]
    can_delete = True
    extra = 1


@admin.register(Path)
class PathAdmin(FromWord, Explained, Listed, StatedAdmin):
    helps = {
        "title": "What one learns on the way, such as “The order of the Amidah”.",
        "title_he": HEBREW_NAME,
        "slug": SLUG,
        "description": f"Where the path leads, and for whom it is. {MARKDOWN}",
        "order": IN_ORDER,
    }
    fieldsets = [
        (None, {"fields": ["question", "title", "title_he", "slug", "description"]}),
        ("On the site", {"fields": ["state", "order"]}),
    ]
    inlines = [StepInline]
    list_display = ["title", "in_hebrew", "state", "order", "last_change"]
    list_filter = ["state", WaitingFilter]
    search_fields = ["title", "title_he"]
    prepopulated_fields = {"slug": ["title"]}


class ClaimInline(Explained, RowInline, admin.StackedInline):
    model = EssayClaim
    helps = {
        "number": "In which order the essay makes it: 1 for the first claim.",
        "claim": "What the essay uses this source for, in one sentence: “The other "
        "side: the ingathering comes after the building of Yerushalayim.”",
        "finding": "Only where the essay says more than the source does: what the "
        "source does not say. Readers see it in the margin.",
    }
    fields = ["number", "source", "claim", "finding"]
    autocomplete_fields = ["source"]
    can_delete = True
    extra = 1


@admin.register(Essay)
class EssayAdmin(FromWord, Explained, Listed, StatedAdmin):
    helps = {
        "title": "What it asks or argues, such as “Why two stages?”.",
        "slug": SLUG,
        "body": f"The article. {MARKDOWN} [[Megillah 17b|the gemara]] links words of "
        "your own.",
        "order": IN_ORDER,
    }
    fieldsets = [
        (None, {"fields": ["question", "title", "slug", "lede", "body"]}),
        ("On the site", {"fields": ["state", "order"]}),
    ]
    inlines = [ClaimInline]
    list_display = ["title", "state", "order", "last_change"]
    list_filter = ["state", WaitingFilter]
    search_fields = ["title"]
    prepopulated_fields = {"slug": ["title"]}
