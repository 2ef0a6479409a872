"""What simple bots do not pass, and what a newcomer may not do yet; without a cookie.

A form that is a NoSpam has a field that people do not see and a signed time at which
it was opened. `check` asks them of those whose public notes wait for a moderator.
"""

import re
import time

from django import forms
from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from studyhall.annotations.gate import html_of, is_trusted
from studyhall.annotations.models import Annotation

QUICKEST = 2  # seconds from opening a form to sending it
OLDEST = 7 * 24 * 3600  # seconds
MOST_LINKS = 2  # to other sites, in a newcomer's public note
_LINK = re.compile(r'<a\b[^>]*\bhref="https?://', re.IGNORECASE)
_signer = Signer(salt="studyhall.annotations.newcomers")


class NoSpam(forms.Form):
    """A form with a trap and a time; `is_too_quick` and `is_trapped` are verdicts."""

    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    opened_at = forms.CharField(required=False, widget=forms.HiddenInput)

    def stamp(self):
        """When this form was opened, signed; kept from page to page."""
        given = self.data.get("opened_at", "")
        if _age_of(given) is None:
            return stamped(time.time())
        return given

    def is_trapped(self):
        """Whether the field that nobody sees was filled."""
        return bool(self.data.get("website"))

    def is_too_quick(self):
        """Whether it was sent sooner than one can type, or opened too long ago."""
        age = _age_of(self.data.get("opened_at", ""))
        return age is None or not QUICKEST <= age <= OLDEST

    def refuse_bots(self):
        """Add the errors of a form that no person has filled. Returns whether any."""
        if self.is_trapped():
            self.add_error(None, gettext("Leave the field for websites empty."))
        elif self.is_too_quick():
            self.add_error(
                None,
                gettext(
                    "That was quicker than one can type. What you wrote is here: "
                    "send it once more."
                ),
            )
        return bool(self.errors)


def stamped(at):
    """The signed time of a form that was opened at `at`, in seconds of the epoch."""
    return _signer.sign(str(int(at)))


def check(form, reader):
    """Whether a valid form may be kept: adds its errors where a newcomer's may not.

    A private note, and whoever moderators have let write, is asked nothing.
    """
    visibility = form.cleaned_data.get("visibility")
    if visibility != Annotation.Visibility.PUBLIC or is_trusted(reader):
        return True
    if isinstance(form, NoSpam):
        form.refuse_bots()
    if links_in(form.cleaned_data.get("body", "")) > MOST_LINKS:
        form.add_error(
            "body",
            gettext(
                "Until moderators have let some of your notes stand, a public note "
                "may have at most %(most)s links to other sites."
            )
            % {"most": MOST_LINKS},
        )
    return not form.errors


def links_in(body):
    """How many links to other sites a note's Markdown makes."""
    return len(_LINK.findall(html_of(body)))


def _age_of(stamp):
    """Seconds since a stamp was made; None for what is none of ours."""
    try:
        made = int(_signer.unsign(stamp))
    except (BadSignature, ValueError):
        return None
    return time.time() - made
