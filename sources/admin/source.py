"""The form of a source: its reference, its words, and how it bears."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from sources.admin.actions import SourceActions
from sources.admin.base import RowInline
from sources.admin.bearing import BearingForm, BearingFormSet, ExactWords
from sources.admin.choices import ExplainedRadio
from sources.admin.citation import CitationForm
from sources.admin.desk import DeskPages
from sources.admin.lines import FIRST_TEXTS, TextForm, TextFormSet
from sources.admin.pasted import FromWord
from sources.admin.source_form import SourceForm
from sources.admin.source_list import SourceList
from sources.admin.stated import StatedAdmin
from sources.models import Bearing, Citation, Source, Text, TopicLink


class TextInline(RowInline, admin.StackedInline):
    model = Text
    form = TextForm
    formset = TextFormSet
    template = "admin/sources/source/texts.html"
    fieldsets = [
        (None, {"fields": [("role", "language"), "words", "is_excerpt"]}),
        (
            "Edition",
            {
                "fields": ["edition", "translator", "licence", "lines_differ"],
                "classes": ["collapse"],
            },
        ),
    ]

    def get_extra(self, request, obj=None, **kwargs):
        """A new source has room for an original and a translation."""
        return 1 if obj else len(FIRST_TEXTS)


class BearingInline(RowInline, admin.StackedInline):
    model = Bearing
    form = BearingForm
    formset = BearingFormSet
    extra = 0
    autocomplete_fields = ["according_to"]
    fieldsets = [
        (None, {"fields": [("direction", "position", "basis"), "state"]}),
        ("Whose reading", {"fields": ["read_by", "according_to", "credit"]}),
        ("Why", {"fields": ["words", "reasoning", "order"]}),
    ]

    def get_extra(self, request, obj=None, **kwargs):
        """An empty row where there is none yet, so that it needs no script."""
        return 0 if obj and obj.bearings.exists() else 1

    def get_queryset(self, request):
        bearings = super().get_queryset(request)
        return bearings.select_related("position", "according_to")

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if db_field.name in ("direction", "basis"):
            name = db_field.verbose_name.capitalize()
            kwargs["widget"] = ExplainedRadio(name)
            kwargs["choices"] = db_field.get_choices(include_blank=False)
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "words":
            kwargs["widget"] = ExactWords()
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class TopicInline(RowInline, admin.TabularInline):
    model = TopicLink
    fields = ["tag", "why", "order"]
    autocomplete_fields = ["tag"]
    verbose_name = "topic"
    can_delete = True
    extra = 1

    def get_queryset(self, request):
        links = super().get_queryset(request)
        return links.select_related("tag", "content_object")


class CitationInline(RowInline, admin.TabularInline):
    model = Citation
    form = CitationForm
    fk_name = "citing"
    fields = ["relation", "cited", "note", "order"]
    verbose_name = "link to a source that this one cites"
    verbose_name_plural = "links to sources that this one cites"
    can_delete = True
    extra = 1

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("citing", "cited")

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.user = request.user
        return formset


@admin.register(Source)
class SourceAdmin(FromWord, DeskPages, SourceList, SourceActions, StatedAdmin):
    form = SourceForm
    fieldsets = [
        (
            "Reference",
            {
                "fields": ["written"],
                "description": _(
                    "One field is enough: the work, the address, the order and the "
                    "Hebrew name follow from it."
                ),
            },
        ),
        (
            "Written apart",
            {
                "fields": [
                    ("work", "address"),
                    ("place", "place_he"),
                    ("part", "part_title", "part_title_he"),
                    ("short", "short_he"),
                ],
                "classes": ["collapse"],
            },
        ),
        ("What it says", {"fields": ["summary", "section", "dating_note"]}),
        ("On the site", {"fields": ["state"]}),
        (
            "For editors",
            {
                "fields": ["notes", "verified_against", "verification_method"],
                "classes": ["collapse"],
            },
        ),
    ]
    inlines = [TextInline, BearingInline, TopicInline, CitationInline]
    autocomplete_fields = ["work"]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.user = request.user
        return form
