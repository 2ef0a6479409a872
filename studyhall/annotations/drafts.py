"""What a signed-out reader has typed, kept for a day until they have signed in.

In a session that is made only then. Kept by the address of its form, so that the form
opens with it again.
"""

import time
from importlib import import_module

from django.conf import settings
from django.contrib.auth.views import redirect_to_login

from studyhall.accounts import limits

KEY = "notes_typed"
KEPT = 24 * 60 * 60  # seconds
MOST = 5  # forms that one session keeps
LONGEST = 100_000  # code points of one form: more than a valid one has
LEFT_OUT = ("csrfmiddlewaretoken",)


class TooLong(Exception):
    """More was typed than is kept: nobody is led away from it."""


def sign_in(request, address=None):
    """Keep what was typed, and send the reader to sign in and back to `address`.

    Raises TooLong, and limits.TooMany for more sessions than an address is given.
    """
    address = address or request.get_full_path()
    if request.method == "POST":
        keep(request, address)
    return redirect_to_login(address)


def keep(request, address):
    """Keep the posted form under the address at which it will be opened again.

    Raises as `sign_in` does.
    """
    typed = {
        name: value for name, value in request.POST.items() if name not in LEFT_OUT
    }
    if sum(map(len, typed.values())) > LONGEST:
        raise TooLong
    if not request.user.is_authenticated:
        limits.drafts.check(request)
        request.session.set_expiry(KEPT)
    kept = {key: one for key, one in _all(request).items() if key != address}
    kept[address] = {"at": time.time(), "typed": typed}
    request.session[KEY] = dict(list(kept.items())[-MOST:])


def of(request, address=None):
    """The fields that were typed at this address within a day; {} for none."""
    if request.user.is_authenticated and request.session.get("_session_expiry") == KEPT:
        request.session.set_expiry(None)  # the day was for what was typed
    kept = _all(request).get(address or request.get_full_path())
    if not kept or time.time() - kept["at"] > KEPT:
        return {}
    return kept["typed"]


def forget(request, address=None):
    """What was typed there is stored now."""
    kept = _all(request)
    if kept.pop(address or request.get_full_path(), None):
        request.session[KEY] = kept


def purge():
    """Take the sessions that are over out of the database, and so what they kept."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


def _all(request):
    return dict(request.session.get(KEY, {}))
