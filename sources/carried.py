"""What a form held that came without a session or a key: it is shown again, unsaved."""

import re

SECRET_FIELDS = re.compile("pass|token|secret", re.IGNORECASE)
PREFIX = "sign_in"
AGAIN = "carried"  # the check that shows what came without a session
NOT_CARRIED = ("csrfmiddlewaretoken", "_check", "_deed", "_save", "_continue")
DEEDS = ("_add", "_change")


def is_record_form(request):
    """Whether a request posts the form of one record of the library."""
    match = request.resolver_match
    name = (match.url_name or "") if match else ""
    return (
        request.method == "POST"
        and match is not None
        and match.app_name == "admin"
        and name.startswith("sources_")
        and name.endswith(DEEDS)
        and name != "sources_proposal_change"
    )


def is_from_here(request):
    """Whether the browser says that a form was sent by a page of this site."""
    origin = request.headers.get("Origin", "")
    return not origin or origin.partition("://")[2] == request.get_host()


def fields_of(posted):
    """[(name, value)] of all that is carried: no secret, and no button."""
    return [
        (name, value)
        for name, values in posted.lists()
        if not _stays(name)
        for value in values
    ]


def to_be_shown(posted):
    """The posted QueryDict as a check, which shows the form and saves nothing."""
    shown = posted.copy()
    for name in posted:
        if _stays(name):
            del shown[name]
    shown["_check"] = AGAIN
    return shown


def _stays(name):
    is_button = name in NOT_CARRIED or name.startswith(f"{PREFIX}-")
    return is_button or bool(SECRET_FIELDS.search(name))
