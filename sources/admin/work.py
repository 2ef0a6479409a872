"""Who wrote, and the book."""

from django.contrib import admin
from django.db.models import Count, OuterRef, Subquery

from sources.admin.actions import WorkActions
from sources.admin.base import RecordAdmin, RowInline
from sources.admin.explained import HEBREW_NAME, IN_ORDER, SLUG, Explained
from sources.admin.filters import WaitingFilter
from sources.admin.lists import Listed
from sources.admin.pasted import FromWord
from sources.models import Author, Source, Work, WorkTitle
from sources.text import clean_text

LONGEST_TITLE = Work._meta.get_field("title").max_length


@admin.register(Author)
class AuthorAdmin(FromWord, Explained, Listed, RecordAdmin):
    helps = {
        "name": "As readers call him, such as “Rashi”.",
        "name_he": HEBREW_NAME,
        "slug": SLUG,
        "note": "What a reader should know: another name, or who disputes what.",
        "order": IN_ORDER,
    }
    fields = ["name", "name_he", "slug", "dates", "note", "order"]
    hebrew_name = "name_he"
    list_display = ["name", "in_hebrew", "dates", "last_change"]
    search_fields = ["name", "name_he"]
    prepopulated_fields = {"slug": ["name"]}


class TitleInline(Explained, RowInline, admin.TabularInline):
    model = WorkTitle
    helps = {
        "text": "As people write it, such as “Megilla” or “Meg.”.",
        "kind": "Other spelling: “Megilla”. Abbreviation: “Meg.”. Academic title: "
        "“Malbim on Isaiah”.",
    }
    fields = ["text", "language", "kind"]
    can_delete = True
    extra = 1


@admin.register(Work)
class WorkAdmin(FromWord, Explained, Listed, WorkActions, RecordAdmin):
    helps = {
        "title": "As this site writes it, such as “Megillah” or “Rashi on Megillah”: a "
        "commentary is a work of its own for each work that it explains.",
        "title_he": HEBREW_NAME,
        "slug": SLUG,
        "author": "Empty where no one wrote it alone, as the gemara.",
        "era": "The traditional shelf: Megillah stands with the Amoraim, Rashi with "
        "the Rishonim, the Zohar with the Tannaim, whatever its years say.",
        "attribution": "Secure: no one doubts it, as Rashi’s. Traditional: so it is "
        "handed down, as the Zohar’s. Disputed: scholars or early authorities differ, "
        "as on Kol HaTor; say who in the note.",
        "attribution_note": "Who holds otherwise, and where; wanted where the "
        "attribution is disputed.",
        "scheme": "How people cite it: Yeshayah by chapter and verse (60:4), Megillah "
        "by daf (17b), the Zohar by volume and daf (I 139a), Rambam’s Hilchos Melachim "
        "by chapter and section (11:4), the Siddur by named parts.",
        "bounds": "How far it reaches, so that a place that is not there is refused. "
        'By daf, the first and the last: {"dapim": ["2a", "32a"]}. By chapter and '
        'verse, how many verses each chapter has: {"verses": [15, 16, 15]}. Leave {} '
        "where it is not known.",
        "order": IN_ORDER,
    }
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
    list_display = [
        "title",
        "in_hebrew",
        "author",
        "era",
        "category",
        "sources",
        "last_change",
    ]
    list_filter = ["era", "scheme", "attribution", WaitingFilter, "category"]
    list_select_related = ["author"]
    search_fields = ["title", "title_he", "titles__text"]
    autocomplete_fields = ["author", "explains"]
    prepopulated_fields = {"slug": ["title"]}

    def get_changeform_initial_data(self, request):
        """Its title alone, which the form of a source gives for an unknown work."""
        title = clean_text(request.GET.get("title", "")).strip()
        return {"title": title[:LONGEST_TITLE]} if title else {}

    def with_shown(self, works):
        held = Source.objects.filter(work=OuterRef("pk")).order_by()
        counted = held.values("work").annotate(count=Count("pk")).values("count")
        return works.annotate(source_count=Subquery(counted))

    @admin.display(description="sources")
    def sources(self, work):
        """How many sources of it the library holds."""
        return work.source_count or 0
