"""How often one may do a thing, counted in the database: exact across processes.

    limits.signing_in.check(request, target=name)

takes one of what each rate allows, or raises TooMany with the time to wait. A rate
counts within windows of fixed length that begin at the same moment for everybody.
"""

import hashlib
import ipaddress
import time
from dataclasses import dataclass
from datetime import UTC, datetime

from allauth.account.adapter import get_adapter
from django.db import transaction
from django.db.models import F

from sources.carried import NOT_CARRIED, SECRET_FIELDS
from sources.errors import too_many
from studyhall.accounts.models import Tally

MINUTE, HOUR, DAY = 60, 3600, 86400
ACCOUNT, ADDRESS, TARGET, PAIR = "account", "address", "target", "pair"
SHOWN = 20  # fields of a form that are given back
ALLAUTH_WAITS = MINUTE  # the longest window of the limits that allauth counts itself


class TooMany(Exception):
    """More than the site takes; `wait` is in whole seconds."""

    def __init__(self, wait):
        super().__init__(f"Wait {wait} seconds.")
        self.wait = wait


@dataclass(frozen=True)
class Rate:
    """`most` in `seconds`, for each account, address, target or pair of these two."""

    most: int
    seconds: int
    per: str


@dataclass(frozen=True)
class Limit:
    """What one deed is allowed, by a name and its rates."""

    name: str
    rates: tuple

    def check(self, request, target=""):
        """Take one of each rate. Raises TooMany where one is used up.

        `target` is what is done something to, in its own words. Rates for accounts
        are passed over where nobody is signed in.
        """
        for rate, key in self._counted(request, target):
            _take(rate, key)

    def give_back(self, request, target=""):
        """It did not count after all: such as a password that was right."""
        for _rate, key in self._counted(request, target):
            Tally.objects.filter(key=key, count__gt=0).update(count=F("count") - 1)

    def forget(self, request, target=""):
        """Begin anew for this target; an address that it was from stays counted."""
        counted = self._counted(request, target)
        keys = [key for rate, key in counted if rate.per in (TARGET, PAIR)]
        Tally.objects.filter(key__in=keys).delete()

    def _counted(self, request, target):
        for rate in self.rates:
            whose = _whose(rate.per, request, target)
            if whose:
                window = int(time.time()) // rate.seconds
                said = f"{self.name} {rate} {window} {whose}"
                yield rate, hashlib.sha256(said.encode()).hexdigest()


def address_of(request):
    """Where a request comes from; an IPv6 address is known by its network."""
    said = get_adapter(request).get_client_ip(request)
    try:
        address = ipaddress.ip_address(said)
    except ValueError:
        return said
    if address.version == 6:
        return str(ipaddress.ip_network(f"{address}/64", strict=False))
    return str(address)


def _whose(per, request, target):
    """Who or what is counted, or "" where there is none."""
    if per == ACCOUNT:
        user = getattr(request, "user", None)
        return str(user.pk) if user is not None and user.is_authenticated else ""
    if per == ADDRESS:
        return address_of(request)
    return target if per == TARGET else target and f"{target} {address_of(request)}"


@transaction.atomic
def _take(rate, key):
    """Count one more, unless that is more than the rate allows."""
    now = int(time.time())
    ends = (now // rate.seconds + 1) * rate.seconds
    until = datetime.fromtimestamp(ends, UTC)
    _row, is_new = Tally.objects.get_or_create(key=key, defaults={"until": until})
    if is_new:
        Tally.objects.filter(until__lt=datetime.fromtimestamp(now, UTC)).delete()
    room = Tally.objects.filter(key=key, count__lt=rate.most)
    if not room.update(count=F("count") + 1):
        raise TooMany(max(1, ends - now))


# What the site allows. Of each address many may sit behind one wall.
signing_in = Limit(
    "signing in",
    (Rate(5, 5 * MINUTE, PAIR), Rate(20, MINUTE, ADDRESS), Rate(60, HOUR, TARGET)),
)
# On a browser that the account was signed in to on: see `devices`.
signing_in_again = Limit(
    "signing in again", (Rate(5, 5 * MINUTE, TARGET), Rate(60, HOUR, TARGET))
)
signing_up = Limit("signing up", (Rate(20, HOUR, ADDRESS),))
# Forms and buttons of those who work here: far more than a person presses.
desk = Limit("desk", (Rate(600, 10 * MINUTE, ACCOUNT),))
# What the desk searches and exports: a field asks again while someone types in it.
desk_finding = Limit("desk finding", (Rate(1200, 10 * MINUTE, ACCOUNT),))
passwords = Limit("passwords", (Rate(10, 5 * MINUTE, ACCOUNT),))
invitations = Limit("invitations", (Rate(30, 10 * MINUTE, ADDRESS),))
flags = Limit(
    "flags",
    (Rate(20, HOUR, ACCOUNT), Rate(60, HOUR, ADDRESS), Rate(30, DAY, TARGET)),
)
# What signed-out readers typed is kept in a session each: see `drafts`.
drafts = Limit("drafts", (Rate(60, HOUR, ADDRESS), Rate(300, DAY, ADDRESS)))
corrections = Limit(
    "corrections",
    (Rate(10, HOUR, ADDRESS), Rate(30, DAY, ADDRESS), Rate(30, DAY, TARGET)),
)


class Patience:
    """Middleware: 429 for TooMany, with what was typed."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, error):
        """The page that says how long to wait, or None for any other error."""
        return wait_page(request, error.wait) if isinstance(error, TooMany) else None


def wait_page(request, wait=ALLAUTH_WAITS):
    """429, with how long to wait in whole seconds, and the form's fields as typed."""
    typed = [
        (name, value)
        for name, value in request.POST.items()
        if value and name not in NOT_CARRIED and not SECRET_FIELDS.search(name)
    ]
    return too_many(request, wait, typed[:SHOWN])
