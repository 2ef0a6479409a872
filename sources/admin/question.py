"""What is disputed, and the answers to it."""

from django.contrib import admin

from sources.admin.base import RecordAdmin
from sources.models import Position, Question


@admin.register(Question)
class QuestionAdmin(RecordAdmin):
    list_display = ["title", "slug"]
    search_fields = ["title", "title_he"]
    fields = ["title", "title_he", "slug", "lede"]
    prepopulated_fields = {"slug": ["title"]}


@admin.register(Position)
class PositionAdmin(RecordAdmin):
    fieldsets = [
        (None, {"fields": ["question", "name", "name_he", "slug", "statement"]}),
        ("What kind of answer", {"fields": ["kind", "reconciles"]}),
        ("In the picture", {"fields": ["sign", "events", "order"]}),
    ]
    list_display = ["name", "kind", "sign", "order"]
    search_fields = ["name", "name_he"]
    filter_horizontal = ["reconciles"]
    prepopulated_fields = {"slug": ["name"]}
