"""Who signs in by which name, in the same time whoever is named."""

from allauth.account.auth_backends import AuthenticationBackend

from studyhall.accounts.models import User


class ByAddressOrName(AuthenticationBackend):
    """By e-mail address or display name; one password is hashed, found or not."""

    def _authenticate(self, request, **credentials):
        """The user, or None. allauth's own looks an address up twice, which shows."""
        said = credentials.get("email") or credentials.get("username") or ""
        return self._check_password(
            User.objects.known_as(said), credentials["password"]
        )
