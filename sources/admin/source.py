"""The form of a source: its reference, its words, and how it bears."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import connections
from django.db.models import Q
from django.utils.html import format_html

from sources import search, search_tables
from sources.admin import address, names
from sources.admin.base import RowInline, StatedAdmin
from sources.admin.forms import RecordForm
from sources.models import Bearing, Citation, Question, Source, Text, TopicLink, Work


class SourceForm(RecordForm):
    """A source, whose address may be written as people write it."""

    def clean(self):
        cleaned = super().clean()
        work, written = cleaned.get("work"), cleaned.get("address")
        if work and written:
            try:
                reference = address.read(work, written)
            except ValidationError as error:
                self.add_error("address", error)
            else:
                cleaned["address"] = reference.address
                # The log of the admin names the source before the gate has.
                self.instance.reference_en = reference.english
        return cleaned


class TextForm(RecordForm):
    """A text, in the direction of its language."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and "words" in self.fields:
            self.fields["words"].widget.attrs.update(
                dir=self.instance.direction, lang=self.instance.language
            )


class TextInline(RowInline, admin.StackedInline):
    model = Text
    form = TextForm
    extra = 1
    fieldsets = [
        (None, {"fields": [("role", "language"), "words", "is_excerpt"]}),
        ("Edition", {"fields": ["edition", "translator", "licence", "lines_differ"]}),
    ]


class BearingForm(RecordForm):
    """A bearing answers the question of its position."""

    def clean(self):
        cleaned = super().clean()
        position = cleaned.get("position")
        if position:
            self.instance.question = position.question
        elif self.instance.question_id is None:
            self.instance.question = Question.objects.first_question()
        if self.instance.question_id is None:
            raise ValidationError("Make the question first: a bearing answers it.")
        return cleaned


class BearingInline(RowInline, admin.StackedInline):
    model = Bearing
    form = BearingForm
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


class TopicInline(RowInline, admin.TabularInline):
    model = TopicLink
    fields = ["tag", "why", "order"]
    autocomplete_fields = ["tag"]
    verbose_name = "topic"
    can_delete = True
    extra = 1


class CitationInline(RowInline, admin.TabularInline):
    model = Citation
    fk_name = "citing"
    fields = ["relation", "cited", "note", "order"]
    autocomplete_fields = ["cited"]
    verbose_name = "link to a source that this one cites"
    verbose_name_plural = "links to sources that this one cites"
    can_delete = True
    extra = 1


@admin.register(Source)
class SourceAdmin(StatedAdmin):
    form = SourceForm
    fieldsets = [
        (
            "Reference",
            {
                "fields": [
                    ("work", "address"),
                    ("place", "place_he"),
                    ("part", "part_title", "part_title_he"),
                    ("short", "short_he"),
                ]
            },
        ),
        ("What it says", {"fields": ["summary", "section", "dating_note"]}),
        ("On the site", {"fields": ["state"]}),
        (
            "For editors",
            {"fields": ["notes", "verified_against", "verification_method"]},
        ),
    ]
    inlines = [TextInline, BearingInline, TopicInline, CitationInline]
    autocomplete_fields = ["work"]
    list_display = ["reference", "in_hebrew", "era", "bears", "state"]
    list_filter = [
        "state",
        "work__era",
        "bearings__position",
        "bearings__direction",
        "is_contested",
    ]
    # The order of an index, so that a large library is listed as fast as a small one.
    ordering = ["work_id", "sort_key", "pk"]
    search_fields = ["reference_en", "reference_he"]

    def get_queryset(self, request):
        """With all that a row of the list shows, in a fixed number of queries."""
        sources = super().get_queryset(request).select_related("work")
        return sources.prefetch_related("bearings__position")

    def get_search_results(self, request, queryset, search_term):
        """The site's own search tables, withdrawn sources among them."""
        clauses = search.read(search_term).clauses()
        if not clauses:
            return (queryset.none() if search_term.strip() else queryset), False
        holding = search_tables.matching(connections[queryset.db], clauses)
        # Half a title finds its work's sources, while an editor is still typing it.
        works = names.matching(Work, ["title", "title_he"], search_term)
        found = Q(pk__in=holding) | Q(work__in=works)
        return queryset.filter(found), False

    @admin.display(description="reference", ordering="sort_key")
    def reference(self, source):
        return format_html('<bdi lang="en" dir="ltr">{}</bdi>', source)

    @admin.display(description="in Hebrew")
    def in_hebrew(self, source):
        return format_html('<bdi lang="he" dir="rtl">{}</bdi>', source.reference_he)

    @admin.display(description="era", ordering="work__era")
    def era(self, source):
        return source.work.get_era_display()

    @admin.display(description="how it bears")
    def bears(self, source):
        return "; ".join(map(str, source.bearings.all())) or "not said yet"
