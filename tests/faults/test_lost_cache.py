"""The cache is lost: what is counted in it waits, all else goes on."""

import pytest

from tests.browser import server
from tests.faults import load
from tests.faults.case import FaultCase


@pytest.mark.slow
@pytest.mark.once
class LostCacheTests(FaultCase):
    def go_on(self, site):
        said = site.said("prepare")
        session = said["sessions"][0]
        for path in ("/", said["source"], "/accounts/login/", "/me/notes/"):
            answer = load.ask(site, "GET", path, session=session)
            self.assertIn(answer.status, (load.READ, 302), path)
        answer = load.write(site, session, "It goes on.", load.new_key())
        self.assertEqual(answer.status, load.SAVED)
        self.assertEqual(site.inside("notes"), ["It goes on."])

    def wait(self, site):
        """What is counted is refused, in words, within a moment."""
        for path, typed in (
            ("/accounts/login/", {"login": "a@example.org", "password": "hush hush"}),
            ("/accounts/password/reset/", {"email": "a@example.org"}),
        ):
            answer = load.ask(site, "POST", path, typed)
            self.assertLess(answer.seconds, load.HANG)
            self.assertEqual(answer.status, load.AWAY, path)
            self.assertIn("counts tries is away", answer.body)
            self.assertIn("retry-after", answer.headers)
            self.assertNotIn("hush", answer.body)

    def test_a_redis_that_is_away_stops_nothing_but_what_it_counts(self):
        nobody = f"redis://127.0.0.1:{server.free_port()}/0"
        site = self.on_sqlite(CACHE_URL=nobody)
        with site.running():
            self.go_on(site)
            self.wait(site)

    def test_a_table_that_is_gone_stops_nothing_but_what_it_counts(self):
        site = self.on_sqlite()
        site.inside("lose_cache")
        with site.running():
            self.go_on(site)
            self.wait(site)
