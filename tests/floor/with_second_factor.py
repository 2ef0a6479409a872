"""The addresses that SECOND_FACTOR=1 adds, and their headers.

That setting holds from the start of a process, so this file is run in one of its own
by tests/floor/test_environment.py, and by nothing else.
"""

from collections import Counter

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.test import SimpleTestCase
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from tests import make
from tests.floor.every_address import Kind, Row, of_record, routes, table
from tests.floor.test_every_address import NO_STORE, HeadersCase

OURS = "accounts/second-factor/"
ACTIVATE, DOWNLOAD = "totp/activate/", "recovery-codes/download/"
KEYS = "webauthn/keys/<int:pk>/"
PAGES = {
    "": "",
    "reauthenticate/": "reauthenticate/",
    "recovery-codes/": "recovery-codes/",
    "recovery-codes/generate/": "recovery-codes/generate/",
    "totp/deactivate/": "totp/deactivate/",
    "webauthn/": "webauthn/",
    "webauthn/add/": "webauthn/add/",
    f"{KEYS}edit/": "webauthn/keys/{passkey}/edit/",
    f"{KEYS}remove/": "webauthn/keys/{passkey}/remove/",
    "webauthn/reauthenticate/": "webauthn/reauthenticate/",
}
# For whoever is signed out, or has no app yet: the reader's own are asked apart.
LED = {
    "authenticate/": Kind.LED,
    "webauthn/login/": Kind.LED,
    DOWNLOAD: Kind.LED,
    ACTIVATE: Kind.MOVED,
}


def added():
    """A Row for each route that the setting adds."""
    for route, address in PAGES.items():
        yield Row(f"{OURS}{route}", f"/{OURS}{address}", Kind.ACCOUNT)
    for route, kind in LED.items():
        yield Row(f"{OURS}{route}", f"/{OURS}{route}", kind, 302)
    yield from of_record("admin/mfa/authenticator/", "{app}/", ())


def passkey():
    """What is stored of a passkey, as an authenticator would have answered."""
    point = {-2: b"x" * 32, -3: b"y" * 32}
    key = AttestedCredentialData.create(
        bytes(16), b"key", {1: 2, 3: -7, -1: 1, **point}
    )
    data = AuthenticatorData.create(bytes(32), 0x41, 0, key)
    told = AttestationObject.create("none", data, {})
    client = CollectedClientData.create("webauthn.create", b"challenge", "http://a")
    response = {
        "clientDataJSON": websafe_encode(client),
        "attestationObject": websafe_encode(told),
    }
    sent = {"id": websafe_encode(b"key"), "rawId": websafe_encode(b"key")}
    sent |= {"type": "public-key", "response": response}
    return {"name": "Key", "credential": sent}


class AddedTests(SimpleTestCase):
    def test_every_route_is_in_one_of_the_two_tables(self):
        known = Counter(row.route for row in (*table(), *added()))
        there = Counter(route.replace("mfa|", "") for route in routes())
        self.assertEqual(there, known)


class HeaderTests(HeadersCase):
    @classmethod
    def setUpTestData(cls):
        cls.reader = make.reader(display_name="Rivka")
        cls.keeper = make.reader(is_staff=True, is_superuser=True)
        for user in (cls.reader, cls.keeper):
            app = TOTP.activate(user, "A" * 32)
            RecoveryCodes.activate(user)
        key = Authenticator.objects.create(
            user=cls.reader, type=Authenticator.Type.WEBAUTHN, data=passkey()
        )
        cls.values = {"passkey": key.pk, "app": app.instance.pk}

    def check_cookies(self, answer, names):
        """The challenge of a passkey is kept in the session, which is set anew."""
        super().check_cookies(answer, {*names} | ({"sessionid"} & {*answer.cookies}))

    def test_each_address_has_exactly_the_headers_of_its_kind(self):
        for row in added():
            with self.subTest(route=row.route):
                self.check(row, self.ask(row))

    def test_where_a_secret_is_shown_no_copy_of_it_is_kept(self):
        self.clients["reader"] = self.signed_in(make.reader())
        row = Row("", f"/{OURS}{ACTIVATE}", Kind.ACCOUNT)
        page = self.ask(row)
        self.assertContains(page, "data:image/svg")
        self.check(row, page)
        codes = self.clients["keeper"].get(f"/{OURS}{DOWNLOAD}")
        self.assertEqual(codes.headers["Content-Type"], "text/plain")
        self.assertEqual(codes.headers["Cache-Control"], NO_STORE)
        self.check_everywhere(codes)

    def test_the_desk_shows_nobody_what_a_second_factor_is_made_of(self):
        stored = Authenticator.objects.get(pk=self.values["app"]).data["secret"]
        address = f"/admin/mfa/authenticator/{self.values['app']}/change/"
        page = self.clients["keeper"].get(address)
        self.assertContains(page, "TOTP")
        self.assertNotContains(page, stored)
