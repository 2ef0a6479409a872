"""The editors' desk, entered by the site's own way of signing in."""

from functools import update_wrapper
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from sources.desk_site import DeskSite
from studyhall.accounts import limits, second_factor
from studyhall.accounts.limits import TooMany


class SignInAgainForm(AdminAuthenticationForm):
    """Address or name and password, and a code of the second factor where there is one.

    Counted as every other sign-in.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("E-mail address or display name")
        if second_factor.is_on():
            self.fields["code"] = forms.CharField(
                label=_("Code of your second factor, if you have one"),
                required=False,
                max_length=20,
                widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
            )

    def clean(self):
        said = self.cleaned_data.get("username")
        password = self.cleaned_data.get("password")
        if not said or not password:
            return self.cleaned_data
        name = "email" if "@" in said else "username"
        try:
            user = get_adapter(self.request).authenticate(
                self.request, **{name: said, "password": password}
            )
        except TooMany as error:
            raise ValidationError(
                _("Too many tries: wait %(wait)d seconds, then sign in."),
                params={"wait": error.wait},
            ) from error
        if user is None:
            raise self.get_invalid_login_error()
        self.confirm_login_allowed(user)
        self._check_second_factor(user)
        self.user_cache = user
        return self.cleaned_data

    def _check_second_factor(self, user):
        if not second_factor.is_on() or not second_factor.has(user):
            return
        if not second_factor.fits(user, self.cleaned_data.get("code", "")):
            raise ValidationError(
                _(
                    "This account has a second factor: write its code too. If it is a "
                    "passkey, sign in in another window, then send this form again."
                )
            )


def is_heavy(request):
    """Whether a page of the desk searches, or reads all that a list holds."""
    asks = "q" in request.GET or "term" in request.GET
    return asks or request.path.endswith("/export/")


class HallDesk(DeskSite):
    """The desk of a site with accounts: their limits and second factor hold here."""

    login_form = SignInAgainForm

    def admin_view(self, view, cacheable=False):
        """Django's, with what one account may send in a while."""

        def counted(request, *args, **kwargs):
            if request.method == "POST":
                limits.desk.check(request)
            elif is_heavy(request):
                limits.desk_finding.check(request)
            return view(request, *args, **kwargs)

        return super().admin_view(update_wrapper(counted, view), cacheable)

    def has_permission(self, request):
        may = super().has_permission(request)
        if may and second_factor.is_on():
            return second_factor.has(request.user)
        return may

    def password_change(self, request, extra_context=None):
        """Django's; whoever found a desk open does not guess the password there."""
        if request.method == "POST":
            limits.passwords.check(request)
        return super().password_change(request, extra_context)

    @method_decorator(never_cache)
    def login(self, request, extra_context=None):
        """To the site's page for signing in, and back; nobody signs in twice."""
        user, back = request.user, request.GET.get("next", reverse("admin:index"))
        if not user.is_authenticated:
            address = resolve_url(settings.LOGIN_URL)
            return redirect(f"{address}?{urlencode({'next': back})}")
        if not user.is_staff:
            raise PermissionDenied(say("Only the editors may enter the desk."))
        if self.has_permission(request):
            return redirect("admin:index")
        messages.info(request, say("The editors' desk asks for a second factor."))
        return redirect("mfa_index")
