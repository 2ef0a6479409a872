"""Closing an account: what it held goes, what the library owes it stays."""

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.crypto import get_random_string
from django.utils.module_loading import import_string

from studyhall.accounts import addresses


@transaction.atomic
def close(user, *, keep):
    """Close an account; True where its row is gone, False where its name must stay.

    `keep` leaves its public notes as a former reader's. Who has signed changes of the
    library stays beside them by name; the address is free again either way. All its
    sessions end, for no password is left that they were opened with.
    """
    for dotted in settings.READERS_LEAVE:
        import_string(dotted)(user, keep)
    if not LogEntry.objects.filter(user=user).exists() and _deleted(user):
        return True
    addresses.doubt(user)
    for rows in (user.groups, user.user_permissions):
        rows.clear()
    if settings.SECOND_FACTOR:
        user.authenticator_set.all().delete()
    user.email = f"closed-{get_random_string(20).lower()}@account.invalid"
    user.is_active = user.is_staff = user.is_superuser = user.wants_mail = False
    user.set_unusable_password()
    user.last_login = None
    user.save()
    return False


def _deleted(user):
    """Whether the row could go: not where the library's history names it."""
    try:
        with transaction.atomic():
            user.delete()
    except ProtectedError:
        return False
    return True
