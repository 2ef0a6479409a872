"""Six editors save one record at once: exactly one of them wins."""

from threading import Barrier, Thread

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import Client, RequestFactory, TransactionTestCase, override_settings

from sources.models import Change, Source
from tests import make
from tests.admin.forms import fields_of, url

EDITORS = 6
ROUNDS, FEW_ROUNDS = 20, 4


def said_by(number, opened):
    """The summary that an editor writes on one version: like no other."""
    return f"By editor {number}, on version {opened}."


@override_settings(LIBRARY_ONE_EDITOR=True)
@pytest.mark.slow
class SixEditorsTests(TransactionTestCase):
    """Requests go to the site's own handler: the test client watches templates,
    which costs minutes when six threads render at once."""

    def setUp(self):
        self.site = WSGIHandler()
        self.source = make.source("17b", supports="before")
        self.clients = [self.signed_in() for _ in range(EDITORS)]

    def signed_in(self):
        client = Client()
        client.force_login(make.editor())
        return client

    def opened_by_all(self):
        """A form for each editor, opened at one version, with their own summary."""
        form = fields_of(self.clients[0].get(url(self.source)))
        return [form | {"summary": said_by(n, form["opened"])} for n in range(EDITORS)]

    def test_exactly_one_wins_and_every_losing_text_is_given_back(self):
        self.play(FEW_ROUNDS)

    @pytest.mark.prove
    def test_exactly_one_wins_each_of_many_rounds(self):
        self.play(ROUNDS)

    def play(self, rounds):
        """Rounds in which all save at once, one after the other."""
        for number in range(1, rounds + 1):
            answers = self.post_at_once(self.opened_by_all())
            with self.subTest(round=number):
                winner = self.only_winner(answers)
                stored = Source.objects.get(pk=self.source.pk)
                self.assertEqual(stored.summary, said_by(winner, number))
                self.assertEqual(stored.version, number + 1)
                self.assertGivenBack(answers, winner, number)
        changes = Change.objects.of("source", self.source.pk)
        self.assertEqual(changes.count(), rounds + 1)

    def test_of_those_who_answer_at_once_one_wins_and_the_others_are_asked_again(self):
        answers = self.post_at_once(self.opened_by_all())
        while len(answers) > 1:
            winner = self.only_winner(answers)
            asked = [n for n in answers if n != winner]
            take = {"take-summary": "mine"}
            forms = [fields_of(answers[n]) | take for n in asked]
            answers = dict(zip(asked, self.post_at_once(forms).values(), strict=True))
        stored = Source.objects.get(pk=self.source.pk)
        self.assertEqual(stored.summary, said_by(self.only_winner(answers), 1))
        kept = Change.objects.of("source", self.source.pk)
        said = {row.record["summary"] for row in kept}
        self.assertLessEqual({said_by(n, 1) for n in range(EDITORS)}, said)

    def only_winner(self, answers):
        """The number of the one editor whose form was saved."""
        statuses = sorted(answer.status_code for answer in answers.values())
        self.assertEqual(statuses, [302] + [409] * (len(answers) - 1))
        return next(n for n, answer in answers.items() if answer.status_code == 302)

    def assertGivenBack(self, answers, winner, opened):
        """Each who lost has their own words and the winner's, and may choose."""
        for number, answer in answers.items():
            if number != winner:
                page, mine = answer.content.decode(), said_by(number, opened)
                self.assertIn(f">{mine}</dd>", page)
                self.assertIn(f">{said_by(winner, opened)}</dd>", page)
                self.assertIn(f"\n{mine}</textarea>", page)
                self.assertIn('name="take-summary" value="theirs"', page)

    def post_at_once(self, forms):
        """All post together; the answer that each was given, by the form's number."""
        barrier, answers = Barrier(len(forms)), {}
        token = self.clients[0].cookies["csrftoken"].value

        def save(number, form, session):
            browser = RequestFactory()
            browser.cookies["sessionid"], browser.cookies["csrftoken"] = session, token
            form = form | {"csrfmiddlewaretoken": token}
            request = browser.post(url(self.source), form)
            try:
                barrier.wait()
                answers[number] = self.site.get_response(request)
            finally:
                connection.close()

        sessions = [client.cookies["sessionid"].value for client in self.clients]
        threads = [
            Thread(target=save, args=(number, form, session))
            for number, (form, session) in enumerate(zip(forms, sessions, strict=False))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return dict(sorted(answers.items()))
