"""A reply tells nobody of a note that was never for others to read."""

from django.utils.translation import gettext

from studyhall.annotations.models import Annotation


def check(form, parent):
    """Whether a valid reply may be kept: adds its error where it may not be public.

    Under a note that only its writer ever read, a public reply would show that the
    note is there.
    """
    visibility = form.cleaned_data["visibility"]
    if visibility == Annotation.Visibility.PUBLIC and not parent.was_public:
        form.add_error(
            "visibility",
            gettext(
                "Nobody else has read the note that this answers: make that note "
                "public first, or keep the reply to yourself."
            ),
        )
    return not form.errors
