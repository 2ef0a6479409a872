"""The forms of signing up and signing in, in this site's words."""

from allauth.account.forms import LoginForm, SignupForm
from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext_lazy as _

from studyhall.accounts import limits
from studyhall.accounts.names import LONGEST


class SignInForm(LoginForm):
    """An address or a display name, and the password."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail address or display name")
        self.fields["login"].max_length = 254
        self.fields["login"].widget.attrs |= {
            "autocomplete": "username",
            "dir": "auto",
            "autocapitalize": "none",
            "spellcheck": "false",
        }
        without_placeholders(self)


class SignUpForm(SignupForm):
    """An address, a name that others see, and a password."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address")
        self.fields["email"].help_text = _(
            "Only you and the site see it. A code is sent there, by which you show "
            "that it is yours."
        )
        name = self.fields["username"]
        name.label = _("Display name")
        name.help_text = _(
            "Others see it beside your public notes. In Latin, Hebrew or Cyrillic "
            "letters; it need not be your own."
        )
        name.widget.attrs |= {
            "autocomplete": "nickname",
            "dir": "auto",
            "maxlength": LONGEST,
        }
        without_placeholders(self)

    def try_save(self, request):
        """As allauth's, in the same time where the address has an account already."""
        limits.signing_up.check(request)
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)


def without_placeholders(form):
    """A field is named by its label alone, which stays when one has begun to type."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
