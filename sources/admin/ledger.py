"""What the gate has kept: to be read, never written by hand."""

from datetime import UTC

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth import get_user_model
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html

from sources.admin import differences
from sources.models import Change, FormerAddress, Record


class KeptAdmin(admin.ModelAdmin):
    """A list that may be read and not changed."""

    show_full_result_count = False
    list_per_page = 50
    ordering = ["-pk"]

    class Media:
        css = {"all": ["css/admin.css"]}

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class KindFilter(admin.SimpleListFilter):
    """The kinds of record, named without asking the Changes."""

    title = "kind of record"
    parameter_name = "kind"

    def lookups(self, request, model_admin):
        models = apps.get_app_config("sources").get_models()
        kinds = [model._meta for model in models if issubclass(model, Record)]
        return [(meta.model_name, meta.verbose_name) for meta in kinds]

    def queryset(self, request, queryset):
        return queryset.filter(kind=self.value()) if self.value() else queryset


class EditorFilter(admin.SimpleListFilter):
    """Those who may enter the admin, and the library's files."""

    title = "editor"
    parameter_name = "by"

    def lookups(self, request, model_admin):
        staff = get_user_model().objects.filter(is_staff=True).order_by("pk")
        return [("files", "the library's files"), *((u.pk, str(u)) for u in staff)]

    def queryset(self, request, queryset):
        value = self.value()
        if value == "files":
            return queryset.filter(editor=None)
        if value and value.isdecimal() and len(value) < 10:
            return queryset.filter(editor=int(value))
        return queryset


class DayFilter(admin.DateFieldListFilter):
    """When it was made, under a name that a person would give it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.title = "day"


class NamedRecords(ChangeList):
    """A list of rows that name a record by kind and id, each with its `found` record.

    One query for each kind on the page.
    """

    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.result_list)
        keys = {}
        for row in self.result_list:
            keys.setdefault(row.kind, set()).add(row.record_id)
        found = {kind: _model(kind)._base_manager.in_bulk(keys[kind]) for kind in keys}
        for row in self.result_list:
            row.found = found[row.kind].get(row.record_id)


@admin.register(Change)
class ChangeAdmin(KeptAdmin):
    list_display = ["__str__", "about", "editor", "when", "why"]
    list_filter = [KindFilter, EditorFilter, ("at", DayFilter)]
    list_select_related = ["editor"]
    fields = ["record_link", "number", "editor", "when", "why", "what_changed"]
    readonly_fields = ["record_link", "when", "what_changed"]

    def get_queryset(self, request):
        """Without the kept states, which a list does not show."""
        return super().get_queryset(request).select_related("editor").defer("record")

    def get_changelist(self, request, **kwargs):
        return NamedRecords

    @admin.display(description="when", ordering="pk")
    def when(self, change):
        return f"{change.at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"

    @admin.display(description="record")
    def about(self, change):
        return _link(change, change.found)

    @admin.display(description="record")
    def record_link(self, change):
        model = _model(change.kind)
        return _link(change, model._base_manager.filter(pk=change.record_id).first())

    @admin.display(description="what changed")
    def what_changed(self, change):
        """The difference to the version before it, word by word."""
        before = Change.objects.of(change.kind, change.record_id)
        before = before.filter(number__lt=change.number).last()
        pair = before and before.record, change.record
        (found,) = differences.of_states(_model(change.kind), pair)
        name = "admin/sources/_differences.html"
        return render_to_string(name, {"differences": found})


def _model(kind):
    return apps.get_model("sources", kind)


def _link(change, record):
    """A link to the page of that state in the record's own history."""
    if record is None:
        return "no longer there"
    name = f"admin:sources_{change.kind}_history_at"
    address = reverse(name, args=[change.record_id, change.number])
    return format_html('<a href="{}" lang="en" dir="ltr">{}</a>', address, record)


@admin.register(FormerAddress)
class FormerAddressAdmin(KeptAdmin):
    list_display = ["path", "kind", "record_id"]
