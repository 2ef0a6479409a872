"""Every address and every form of the site, with whatever someone might send to it.

A new view is walked as soon as it stands in the table of tests/floor/every_address.py.
`make test` asks for a part of all pairs, another of each address; `make prove` for all.
"""

import re
from itertools import product
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings
from django.utils.html import escape

from tests.floor.every_address import KEEPER, READER, VISITOR, Kind
from tests.floor.hostile import BYTES, ELSEWHERE, LEADING, WORDS, forms_of
from tests.floor.walk_case import TOLD, WalkCase

PARTS, MORE = 43, 7  # of so many parts `make test`, and `make prove`, ask one
FEW = 10  # of so many families each field is filled with one
READ = re.compile(r'GET(?:\.get(?:list)?\(|\[)\s*"(\w+)"')
USUAL = (
    *("q", "page", "p", "o", "e", "sort", "order", "line", "text", "bearing", "next"),
    *("position", "direction", "basis", "era", "work", "topic", "author", "state"),
    *("language", "after", "a", "b", "style", "format", "vowels", "size", "theme"),
    *("id__exact", "state__exact", "pk__in", "_changelist_filters", "_popup"),
    *("_to_field", "all", "app_label", "model_name", "field_name", "term", "file"),
)
HEADERS = ("referer", "user-agent", "accept-language", "if-none-match", "cookie")
HEADERS += ("x-forwarded-for", "if-modified-since", "accept-encoding", "origin")


def names_read():
    """Every parameter of an address that some view reads."""
    found = set(USUAL)
    for app in ("sources", "studyhall"):
        for file in (settings.BASE_DIR / app).rglob("*.py"):
            found |= set(READ.findall(file.read_text()))
    return sorted(found)


def one_in(parts):
    """Whether a pair of this number is asked: another one of each row of pairs."""
    return lambda number: number % parts == 0


def encoded(name, family):
    """A parameter as it stands in an address."""
    value = BYTES[family] if family in BYTES else quote(WORDS[family])
    return f"{name}={value}"


class AddressWalk:
    """Parameters of the path, of the query; headers and cookies."""

    def walk_queries(self, chosen):
        names = names_read()
        for number, (row, family) in enumerate(product(self.rows(), WORDS)):
            if not chosen(number):
                continue
            address, _, asked = row.at(self.values).partition("?")
            one = names[number % len(names)]
            for query in (
                "&".join(encoded(name, family) for name in names)[:7000],
                "&".join(filter(None, [asked, encoded(one, family)])),
            ):
                with self.subTest(route=row.route, family=family, one=one):
                    self.ask(row.kind.who, f"{address}?{query}")

    def walk_paths(self, chosen):
        number = 0
        for row in self.rows():
            pieces = re.split(r"(\{\w+\}|(?<=/)[\w:.-]+(?=/))", row.address)
            places = [at for at in range(1, len(pieces), 2) if "<" in row.route]
            for at, family in product(places, [*WORDS, *BYTES]):
                number += 1
                if not chosen(number):
                    continue
                value = BYTES.get(family) or quote(WORDS[family][:2000], safe="")
                changed = [*pieces[:at], value, *pieces[at + 1 :]]
                address = "".join(
                    piece.format(**self.values) if piece.startswith("{") else piece
                    for piece in changed
                )
                with self.subTest(route=row.route, family=family):
                    self.ask(row.kind.who, address)

    def test_part_of_all_queries(self):
        self.walk_queries(one_in(PARTS))

    def test_part_of_all_paths(self):
        self.walk_paths(one_in(PARTS))

    @pytest.mark.prove
    def test_more_of_all_queries(self):
        self.walk_queries(one_in(MORE))

    @pytest.mark.prove
    def test_more_of_all_paths(self):
        self.walk_paths(one_in(MORE))

    def test_what_no_text_can_hold_is_refused_everywhere(self):
        for number, row in enumerate(self.rows()):
            family = [*BYTES][number % len(BYTES)]
            address = row.at(self.values).partition("?")[0]
            with self.subTest(route=row.route, family=family):
                asked = f"{address}?{encoded('q', family)}"
                self.assertEqual(self.ask(row.kind.who, asked).status_code, 400)

    def test_headers_and_cookies(self):
        values = [*WORDS.values(), "a\x00b", "\xff\xfe", "x" * 60_000]
        kinds = {row.kind: row for row in self.rows()}
        for number, (row, value) in enumerate(product(kinds.values(), values)):
            if number % 4:
                continue
            value = value.replace("\r", "").replace("\n", "")
            value = value.encode("utf-8", "replace").decode("latin-1")
            headers = dict.fromkeys(HEADERS, value)
            session = self.clients[row.kind.who].cookies.output(header="", sep=";")
            headers["cookie"] = f"reading={value}; messages={value}; {value};{session}"
            with self.subTest(kind=row.kind, value=ascii(value[:30])):
                self.ask(row.kind.who, row.at(self.values), headers=headers)


class FormWalk:
    """Every form that a page of the table shows, with every field of it."""

    def forms(self):
        """(who, Form) of each form of the site, once."""
        found = {}
        for row in self.rows():
            if row.status == 200 and row.kind is not Kind.TAKEN:
                address = row.at(self.values)
                answer = self.ask(row.kind.who, address)
                if answer.headers["Content-Type"].startswith("text/html"):
                    for form in forms_of(answer, address):
                        found.setdefault((row.kind.who, form.name), form)
        return [(who, form) for (who, name), form in found.items()]

    def walk_forms(self, chosen):
        forms = self.forms()
        pairs = product(forms, WORDS.items(), (False, True))
        for number, ((who, form), (family, value), everywhere) in enumerate(pairs):
            if chosen(number):
                with self.subTest(form=form.name[:80], family=family, all=everywhere):
                    self.send(who, form, value, everywhere)
        return len(forms)

    def send(self, who, form, value, everywhere):
        filled = form.filled(value, everywhere)
        if form.method == "get":
            address = form.action.partition("?")[0]
            self.ask(who, f"{address}?{urlencode(filled)}"[:7900])
            return
        answer = self.ask(who, form.action, filled)
        typed = [field for field in form.fields if field.is_typed]
        if answer.status_code in TOLD and any(not each.is_secret for each in typed):
            said = escape(value.strip().split("\r")[0][:20])
            self.assertIn(said, answer.content.decode(), form.name)

    def test_part_of_all_forms(self):
        self.assertGreater(self.walk_forms(one_in(3 * PARTS)), 40)

    @pytest.mark.prove
    def test_more_of_all_forms(self):
        self.walk_forms(one_in(3 * MORE))

    @pytest.mark.prove
    def test_every_field_by_itself(self):
        """Each with a few of the families, the next field with a few others."""
        number = 0
        for who, form in self.forms():
            usual = {field.name: field.value for field in form.fields}
            fields = form.fields if form.method == "post" else ()
            for field, (family, value) in product(fields, WORDS.items()):
                number += 1
                if number % FEW == number // len(WORDS) % FEW:
                    named = {"form": form.name[:80], "field": field.name}
                    with self.subTest(**named, family=family):
                        self.ask(who, form.action, usual | {field.name: value})

    def test_what_no_text_can_hold_is_refused_and_the_rest_given_back(self):
        kind = "application/x-www-form-urlencoded"
        for who, form in self.forms():
            typed = [each for each in form.fields if each.is_typed]
            open_ones = [each for each in typed if not each.is_secret]
            if form.method == "get" or not open_ones:
                continue
            for family, value in [*BYTES.items()][len(form.name) % len(BYTES) :][:1]:
                body = f"{quote(open_ones[-1].name)}=kept+words+{value}"
                with self.subTest(form=form.name[:80], family=family):
                    answer = self.ask(who, form.action, body, content_type=kind)
                    self.assertContains(answer, "kept words", status_code=400)


class ShapeWalk:
    """Bodies that are no form, or not the form that was asked for."""

    BODIES = (
        ("application/json", 5000 * "["),
        ("application/json", "\ud800".encode("utf-8", "surrogatepass")),
        ("text/plain", "a=b"),
        ("multipart/form-data", "no boundary"),
        ("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form"),
        ("multipart/form-data; boundary=" + 300 * "x", "--x"),
        ("multipart/form-data; boundary=\xff", "--x"),
        ("application/x-www-form-urlencoded; charset=utf-7", "a=+ADw-b"),
        ("application/x-www-form-urlencoded; charset=none-such", "a=b"),
        ("application/x-www-form-urlencoded", "&".join(f"f{n}=" for n in range(3000))),
        ("application/x-www-form-urlencoded", "creation_key=" + 2**20 * "a"),
        ("image/png", b"\x89PNG\r\n"),
        ("", ""),
    )

    @pytest.mark.once
    def test_no_shape_of_a_body_is_a_defect(self):
        for number, (row, (kind, body)) in enumerate(product(self.rows(), self.BODIES)):
            if number % (len(self.BODIES) + 1) == 0:
                address, client = row.at(self.values), self.clients[row.kind.who]
                body = body.encode() if isinstance(body, str) else body
                with self.subTest(route=row.route, kind=kind), self.undone():
                    answer = client.generic("POST", address, body, content_type=kind)
                    self.check(answer, address)

    @pytest.mark.once
    def test_no_verb_is_a_defect(self):
        verbs = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "NONE")
        for number, row in enumerate(self.rows()):
            address, client = row.at(self.values), self.clients[row.kind.who]
            verb = verbs[number % len(verbs)]
            with self.subTest(route=row.route, verb=verb), self.undone():
                self.check(client.generic(verb, address), address)


class LeadingAwayWalk:
    """Nobody is led off the site by an address that someone else has written."""

    def test_part_of_all_parameters(self):
        self.walk(one_in(PARTS))

    @pytest.mark.prove
    def test_more_of_all_parameters(self):
        self.walk(one_in(MORE))

    def walk(self, chosen):
        rows = [
            row
            for row in self.rows()
            if row.kind not in (Kind.ADMIN, Kind.ADMIN_REFUSED)
        ]
        rows += [row for row in self.rows() if row.route == "admin/"]
        pairs = product(rows, ELSEWHERE)
        for number, (row, away) in enumerate(pairs):
            if chosen(number):
                names = [LEADING[0], LEADING[1 + number % (len(LEADING) - 1)]]
                asked = urlencode(dict.fromkeys(names, away))
                address = row.at(self.values).partition("?")[0]
                with self.subTest(route=row.route, away=away):
                    self.ask(row.kind.who, f"{address}?{asked}")

    @pytest.mark.once
    def test_no_form_that_is_sent_well_leads_elsewhere(self):
        login = {"login": self.reader.email, "password": "the exiles come home"}
        for away in ELSEWHERE:
            where = urlencode({"next": away})
            with self.subTest(away=away):
                for who, address, form in (
                    (VISITOR, "/accounts/login/", login),
                    (READER, "/accounts/logout/", {}),
                    (READER, "/settings/", {"text": "he"}),
                    (
                        KEEPER,
                        "/accounts/reauthenticate/",
                        {"password": login["password"]},
                    ),
                ):
                    sent = form | {"next": away}
                    self.ask(who, f"{address}?{where}", sent)
                    self.ask(who, f"{address}?{urlencode(sent)}")


class HostileWalkTests(AddressWalk, FormWalk, ShapeWalk, LeadingAwayWalk, WalkCase):
    """All of it on one site."""
