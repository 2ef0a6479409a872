"""A site that holds one record of every kind, and someone of every kind who asks."""

import time
from uuid import uuid4

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.test import Client, TestCase

from sources import proposals
from sources.models import Change, FormerAddress, Source, State
from studyhall.accounts import invitations
from studyhall.accounts.models import Invitation
from studyhall.annotations import corrections, flags, moderating, newcomers
from studyhall.annotations.models import Act, Annotation
from tests import make
from tests.annotations.test_form_page import ENGLISH, HEBREW

PASSWORD = "the exiles come home"


def people():
    """(reader, keeper); the reader's address is known to be theirs."""
    reader, keeper = make.reader(display_name="Rivka"), make.editor(role="keeper")
    keeper.is_superuser = True
    keeper.save()
    for user in (reader, keeper):
        user.set_password(PASSWORD)
        user.save()
    address = EmailAddress.objects.create(
        user=reader, email=reader.email, verified=True, primary=True
    )
    return reader, keeper, address


def library():
    """A few sources, and one of each thing that tells of them."""
    topic = make.topic("ingathering", slug="ingathering")
    source = make.source(
        "17b", words=HEBREW, translation=ENGLISH, supports="before", topics=[topic]
    )
    other = make.source("9b", topics=[topic], cites=[source])
    author = make.author(slug="rashi", name="Rashi")
    work = make.work("rashi-on-megillah", title="Rashi on Megillah", author=author)
    rashi = make.source("18a", work=work, supports="two-stages")
    path = make.path(source, rashi, slug="the-order", state=State.PUBLISHED)
    body = "See Megillah 17b."
    essay = make.essay(slug="why", body=body, state=State.PUBLISHED)
    return source, other, topic, author, work, path, essay


def notes(source, reader, keeper):
    """Notes in every state that has a page of its own, by what stands for each."""
    shown = {"visibility": "public", "standing": "approved"}
    note = make.note(source, reader, words="ברוך", tags=["shared"], **shown)
    deleted = make.note(source, reader, body="Gone.")
    Annotation.objects.filter(pk=deleted.pk).update(deleted_at=note.created_at)
    adrift = make.note(source, reader, words="טוב", body="Adrift.")
    Annotation.objects.filter(pk=adrift.pk).update(anchor="orphaned")
    reading = make.note(
        source,
        reader,
        motivation="assessing",
        position=make.position("before"),
        direction="supports",
        basis="implied",
        **shown,
    )
    foreign = make.note(source, make.reader(), **shown)
    flags.flag(foreign, reader, reason="other", words="Look at it.")
    waiting = make.note(source, make.reader(), visibility="public")
    decided = make.note(source, reader, visibility="public", body="Returned.")
    act = moderating.decide(
        decided, Act.Deed.RETURN, by=keeper, opened=decided.version, reason="Too short."
    )
    return {
        "note": note.uuid,
        "deleted": deleted.uuid,
        "adrift": adrift.uuid,
        "reading": reading.uuid,
        "foreign": foreign.uuid,
        "waiting": waiting.uuid,
        "decided": decided.uuid,
        "act": act.pk,
    }


def invitation(keeper):
    """The token of an open invitation, and its key."""
    group = Group.objects.get(name="editor")
    made = Invitation(email="new@example.org", group=group, by=keeper)
    token = invitations.open_anew(made)
    made.save()
    return token, made.pk


def ledger(source, reader):
    """What the editors' side keeps of what was done and proposed."""
    made = corrections.send(
        source, key=uuid4(), spans=(), by=reader, line=1, what="It is short.", name=""
    )
    proposal = proposals.suggest(source, {"summary": "Other words."}, by=reader)
    former = FormerAddress.objects.create(
        path="/sources/megillah/17/", kind="source", record_id=source.pk
    )
    return {
        "correction": made.pk,
        "correction_key": made.creation_key,
        "proposal": proposal.pk,
        "former": former.pk,
        "change": Change.objects.latest("pk").pk,
    }


class WholeSiteCase(TestCase):
    """`self.values` names what stands for the parameters of addresses."""

    @classmethod
    def setUpTestData(cls):
        cls.reader, cls.keeper, address = people()
        source, other, topic, author, work, path, essay = library()
        token, invited = invitation(cls.keeper)
        cls.source = source
        cls.values = {
            **notes(source, cls.reader, cls.keeper),
            **ledger(source, cls.reader),
            "group": Group.objects.order_by("pk").first().pk,
            "address": address.pk,
            "user": cls.reader.pk,
            "token": token,
            "invitation": invited,
            "source": source.pk,
            "other": other.pk,
            "other_topic": make.topic().pk,
            "content_type": ContentType.objects.get_for_model(Source).pk,
            "question": make.question().pk,
            "position": make.position().pk,
            "path": path.pk,
            "essay": essay.pk,
            "topic": topic.pk,
            "author": author.pk,
            "work": work.pk,
        }

    def setUp(self):
        cache.clear()
        self.clients = {
            who: self.signed_in(user)
            for who, user in {
                "visitor": None,
                "reader": self.reader,
                "keeper": self.keeper,
            }.items()
        }

    def signed_in(self, user):
        """A browser of this user, or of a visitor; a defect is an answer to it."""
        client = Client(raise_request_exception=False)
        if user is not None:
            client.force_login(user)
            session = client.session
            # As allauth keeps it: the password was asked a moment ago.
            record = {"method": "password", "at": time.time(), "reauthenticated": True}
            session["account_authentication_methods"] = [record]
            session["account_authentication_methods_user"] = str(user.pk)
            session.save()
        return client

    def stamp(self):
        """What a form that was opened a minute ago holds of that."""
        return newcomers.stamped(time.time() - 60)
