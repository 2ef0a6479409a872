"""Notes rendered again: nothing that anyone wrote changes, so no version is made."""

from django.db import transaction
from django.utils.html import escape

from sources import markdown
from studyhall.annotations.gate import html_of
from studyhall.annotations.models import Annotation
from studyhall.keeping.marks import raise_mark


def render(*, everything=False):
    """Render what an older renderer made, or everything; how many notes that were."""
    notes = Annotation.objects.exclude(body="")
    if not everything:
        notes = notes.filter(rendered_with__lt=markdown.RENDERER)
    done = sum(map(_rendered, notes.order_by("pk").values_list("pk", flat=True)))
    if done:
        raise_mark("notes")
    return done


def address_changed(old, new):
    """A follower of the library: notes that link to the old address link to the new.

    `old` and `new` are paths, as they stand in an address.
    """
    linking = Annotation.objects.filter(body_html__contains=f'href="{escape(old)}"')
    for key in list(linking.order_by("pk").values_list("pk", flat=True)):
        _rendered(key)


@transaction.atomic
def _rendered(key):
    """Write the HTML of one note; False if it is gone."""
    note = Annotation.objects.select_for_update().filter(pk=key).first()
    if note is None:
        return False
    note.body_html, note.rendered_with = html_of(note.body), markdown.RENDERER
    note.save(update_fields=["body_html", "rendered_with"])
    return True
