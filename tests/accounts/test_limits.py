from threading import Barrier, Thread

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import RequestFactory, TestCase, TransactionTestCase

from studyhall.accounts.limits import (
    ACCOUNT,
    ADDRESS,
    PAIR,
    TARGET,
    Limit,
    Rate,
    TooMany,
    address_of,
    wait_page,
)
from studyhall.accounts.models import Tally
from tests import make


def request(address="192.0.2.1", user=None, **form):
    made = RequestFactory().post("/", form, REMOTE_ADDR=address)
    made.user = user or AnonymousUser()
    return made


def limit(most=2, per=ADDRESS, seconds=86400):
    return Limit("test", (Rate(most, seconds, per),))


def how_many(deed, most=9):
    """How often a deed goes well before the first TooMany."""
    for number in range(most):
        try:
            deed()
        except TooMany:
            return number
    return most


class LimitTests(TestCase):
    def test_holds_for_each_address_apart(self):
        self.assertEqual(how_many(lambda: limit().check(request())), 2)
        limit().check(request("192.0.2.2"))

    def test_an_ipv6_address_is_known_by_its_network(self):
        self.assertEqual(address_of(request("2001:db8::1")), "2001:db8::/64")
        self.assertEqual(
            address_of(request("2001:db8::1")), address_of(request("2001:db8::ffff"))
        )

    def test_holds_for_each_account_wherever_it_is(self):
        reader = make.reader()
        places = iter(f"192.0.2.{number}" for number in range(9))
        by_account = limit(per=ACCOUNT)
        done = how_many(lambda: by_account.check(request(next(places), reader)))
        self.assertEqual(done, 2)
        by_account.check(request(user=make.reader()))

    def test_holds_for_each_target_and_each_pair(self):
        by_target, by_pair = limit(per=TARGET), limit(per=PAIR)
        places = iter(f"192.0.2.{number}" for number in range(9))
        self.assertEqual(
            how_many(lambda: by_target.check(request(next(places)), "note 1")), 2
        )
        by_target.check(request(), "note 2")
        self.assertEqual(how_many(lambda: by_pair.check(request(), "note 1")), 2)
        by_pair.check(request("192.0.2.9"), "note 1")

    def test_what_is_given_back_does_not_count(self):
        def deed():
            limit().check(request())
            limit().give_back(request())

        self.assertEqual(how_many(deed), 9)

    def test_the_wait_ends_with_its_window(self):
        how_many(lambda: limit(seconds=60).check(request()))
        with self.assertRaises(TooMany) as refused:
            limit(most=0, seconds=60).check(request())
        self.assertTrue(0 < refused.exception.wait <= 60)

    def test_what_is_over_is_forgotten(self):
        limit().check(request())
        Tally.objects.update(until="2020-01-01T00:00Z")
        limit().check(request("192.0.2.7"))
        self.assertEqual(Tally.objects.count(), 1)

    def test_the_page_gives_back_what_was_typed_and_no_secret(self):
        page = wait_page(request(body="אבג", password="hush"), 90)
        self.assertEqual(page["Retry-After"], "90")
        self.assertContains(page, "אבג", status_code=429)
        self.assertContains(page, "90 seconds", status_code=429)
        self.assertNotContains(page, "hush", status_code=429)


@pytest.mark.slow
class AtOnceTests(TransactionTestCase):
    def test_is_exact_where_many_ask_at_once(self):
        many, done = 8, []
        start = Barrier(many)

        def deed():
            start.wait()
            try:
                limit(most=3).check(request())
                done.append(True)
            except TooMany:
                done.append(False)
            finally:
                connection.close()

        threads = [Thread(target=deed) for _ in range(many)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual((len(done), sum(done)), (many, 3))
