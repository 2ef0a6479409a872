"""The pages of one's own account, beneath /me/."""

from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from studyhall.accounts import leaving, limits
from studyhall.accounts.models import User
from studyhall.accounts.names import LONGEST, check_not_kept_back

KEEP, ERASE = "keep", "erase"


class SettingsForm(forms.ModelForm):
    """What a reader may change of the account by themselves."""

    class Meta:
        model = User
        fields = ["display_name", "wants_mail"]
        labels = {
            "wants_mail": _("Write to me when the words under a note of mine change")
        }
        help_texts = {
            "display_name": _("Others see it beside your public notes."),
            "wants_mail": _("On the site you are told in any case."),
        }
        widgets = {
            "display_name": forms.TextInput(
                attrs={
                    "autocomplete": "nickname",
                    "dir": "auto",
                    "maxlength": LONGEST,
                }
            )
        }

    def clean_display_name(self):
        name = self.cleaned_data["display_name"]
        if name != self.initial["display_name"]:
            check_not_kept_back(name)
        return name


class DeleteForm(forms.Form):
    """What is to become of public notes, and the password once more."""

    notes = forms.ChoiceField(
        label=_("What shall become of your public notes?"),
        choices=[
            (KEEP, _("They stay, by “a former reader”")),
            (ERASE, _("They are erased")),
        ],
        widget=forms.RadioSelect,
    )
    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self):
        if not self.user.check_password(self.cleaned_data["password"]):
            raise ValidationError(_("This is not your password."))
        return self.cleaned_data["password"]


@never_cache
@login_required
def me(request):
    """What there is of one's own, and where to change it."""
    return render(request, "me/index.html")


@never_cache
@login_required
def me_settings(request):
    """The display name, and whether the site writes letters."""
    # The form writes into a user of its own: the header names the one that is stored.
    stored = User.objects.get(pk=request.user.pk)
    form = SettingsForm(request.POST or None, instance=stored)
    if request.method == "POST" and form.is_valid():
        stored.save(update_fields=["display_name", "wants_mail"])
        messages.success(request, say("Your settings are saved."))
        return redirect("me_settings")
    status = 422 if form.is_bound else 200
    return render(request, "me/settings.html", {"form": form}, status=status)


@sensitive_post_parameters("password")
@never_cache
@login_required
def me_delete(request):
    """Close the account, after the password. Raises limits.TooMany."""
    if request.method == "POST":
        limits.passwords.check(request)
    form = DeleteForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        user = User.objects.get(pk=request.user.pk)
        logout(request)
        leaving.close(user, keep=form.cleaned_data["notes"] == KEEP)
        return redirect("account_closed")
    status = 422 if form.is_bound else 200
    return render(request, "me/delete.html", {"form": form}, status=status)


def account_closed(request):
    """What the last page says to someone who has left."""
    return render(request, "me/closed.html")
