"""What an invited person says of themselves, and what a keeper says of them."""

from django import forms
from django.contrib.auth.forms import SetPasswordMixin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sources.text import clean_text
from studyhall.accounts import granting, invitations
from studyhall.accounts.models import NAME_TAKEN, Invitation, User, fold_email
from studyhall.accounts.names import check_not_kept_back, clean_name


class JoinForm(SetPasswordMixin, forms.Form):
    """A name that others see, and a password, twice."""

    display_name = forms.CharField(
        label=_("Display name"),
        max_length=80,
        help_text=_("The name that other editors see beside what you write."),
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    password1, password2 = SetPasswordMixin.create_password_fields(
        label1=_("Password"), label2=_("The same password again")
    )

    def __init__(self, *args, email, **kwargs):
        super().__init__(*args, **kwargs)
        self.email = email

    def clean_display_name(self):
        name = clean_name(clean_text(self.cleaned_data["display_name"]))
        check_not_kept_back(name)
        if User.objects.of_name(name).exists():
            raise ValidationError(NAME_TAKEN)
        return name

    def clean(self):
        cleaned = super().clean()
        self.validate_passwords("password1", "password2")
        person = User(email=self.email, display_name=cleaned.get("display_name", ""))
        self.validate_password_for_user(person, "password2")
        return cleaned


class InvitationForm(forms.ModelForm):
    """Whom to invite, and to which role; `inviter` may give no more than they hold."""

    inviter = None

    class Meta:
        model = Invitation
        fields = ["email", "group"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "group" in self.fields:
            self.fields["group"].queryset = granting.roles_from(self.inviter)

    def clean_email(self):
        """Holds the inviter's row: a form that is sent twice at once makes one."""
        User.objects.select_for_update(no_key=True).get(pk=self.inviter.pk)
        email = fold_email(self.cleaned_data["email"])
        if invitations.has_account(email):
            raise ValidationError(
                _("This address has an account already: give it the role there.")
            )
        if Invitation.objects.open().filter(email=email).exists():
            raise ValidationError(
                _("An invitation to this address is waiting: send that one again.")
            )
        return email

    def clean(self):
        if invitations.is_too_many(self.inviter):
            raise ValidationError(
                _("You have sent as many invitations as one may in an hour.")
            )
        return super().clean()
