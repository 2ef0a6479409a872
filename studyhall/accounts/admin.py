from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.utils.translation import gettext_lazy as _

from studyhall.accounts.models import User


class UserCreationForm(AdminUserCreationForm):
    """An account made by an editor: address, name, password."""

    class Meta:
        model = User
        fields = ["email", "display_name"]
        field_classes = {}


class UserEditForm(UserChangeForm):
    """An account as it stands; the password has a form of its own."""

    class Meta:
        model = User
        fields = "__all__"
        field_classes = {}


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    form = UserEditForm
    add_form = UserCreationForm
    list_display = ["email", "display_name", "is_staff", "is_active"]
    list_filter = ["is_staff", "is_superuser", "is_active", "groups"]
    search_fields = ["email", "display_name"]
    ordering = ["email"]
    readonly_fields = ["last_login"]
    fieldsets = [
        (None, {"fields": ["email", "display_name", "password"]}),
        (
            _("What this person may do"),
            {
                "fields": [
                    "is_active",
                    "is_staff",
                    "is_superuser",
                    "groups",
                    "user_permissions",
                ]
            },
        ),
        (_("When"), {"fields": ["last_login"]}),
    ]
    add_fieldsets = [
        (
            None,
            {
                "fields": [
                    "email",
                    "display_name",
                    "usable_password",
                    "password1",
                    "password2",
                ]
            },
        ),
    ]

    def has_delete_permission(self, request, obj=None):
        """An account is switched off, never deleted: its deeds keep its name."""
        return False
