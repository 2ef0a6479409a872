"""The reading settings, set by plain links: no script, no form token."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from sources import errors
from sources.reading import CHOICES, ReadingSettings, WrongChoice

TITLES = {"text": "Text", "vowels": "Vowels", "size": "Size", "theme": "Light"}
LABELS = {
    ("text", "both"): "Hebrew and English",
    ("text", "he"): "Hebrew only",
    ("text", "en"): "English only",
    ("vowels", "all"): "As printed",
    ("vowels", "none"): "None",
    ("size", "-1"): "Smaller",
    ("size", "0"): "Usual",
    ("size", "1"): "Larger",
    ("size", "2"): "Largest",
    ("theme", "auto"): "As the device",
    ("theme", "light"): "Light",
    ("theme", "dark"): "Dark",
}


class SeeOther(HttpResponseRedirect):
    """What is asked for stands at another address: fetch it from there."""

    status_code = 303


@dataclass(frozen=True)
class Choice:
    """One value of a setting, as a link."""

    label: str
    address: str
    is_chosen: bool


def reading_settings(request):
    """Set what the address says and go back to `next`; else show the choices."""
    wanted = [(name, request.GET[name]) for name in CHOICES if name in request.GET]
    back = safe_next(request)
    reading = ReadingSettings.from_request(request)
    try:
        for name, value in wanted:
            reading = reading.choosing(name, value)
    except WrongChoice as problem:
        return errors.refuse(request, str(problem), status=400)
    if wanted:
        response = SeeOther(back or reverse("reading_settings"))
        reading.keep_in(response)
    else:
        context = {"settings": groups(reading, back), "back": back}
        response = render(request, "sources/settings.html", context)
    response["Cache-Control"] = "private, no-cache"
    return response


def safe_next(request):
    """Where the reader came from, if that is a path of this site; else ""."""
    path = request.GET.get("next", "")
    if path.startswith("/") and url_has_allowed_host_and_scheme(path, None):
        return path
    return ""


def groups(reading, back):
    """(title, Choices) for each setting."""
    kept = [("next", back)] if back else []
    return [
        (
            TITLES[name],
            [
                Choice(
                    LABELS[name, value],
                    f"?{urlencode([(name, value), *kept])}",
                    str(getattr(reading, name)) == value,
                )
                for value in values
            ],
        )
        for name, values in CHOICES.items()
    ]
