"""The page behind an invitation's link."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from sources.errors import refuse
from studyhall.accounts import invitations, limits
from studyhall.accounts.forms import JoinForm
from studyhall.accounts.models import Invitation

USELESS = (
    "This invitation cannot be used: it has expired, or it has been used or taken "
    "back. Ask whoever invited you for another."
)


@sensitive_post_parameters()
@never_cache
def invitation(request, token):
    """Choose a name and a password; nobody is signed in by it, and nobody out.

    Every link that leads to no open invitation has the same answer, and is counted.
    """
    limits.invitations.check(request)
    found = Invitation.objects.of_token(token).select_related("group", "by").first()
    if found is None or invitations.has_account(found.email):
        return _useless(request)
    limits.invitations.give_back(request)
    form = JoinForm(request.POST or None, email=found.email)
    if request.method == "POST" and form.is_valid():
        name, password = form.cleaned_data["display_name"], form.cleaned_data
        try:
            invitations.accept(token, name, password["password1"])
        except invitations.NotOpen:
            return _useless(request)
        return redirect("invitation_accepted")
    context = {"invitation": found, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "accounts/invitation.html", context, status=status)


def invitation_accepted(request):
    """The account stands: where to sign in."""
    context = {"sign_in": reverse("admin:login")}
    return render(request, "accounts/invitation_accepted.html", context)


def _useless(request):
    return refuse(request, USELESS, 404)
