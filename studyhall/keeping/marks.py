"""How pages that show more than the library learn that they are out of date."""

import secrets

from django.db import transaction
from django.db.models import F

from studyhall.keeping.models import Mark

LONGEST_STEP = 2**31


def raise_mark(name):
    """Put every kept page out of date, when the open transaction is committed.

    `name` says what has changed, such as "notes". To be called in the transaction of
    the change, and last in it: whoever changes the same waits here until it ends. The
    step is drawn by lot, so that after a backup was restored no number comes again.
    """
    step = 1 + secrets.randbelow(LONGEST_STEP)
    with transaction.atomic():
        marks = Mark.objects.filter(name=name)
        if not marks.update(number=F("number") + step):
            Mark.objects.get_or_create(name=name)
            marks.update(number=F("number") + step)
