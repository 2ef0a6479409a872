"""How many notes one reader may write in a while: counted in rows, so it is exact."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.utils import timezone

from studyhall.accounts.limits import TooMany
from studyhall.annotations.models import Annotation

LIMITS = ((timedelta(hours=1), 120), (timedelta(days=1), 600))


def check(reader):
    """Raise TooMany if this reader has written too much of late.

    Inside a transaction: the reader's row is held, so that no two requests count the
    same notes.
    """
    get_user_model().objects.select_for_update(no_key=True).get(pk=reader.pk)
    now = timezone.now()
    for window, most in LIMITS:
        written = Annotation.objects.filter(reader=reader, created_at__gt=now - window)
        latest = written.order_by("-created_at").values_list("created_at", flat=True)
        nth = next(iter(latest[most - 1 : most]), None)
        if nth is not None:
            raise TooMany(max(1, int((nth + window - now).total_seconds())))
