"""The way to each page of accounts: allauth's pages pass none to their templates."""

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sources.pages import crumbs

OF_VISITORS = {
    "account_login": _("Sign in"),
    "account_signup": _("Make an account"),
    "account_logout": _("Sign out"),
    "account_inactive": _("This account is switched off"),
    "account_email_verification_sent": _("Show that the address is yours"),
    "account_reset_password": _("A new password"),
    "account_confirm_login_code": _("Write the code that was sent"),
    "account_confirm_password_reset_code": _("Write the code from the letter"),
    "account_complete_password_reset": _("Choose a new password"),
    "account_password_reset_completed": _("Your password is changed"),
    "account_closed": _("Your account is closed"),
    "invitation": _("An invitation"),
    "invitation_accepted": _("Your account is ready"),
    "mfa_authenticate": _("Your second factor"),
    "me": _("Your account"),
}
OF_ACCOUNT = {
    "me_settings": _("Name, and mail from the site"),
    "me_delete": _("Close the account"),
    "account_email": _("Your e-mail address"),
    "account_change_password": _("Change your password"),
    "account_set_password": _("Set a password"),
    "account_reauthenticate": _("Your password once more"),
    "mfa_index": _("Second factor and passkeys"),
    "mfa_reauthenticate": _("A code once more"),
    "mfa_reauthenticate_webauthn": _("Your passkey once more"),
}
OF_SECOND_FACTOR = {
    "mfa_activate_totp": _("Set up an app that shows codes"),
    "mfa_deactivate_totp": _("Put the app out of use"),
    "mfa_view_recovery_codes": _("Recovery codes"),
    "mfa_generate_recovery_codes": _("Make recovery codes"),
    "mfa_list_webauthn": _("Your passkeys"),
    "mfa_add_webauthn": _("Add a passkey"),
    "mfa_remove_webauthn": _("Remove a passkey"),
    "mfa_edit_webauthn": _("Name a passkey"),
}


def context(request):
    """The crumbs of a page of accounts, for its template; nothing for other pages."""
    match = request.resolver_match
    name = match.url_name if match else None
    if name in OF_VISITORS:
        return {"crumbs": crumbs.from_question(OF_VISITORS[name])}
    above = [(gettext("Your account"), reverse("me"))]
    if name in OF_SECOND_FACTOR:
        above.append((OF_ACCOUNT["mfa_index"], reverse("mfa_index")))
    here = OF_ACCOUNT.get(name) or OF_SECOND_FACTOR.get(name)
    return {"crumbs": crumbs.from_question(here, *above)} if here else {}
