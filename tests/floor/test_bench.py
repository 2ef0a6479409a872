"""What the bench makes of what it measures. How fast anything is, no test asks."""

import socket
from threading import Thread
from xml.etree import ElementTree

from django.test import SimpleTestCase

from tests.bench import chart, goals, load, pages, report
from tests.bench.__main__ import DOCS, FULL, PACE, Asked
from tests.bench.libraries import Size
from tests.bench.rows import Row, changes, is_worth_telling, least, most, of_json
from tests.bench.turns import Turn, row_of

LIBRARY = "100 sources"
FACTS = {
    "date": "2026-01-02",
    "cores": 2,
    "sources": "100",
    "notes": "100",
    "rounds": 3,
    "versions": "Python 3",
}


def turn(per_second, cpu=0.001, alone=(0.002,)):
    return Turn(per_second, cpu, None, 1.0, alone)


def row(name=f"source: {goals.KEPT}", value=2.0, engine="SQLite", **fields):
    return Row(name, engine, LIBRARY, value, **fields)


def run(*rows):
    return report.Run(FACTS, list(rows))


class RowTests(SimpleTestCase):
    def test_a_ratio_is_the_median_of_those_of_each_round(self):
        ours = [turn(200), turn(100), turn(900)]
        bare = [turn(100), turn(100), turn(300)]
        self.assertEqual(row_of(ours, bare, name="page").value, 2)

    def test_the_processor_is_compared_beside_the_answers(self):
        found = row_of([turn(50, cpu=0.004)], [turn(100, cpu=0.001)], name="page")
        self.assertEqual((found.value, found.cpu, found.cpu_ratio), (0.5, 4, 0.25))

    def test_a_machine_that_tells_no_times_gives_none(self):
        found = row_of([turn(50, cpu=None)], [turn(100, cpu=None)], name="page")
        self.assertEqual((found.cpu, found.cpu_ratio), (None, None))

    def test_percentiles_are_of_one_who_asks_alone_in_milliseconds(self):
        alone = tuple(number / 1000 for number in range(100, 0, -1))
        found = row_of([turn(1, alone=alone)], [turn(1)], name="page")
        self.assertEqual((found.p50, found.p95, found.p99), (51, 96, 100))

    def test_a_goal_is_met_from_its_bound_on(self):
        for goal, value, is_met in (
            (least(2), 2, True),
            (least(2), 1.9, False),
            (most(2), 2, True),
            (most(2), 2.1, False),
            (None, 1, None),
            (least(2), None, None),
        ):
            with self.subTest(goal=goal, value=value):
                self.assertIs(row(value=value, goal=goal).is_met, is_met)

    def test_a_row_comes_back_from_its_json(self):
        first = row(goal=least(2.5), queries=3, p50=1.5, said="so")
        self.assertEqual(of_json(first.as_json()), first)


class GrowthTests(SimpleTestCase):
    def test_queries_and_rows_of_a_page_are_compared_and_the_time_of_some(self):
        name = f"question: {goals.KEPT}"
        small = [row(name, p50=2, queries=4), row("work: reader", queries=4, rows=50)]
        large = [row(name, p50=3, queries=4), row("work: reader", queries=6, rows=60)]
        found = {grown.name: grown for grown in pages.growth(small, large)}
        said = {name: (grown.value, grown.is_met) for name, grown in found.items()}
        self.assertEqual(
            said,
            {
                f"{name}, growth": (1.5, False),
                f"{name}, growth in queries": (1, True),
                "work: reader, growth in queries": (1.5, False),
                "work: reader, growth in rows": (1.2, None),
            },
        )


class ComparisonTests(SimpleTestCase):
    def test_rows_are_compared_by_name_and_place(self):
        before = [row(value=2.0), row(engine="PostgreSQL", value=4.0), row("gone")]
        now = [row(value=1.0), row(engine="PostgreSQL", value=4.2), row("new")]
        found = changes(before, now)
        self.assertEqual([*found.values()], [0.5, 1.05])

    def test_more_than_fifteen_in_a_hundred_is_marked(self):
        told = [is_worth_telling(change) for change in (0.84, 0.86, 1.14, 1.16)]
        self.assertEqual(told, [True, False, False, True])
        lines = report.compared(run(row(value=2.0)), run(row(value=1.0)))
        self.assertTrue(lines[1].startswith("!  -50.0 %"), lines)

    def test_what_was_not_measured_is_not_compared(self):
        self.assertEqual(changes([row(value=None)], [row(value=1)]), {})

    def test_the_first_run_says_that_it_is_the_first(self):
        self.assertIn("no run before", report.compared(None, run(row()))[0])

    def test_only_a_whole_run_writes_what_the_readme_shows(self):
        engines = (goals.SQLITE, goals.POSTGRESQL)
        self.assertEqual(Asked(FULL, PACE, engines).folder, DOCS)
        self.assertNotEqual(Asked(FULL, PACE, engines[:1]).folder, DOCS)
        self.assertNotEqual(Asked(Size(5, 5), PACE, engines).folder, DOCS)


class TableTests(SimpleTestCase):
    def test_every_row_stands_in_both_tables_with_its_goal(self):
        rows = [row(goal=least(2.5)), row("find", 1.5, "", goal=least(1))]
        for table in (report.as_text(rows), report.as_markdown(run(*rows))):
            self.assertIn("source: visitor, kept", table)
            self.assertIn("≥ 2.5", table)
            self.assertIn("find", table)

    def test_what_was_not_measured_says_why(self):
        missing = row(value=None, said="not measured: no Chromium here")
        self.assertIn("no Chromium here", report.as_text([missing]))

    def test_the_summary_sets_the_databases_side_by_side(self):
        rows = [
            row(value=2.61, goal=least(2.5), p95=0.5),
            row(value=1.8, goal=least(2), engine="PostgreSQL", p95=0.75),
            Row(f"source: {goals.KEPT}", "SQLite", "curated", 9.0),
        ]
        *_, line = report.summary(run(*rows), LIBRARY)
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        name, *figures = cells
        self.assertIn(f"source: {goals.KEPT}", name)
        self.assertEqual(
            figures, ["2.61", "≥ 2.5", "1.8", "≥ 2, not met", "0.5 / 0.75"]
        )

    def test_the_readme_is_written_between_its_marks_alone(self):
        text = f"before\n{report.BEGIN}\nold\n{report.END}\nafter\n"
        new = report.into_readme(text, ["new"])
        expected = f"before\n{report.BEGIN}\nnew\n{report.END}\nafter\n"
        self.assertEqual(new, expected)
        self.assertEqual(report.into_readme(new, ["new"]), new)

    def test_a_readme_without_its_marks_is_left_alone(self):
        with self.assertRaises(report.Report):
            report.into_readme(f"before {report.BEGIN}", ["new"])

    def test_the_readme_has_its_marks(self):
        readme = (DOCS.parents[1] / "README.md").read_text()
        self.assertIn("new", report.into_readme(readme, ["new"]))

    def test_a_machine_that_was_not_quiet_is_told_of(self):
        self.assertEqual(report.disturbed([row(busy=0.95), row("x", busy=0.1)]), [])
        self.assertIn("In 1 of 1 rows", report.disturbed([row(busy=0.5)])[0])


class ChartTests(SimpleTestCase):
    def test_is_well_formed_and_names_rows_and_peers(self):
        rows = [row(goal=least(2.5)), row(engine="PostgreSQL", value=None)]
        drawing = chart.drawn(rows, LIBRARY)
        root = ElementTree.fromstring(drawing)
        said = " ".join(root.itertext())
        self.assertIn("source page, kept", said)
        self.assertIn("not measured", said)
        for words, _ in goals.PEERS:
            self.assertIn(words, said)

    def test_a_library_whose_name_is_no_xml_breaks_nothing(self):
        ElementTree.fromstring(chart.drawn([], '<&">'))

    def test_ten_times_as_fast_is_the_same_step_everywhere(self):
        steps = [
            chart.across(10 * value) - chart.across(value) for value in (0.01, 0.1)
        ]
        self.assertAlmostEqual(*steps, places=0)
        self.assertEqual(chart.across(0), chart.START)
        self.assertEqual(chart.across(1000), chart.END)


class Answers:
    """A server that gives these answers, each in the pieces that are written here."""

    def __init__(self, *answers):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.answers = answers
        self.thread = Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self):
        connection, _ = self.listener.accept()
        with connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for pieces in self.answers:
                connection.recv(load.BUFFER)
                for piece in pieces:
                    connection.sendall(piece)

    def close(self):
        self.thread.join(timeout=5)
        self.listener.close()


class LoadTests(SimpleTestCase):
    def bodies(self, *answers):
        server = Answers(*answers)
        self.addCleanup(server.close)
        with load.Connection(server.port, 200) as connection:
            for _ in answers:
                connection.send(load.get("/"))
                yield connection.receive().partition(b"\r\n\r\n")[2]

    def test_reads_answers_whole_whatever_their_length_and_pieces(self):
        head = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n"
        found = self.bodies(
            [head % 3 + b"abc"],
            [head[:9], head[9:] % 3, b"de", b"f"],
            [head % 5, b"longer"[:5]],
            [b"HTTP/1.1 200 OK\r\n\r\n"],
        )
        self.assertEqual(list(found), [b"abc", b"def", b"longe", b""])

    def test_an_answer_of_another_status_is_told(self):
        answer = b"HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n"
        with self.assertRaisesMessage(load.NotServed, "500 Oh"):
            list(self.bodies([answer]))

    def test_a_connection_that_ends_is_told(self):
        with self.assertRaisesMessage(load.NotServed, "closed"):
            list(self.bodies([b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"]))

    def test_asks_as_browsers_do(self):
        asked = load.get("/x", cookies="a=b", tag='"t"').decode()
        self.assertTrue(asked.startswith("GET /x HTTP/1.1\r\nHost: 127.0.0.1\r\n"))
        for line in ("Cookie: a=b", 'If-None-Match: "t"', "Accept-Encoding: gzip"):
            self.assertIn(f"\r\n{line}", asked)
        sent = load.post("/x", "a=1&b=2").decode()
        self.assertTrue(sent.endswith("\r\n\r\na=1&b=2"))
        self.assertIn("Content-Length: 7\r\n", sent)
