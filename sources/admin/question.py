"""What is disputed, and the answers to it."""

from django.contrib import admin

from sources.admin.base import RecordAdmin
from sources.models import Position, Question


@admin.register(Question)
class QuestionAdmin(RecordAdmin):
    list_display = ["title", "slug"]
    searched = ("title", "title_he")
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
    searched = ("name", "name_he")
    filter_horizontal = ["reconciles"]
    prepopulated_fields = {"slug": ["name"]}
