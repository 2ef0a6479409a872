"""Which requests are one address to the layer, and what its threads see in turn."""

from django.test import TestCase, override_settings

from studyhall.keeping import memory
from studyhall.keeping.layer import KeptPages
from studyhall.keeping.models import KeptPage
from tests import make
from tests.floor.kept_pages import LayerCase


class AddressTests(LayerCase, TestCase):
    """Whoever makes up headers makes no pages to be kept."""

    @classmethod
    def setUpTestData(cls):
        cls.address = make.topic(name="Ingathering").get_absolute_url()

    def test_a_host_written_otherwise_is_kept_when_it_comes_again(self):
        hosts = ["testserver:1", "TESTSERVER", "Testserver", "testserver:443"]
        for number, host in enumerate([*hosts, "testserver:2"]):
            asked = {"HTTP_HOST": host, "HTTP_X_FORWARDED_PROTO": str(number)}
            self.assertEqual(self.ask(self.address, **asked).status, "200 OK")
        self.assertEqual(self.kept(), 0)
        for _ in range(2):
            self.ask(self.address, HTTP_HOST="testserver:1")
        self.assertEqual(self.kept(), 1)
        self.assertTrue(KeptPage.objects.get().is_queried)

    def test_the_host_with_the_port_that_is_listened_on_is_kept_at_once(self):
        with override_settings(ALLOWED_HOSTS=["127.0.0.1", "[::1]"]):
            for host in ("127.0.0.1", "127.0.0.1:8000", "[::1]:8000", "[::1]"):
                with self.subTest(host=host):
                    asked = {"HTTP_HOST": host, "SERVER_PORT": "8000"}
                    self.ask(self.address, **asked)
                    self.assertIsKept(**asked)
        self.assertFalse(KeptPage.objects.filter(is_queried=True).exists())

    @override_settings(SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https"))
    def test_what_the_proxy_says_keeps_two_pages_and_no_more(self):
        for said in ("https", "https,http", " https ", "http", "https2", "", "a"):
            asked = {"HTTP_X_FORWARDED_PROTO": said}
            self.ask("/robots.txt", **asked)
            with self.subTest(said=said):
                ours = self.ask("/robots.txt", of=self.django, **asked)
                kept = self.assertIsKept("/robots.txt", **asked)
                self.assertEqual(kept, ours)
        self.assertEqual(self.kept(), 2)


class Hurried(KeptPages):
    """Before it has finished, another thread has always seen the next state."""

    @property
    def seen(self):
        number, digest, marks = self.own
        return number, digest, marks + 1

    @seen.setter
    def seen(self, state):
        self.own = state or (0, "", 0)


class ThreadTests(LayerCase, TestCase):
    """What several threads see in turn."""

    @classmethod
    def setUpTestData(cls):
        cls.address = make.topic(name="Ingathering").get_absolute_url()

    def test_what_another_thread_saw_meanwhile_is_not_taken_for_ones_own(self):
        layer = Hurried(self.counted, "this release")
        self.ask(self.address, of=layer)
        [(wanted, kept)] = layer.pages.answers.items()
        for _ in range(2):
            self.assertEqual(layer.find(wanted), (kept.state, kept))
            layer.pages = memory.Pages()
            state, answer = layer.find(wanted)
            self.assertEqual((state, answer.state), (kept.state, kept.state))
            kept = answer

    def test_who_comes_late_with_an_older_state_changes_nothing(self):
        now = (5, "digest", 7)
        self.layer.saw(now)
        for older in ((4, "before", 7), (5, "digest", 6)):
            self.layer.saw(older)
            self.assertEqual(self.layer.seen, now)
        for other in ((5, "digest", 8), (6, "after", 8), None, now):
            self.layer.saw(other)
            self.assertEqual(self.layer.seen, other)
