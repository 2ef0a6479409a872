from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group
from django.utils.module_loading import import_string
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from sources.admin.keys import ChosenByKey
from studyhall.accounts import addresses, granting, invitations, letters
from studyhall.accounts.forms import InvitationForm
from studyhall.accounts.models import Invitation, User

ONLY_SUPERUSERS_GIVE = ["is_superuser", "user_permissions"]


class UserEditForm(UserChangeForm):
    """An account as it stands; its password is its owner's alone."""

    password = None

    class Meta:
        model = User
        exclude = ["password"]
        field_classes = {}


admin.site.unregister(Group)

if settings.SECOND_FACTOR:
    # What it is made of is a secret between a person and the site, and cannot be typed.
    shown = ["user", "type", "created_at", "last_used_at"]
    second_factors = import_string("allauth.mfa.admin.AuthenticatorAdmin")
    second_factors.fields = second_factors.readonly_fields = shown


@admin.register(Group)
class GroupAdmin(ChosenByKey, DjangoGroupAdmin):
    """The roles, as Django keeps them."""


@admin.register(User)
class UserAdmin(ChosenByKey, DjangoUserAdmin):
    """Accounts. Nobody gives more than they hold, or touches who may do more.

    Nobody chooses another's password: whoever works here is invited, and a password
    that is known to others is put out of use.
    """

    form = UserEditForm
    actions = ["take_password"]
    list_display = ["email", "display_name", "roles", "is_staff", "is_active"]
    list_filter = ["is_staff", "is_superuser", "is_active", "groups"]
    search_fields = ["email", "display_name"]
    ordering = ["email"]
    readonly_fields = ["last_login"]
    fieldsets = [
        (None, {"fields": ["email", "display_name"]}),
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

    class Media:
        css = {"all": ["css/admin.css"]}

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    def get_urls(self):
        """Django's, but for the form in which another's password is set."""
        named = "auth_user_password_change"
        return [each for each in super().get_urls() if each.name != named]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if "email" in form.changed_data:
            addresses.doubt(obj)
            request.moved = obj, form.initial["email"]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Django's form; whose address it changed is told at the former one."""
        response = super().change_view(request, object_id, form_url, extra_context)
        if hasattr(request, "moved"):
            self._tell(request, letters.address_changed, *request.moved)
        return response

    def _tell(self, request, letter, user, *words):
        try:
            letter(user, *words)
        except OSError:
            said = say("The letter to %s could not be sent: tell them yourself.")
            self.message_user(request, said % user, messages.ERROR)

    @admin.action(
        description=_("Put the password out of use, and ask for a new one by letter"),
        permissions=["change"],
    )
    def take_password(self, request, queryset):
        """The chosen ones are signed out everywhere, and choose another password."""
        for user in queryset.exclude(pk=request.user.pk):
            if not granting.may_manage(request.user, user):
                said = say("%s may do more than you: their password stays.")
                self.message_user(request, said % user, messages.ERROR)
                continue
            user.set_unusable_password()
            user.save(update_fields=["password"])
            self.log_change(request, user, "Password put out of use.")
            self._tell(
                request, letters.password_taken, user, request.build_absolute_uri
            )
            said = say("%s is asked to choose a new password.")
            self.message_user(request, said % user)

    def has_add_permission(self, request):
        """Readers sign up and others are invited: each chooses the password alone."""
        return False

    def has_delete_permission(self, request, obj=None):
        """An account is switched off, never deleted: its deeds keep its name."""
        return False

    def has_change_permission(self, request, obj=None):
        may = super().has_change_permission(request, obj)
        return may and (obj is None or granting.may_manage(request.user, obj))

    def get_readonly_fields(self, request, obj=None):
        fields = [*super().get_readonly_fields(request, obj)]
        return fields if request.user.is_superuser else fields + ONLY_SUPERUSERS_GIVE

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "groups":
            kwargs["queryset"] = granting.roles_from(request.user)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @admin.display(description=_("roles"))
    def roles(self, user):
        return ", ".join(group.name for group in user.groups.all()) or "–"


@admin.register(Invitation)
class InvitationAdmin(admin.ModelAdmin):
    """Who is invited, by whom, and what became of it."""

    form = InvitationForm
    list_display = ["email", "group", "by", "at", "expires", "standing"]
    list_select_related = ["group", "by"]
    list_filter = ["group"]
    list_per_page = 50
    show_full_result_count = False
    ordering = ["-pk"]
    actions = ["send_again", "revoke"]

    class Media:
        css = {"all": ["css/admin.css"]}

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        form.inviter = request.user
        return form

    def get_fields(self, request, obj=None):
        shown = ["email", "group", "by", "at", "expires", "standing", "user"]
        return shown if obj else ["email", "group"]

    def get_readonly_fields(self, request, obj=None):
        return self.get_fields(request, obj) if obj else []

    def save_model(self, request, obj, form, change):
        obj.by = request.user
        request.invited = obj, invitations.open_anew(obj)
        super().save_model(request, obj, form, change)

    def add_view(self, request, form_url="", extra_context=None):
        """Django's form; what it saved is sent when it is sure to be kept."""
        response = super().add_view(request, form_url, extra_context)
        if hasattr(request, "invited"):
            self._send(request, *request.invited)
        return response

    def _send(self, request, invitation, token):
        try:
            invitations.send(invitation, token, request.build_absolute_uri)
        except OSError:
            said = say("The letter to %s could not be sent: send it again later.")
            self.message_user(request, said % invitation.email, messages.ERROR)
        else:
            said = say("An invitation was sent to %s.")
            self.message_user(request, said % invitation.email)

    @admin.action(description=_("Send again, with a new link"), permissions=["add"])
    def send_again(self, request, queryset):
        """A new link for each that was not accepted and whose role one may give."""
        for invitation in self._ones_own(request, queryset):
            if invitations.is_too_many(request.user):
                said = say("You have sent as many invitations as one may in an hour.")
                self.message_user(request, said, messages.ERROR)
                return
            invitation.by = request.user
            token = invitations.open_anew(invitation)
            invitation.save()
            self.log_change(request, invitation, "Sent again.")
            self._send(request, invitation, token)

    @admin.action(description=_("Take back"), permissions=["add"])
    def revoke(self, request, queryset):
        """The links of the chosen ones lead nowhere from now on."""
        for invitation in self._ones_own(request, queryset):
            invitations.revoke(invitation)
            self.log_change(request, invitation, "Taken back.")
            said = say("The invitation to %s is taken back.")
            self.message_user(request, said % invitation.email)

    def _ones_own(self, request, queryset):
        roles = granting.roles_from(request.user)
        return queryset.filter(accepted_at__isnull=True, group__in=roles)
