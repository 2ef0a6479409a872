"""What the hostile walk starts from: a request that leaves nothing, and its checks."""

from contextlib import contextmanager
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from tests.floor.every_address import table
from tests.floor.hostile import MARK, tree_of
from tests.floor.whole_site import WholeSiteCase

REFUSED = {400, 403, 404, 405, 409, 410, 413, 422, 429, 431}
TOLD = {400, 422}
ADDED = "719123456796"  # what the family "a template" says where it is one


class WalkCase(WholeSiteCase):
    def rows(self, *kinds):
        """The rows of the table, or of some kinds."""
        return [row for row in table() if not kinds or row.kind in kinds]

    @contextmanager
    def undone(self):
        """What is stored within is taken back."""
        with transaction.atomic():
            yield
            transaction.set_rollback(True)

    def ask(self, who, address, form=None, **options):
        """The checked answer of a fresh browser of `who`; nothing of it stays."""
        client = self.clients[who]
        kept = client.cookies.get(settings.SESSION_COOKIE_NAME)
        held = kept.value if kept else None
        with self.undone():
            if form is None:
                answer = client.get(address, **options)
            else:
                answer = client.post(address, form, **options)
            self.check(answer, address)
        client.cookies.clear()
        if held:
            client.cookies[settings.SESSION_COOKIE_NAME] = held
        return answer

    def check(self, answer, address):
        """No defect, no way out of the site, and nothing that runs."""
        status, where = answer.status_code, (address[:200], answer.status_code)
        self.assertTrue(status < 400 or status in REFUSED, where)
        self.check_location(answer.headers.get("Location", ""), where)
        self.assertNotIn("pwned", answer.cookies, where)
        if answer.streaming:
            return
        content = answer.content.decode()
        self.assertFalse(ADDED in content, where)
        if answer.headers["Content-Type"].startswith("text/html"):
            self.check_page(answer, content, where)

    def check_location(self, location, where):
        """A path of this site, or its own host."""
        self.assertNotRegex(location, r"[\x00-\x1f\\]", where)
        parts = urlsplit(location)
        self.assertIn(parts.netloc, ("", "testserver"), where)
        self.assertIn(parts.scheme, ("", "http", "https"), where)
        self.assertFalse(location.startswith("//"), where)

    def check_page(self, answer, content, where):
        """Whatever was sent stands there as words, and a refusal says something."""
        if answer.status_code in TOLD:
            self.assertRegex(content, "<h1|errornote|errorlist", where)
        if f"{MARK}()" not in content:
            return
        for each in tree_of(answer).iter():
            if not isinstance(each.tag, str):
                continue
            if each.tag in ("script", "style"):
                self.assertNotIn(MARK, each.text or "", where)
            for name, value in each.items():
                self.assertFalse(name.startswith("on"), where)
                if name in ("href", "src", "action", "formaction"):
                    self.assertFalse(value.strip().startswith("javascript:"), where)
