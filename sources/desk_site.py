"""The admin site: a form that is sent after the session has ended loses nothing."""

from functools import update_wrapper

from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth import login
from django.core.exceptions import BadRequest
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from sources import carried
from sources.keys import is_key

FORBIDDEN = 403
LONGEST_SEARCH = 300  # code points; each word asks the database for one thing more


class DeskSite(admin.AdminSite):
    """Django's admin, which asks for the password where a form was sent.

    Whoever signs in there sees the form as it was sent, and nothing is saved yet.
    """

    def admin_view(self, view, cacheable=False):
        within = super().admin_view(view, cacheable)

        def inner(request, *args, **kwargs):
            if len(request.GET.get("q", "")) > LONGEST_SEARCH:
                raise BadRequest(_("This is too long to search for: use fewer words."))
            if ACTION_CHECKBOX_NAME in request.POST:
                request.POST = chosen_by_keys(request.POST)
            if carried.is_record_form(request) and not self.has_permission(request):
                refused = self._sign_in_here(request)
                if refused:
                    return refused
            return within(request, *args, **kwargs)

        return update_wrapper(inner, within)

    def _sign_in_here(self, request):
        """The page that asks who it is; None once that is known."""
        is_answer = f"{carried.PREFIX}-password" in request.POST
        form = (self.login_form or AdminAuthenticationForm)(
            request, request.POST if is_answer else None, prefix=carried.PREFIX
        )
        if is_answer and form.is_valid():
            login(request, form.get_user())
            request.POST = carried.to_be_shown(request.POST)
            return None
        context = {
            **self.each_context(request),
            "title": "Sign in to go on",
            "form": form,
            "fields": carried.fields_of(request.POST),
        }
        page = render(request, "admin/sign_in_again.html", context, status=FORBIDDEN)
        add_never_cache_headers(page)
        return page


def chosen_by_keys(posted):
    """The form of a list: what can be no record's key is as if it were not chosen.

    Django asks the database for it as it was sent, in every list, its own too.
    """
    posted = posted.copy()
    sound = [key for key in posted.getlist(ACTION_CHECKBOX_NAME) if is_key(key)]
    posted.setlist(ACTION_CHECKBOX_NAME, sound)
    return posted
