"""Six editors save one record at once: exactly one of them wins."""

from threading import Barrier, Thread

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import Client, RequestFactory, TransactionTestCase

from sources.models import Change, Source
from tests import make
from tests.admin.forms import fields_of, url

EDITORS = 6
ROUNDS = 20


@pytest.mark.slow
class SixEditorsTests(TransactionTestCase):
    """Requests go to the site's own handler: the test client watches templates,
    which costs minutes when six threads render at once."""

    def test_exactly_one_wins_each_round_and_no_one_meets_a_defect(self):
        self.source, self.site = make.source("17b", supports="before"), WSGIHandler()
        clients = [self.signed_in() for _ in range(EDITORS)]
        for number in range(1, ROUNDS + 1):
            answers = self.save_at_once(clients)
            with self.subTest(round=number):
                statuses = sorted(status for status, _ in answers)
                self.assertEqual(statuses, [302] + [409] * (EDITORS - 1))
                winner = next(summary for status, summary in answers if status == 302)
                stored = Source.objects.get(pk=self.source.pk)
                self.assertEqual((stored.summary, stored.version), (winner, number + 1))
        changes = Change.objects.of("source", self.source.pk)
        self.assertEqual(changes.count(), ROUNDS + 1)

    def signed_in(self):
        client = Client()
        client.force_login(make.editor())
        return client

    def save_at_once(self, clients):
        """All open the record, then all post together; (status, summary) of each."""
        barrier, answers = Barrier(len(clients)), []
        form = fields_of(clients[0].get(url(self.source)))
        token = clients[0].cookies["csrftoken"].value

        def save(number, session):
            browser = RequestFactory()
            browser.cookies["sessionid"], browser.cookies["csrftoken"] = session, token
            summary = f"By editor {number}."
            request = browser.post(url(self.source), form | {"summary": summary})
            try:
                barrier.wait()
                answers.append((self.site.get_response(request).status_code, summary))
            finally:
                connection.close()

        sessions = [client.cookies["sessionid"].value for client in clients]
        threads = [Thread(target=save, args=pair) for pair in enumerate(sessions)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return answers
