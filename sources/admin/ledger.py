"""What the gate has kept: to be read, never written by hand."""

from django.contrib import admin

from sources.models import Change, FormerAddress


class KeptAdmin(admin.ModelAdmin):
    """A list that may be read and not changed."""

    show_full_result_count = False
    list_per_page = 50
    ordering = ["-pk"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Change)
class ChangeAdmin(KeptAdmin):
    list_display = ["__str__", "editor", "at", "why"]
    list_filter = ["kind"]
    list_select_related = ["editor"]


@admin.register(FormerAddress)
class FormerAddressAdmin(KeptAdmin):
    list_display = ["path", "kind", "record_id"]
