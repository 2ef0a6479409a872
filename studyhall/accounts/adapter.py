"""Where allauth asks this site what it wants."""

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError

from studyhall.accounts import limits
from studyhall.accounts.models import NAME_TAKEN, User
from studyhall.accounts.names import check_not_kept_back, clean_name, folded


class AccountAdapter(DefaultAccountAdapter):
    """Our names, and our limits on passwords.

    Raises limits.TooMany, which the middleware answers with 429, for too many tries.
    """

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "The address and the password do not fit together.",
        "username_password_mismatch": "The name and the password do not fit together.",
        "incorrect_code": "This is not the code that was sent.",
    }

    def clean_username(self, username, shallow=False):
        """The display name as it is kept. Raises ValidationError."""
        name = clean_name(username)
        check_not_kept_back(name)
        if not shallow and User.objects.of_name(name).exists():
            raise ValidationError(NAME_TAKEN)
        return name

    def pre_authenticate(self, request, **credentials):
        """Count the try, for the address it comes from and the account it is on."""
        limits.signing_in.check(request, self._named(credentials))

    def authenticate(self, request, **credentials):
        user = super().authenticate(request, **credentials)
        if user:
            limits.signing_in.give_back(request, self._named(credentials))
        return user

    def _delete_login_attempts_cached_email(self, request, **credentials):
        """After a reset by mail, whoever did it may sign in at once."""
        limits.signing_in.forget(request, self._named(credentials))

    def _rollback_login_failed_rl_usage(self):
        """allauth's own count is off: ours is given back in `authenticate`."""

    def _named(self, credentials):
        """The account that is meant, the same by its address and by its name."""
        said = credentials.get("email") or credentials.get("username") or ""
        user = User.objects.known_as(said)
        return f"account {user.pk}" if user else f"nobody {folded(said)}"
