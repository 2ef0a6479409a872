"""Who is told of a change: the only way in which the library reaches its readers."""

from functools import cache

from django.conf import settings
from django.core import checks
from django.utils.module_loading import import_string

EVENTS = (
    "text_changed",
    "sources_merged",
    "address_changed",
    "foresee",
    "proposal_decided",
)


@cache
def _named(paths):
    """The functions of these dotted names, in order, by the event they follow."""
    functions = {event: [] for event in EVENTS}
    for path in paths:
        functions[path.rpartition(".")[2]].append(import_string(path))
    return functions


def tell(event, *what):
    """Call every follower of this event; what a follower raises undoes the change."""
    return [follower(*what) for follower in _followers(event)]


def _followers(event):
    return _named(tuple(settings.LIBRARY_FOLLOWERS))[event]


@checks.register
def check_followers(app_configs, **options):
    """Each name in LIBRARY_FOLLOWERS must be a function named for an event."""
    problems = []
    for path in settings.LIBRARY_FOLLOWERS:
        if path.rpartition(".")[2] not in EVENTS:
            reason = f"is named for none of the events {', '.join(EVENTS)}"
        elif not _imports(path):
            reason = "cannot be imported"
        else:
            continue
        problems.append(
            checks.Error(f"LIBRARY_FOLLOWERS: “{path}” {reason}.", id="sources.E001")
        )
    return problems


def _imports(path):
    try:
        return callable(import_string(path))
    except ImportError:
        return False
