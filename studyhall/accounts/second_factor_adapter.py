"""Where allauth's part for second factors asks this site; imported only with it on."""

from allauth.mfa.adapter import DefaultMFAAdapter
from django.utils.translation import gettext_lazy as _


class SecondFactorAdapter(DefaultMFAAdapter):
    """What is refused, in this site's words."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "add_email_blocked": _("Put your second factor out of use first."),
        "cannot_delete_authenticator": _("This second factor stays: it is asked for."),
        "cannot_generate_recovery_codes": _("Set up a second factor first."),
        "incorrect_code": _("This is not the code that your app shows now."),
        "unverified_email": _("Show first that your e-mail address is yours."),
    }
