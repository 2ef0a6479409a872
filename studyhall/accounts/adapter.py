"""Where allauth asks this site what it wants."""

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from studyhall.accounts import devices, limits
from studyhall.accounts.models import NAME_TAKEN, User, fold_email
from studyhall.accounts.names import check_not_kept_back, clean_name, folded

SAID = {
    "account_inactive": _("This account is switched off."),
    "cannot_remove_primary_email": _("An account has an address: this one stays."),
    "duplicate_email": _("This is an address of your account already."),
    "email_password_mismatch": _("The address and the password do not fit together."),
    "email_taken": _("This e-mail address has an account already."),
    "enter_current_password": _("This is not your password."),
    "incorrect_code": _("This is not the code that was sent."),
    "incorrect_password": _("This is not your password."),
    "invalid_login": _("This is no address of an account."),
    "invalid_password_reset": _("This link has been used or is too old."),
    "rate_limited": _("That was asked for very often: wait a few minutes."),
    "same_as_current": _("This is the address of your account already."),
    "too_many_login_attempts": _(
        "Too many tries: wait a few minutes, then begin anew."
    ),
    "unverified_primary_email": _("Show first that the address is yours."),
    "username_password_mismatch": _("The name and the password do not fit together."),
    "username_taken": NAME_TAKEN,
}


class AccountAdapter(DefaultAccountAdapter):
    """Our names, and our limits on passwords.

    Raises limits.TooMany, which the middleware answers with 429, for too many tries.
    """

    error_messages = DefaultAccountAdapter.error_messages | SAID

    def clean_username(self, username, shallow=False):
        """The display name as it is kept. Raises ValidationError."""
        name = clean_name(username)
        check_not_kept_back(name)
        if not shallow and User.objects.of_name(name).exists():
            raise ValidationError(NAME_TAKEN)
        return name

    def pre_authenticate(self, request, **credentials):
        """Count the try: on the name that was said, and by where it comes from."""
        limit, target = self._counted(request, credentials)
        limit.check(request, target)

    def authenticate(self, request, **credentials):
        user = super().authenticate(request, **credentials)
        if user:
            limit, target = self._counted(request, credentials)
            limit.give_back(request, target)
        return user

    def post_login(self, request, user, **kwargs):
        """The browser is known from now on: see `devices`."""
        response = super().post_login(request, user, **kwargs)
        devices.remember(request, response, user)
        return response

    def _delete_login_attempts_cached_email(self, request, **credentials):
        """After a reset by mail, whoever did it may sign in at once, by either name."""
        user = User.objects.known_as(_said(credentials))
        for said in (user.email, user.display_name) if user else ():
            limit, target = self._counted(request, {"email": said})
            limit.forget(request, target)
            limits.signing_in.forget(request, _target(said))

    def _rollback_login_failed_rl_usage(self):
        """allauth's own count is off: ours is given back in `authenticate`."""

    def _counted(self, request, credentials):
        """The limit of a try to sign in, and what it is on.

        A browser that the account was signed in to on has a tally of its own.
        """
        said = _said(credentials)
        device = devices.of(request, User.objects.known_as(said))
        if device:
            return limits.signing_in_again, f"{_target(said)} on {device}"
        return limits.signing_in, _target(said)


def _said(credentials):
    return credentials.get("email") or credentials.get("username") or ""


def _target(said):
    """What a try is counted on: an address or a name, whether anyone has it or not.

    Not the account, for then the tally would tell whose address stands behind a name.
    """
    return f"address {fold_email(said)}" if "@" in said else f"name {folded(said)}"
