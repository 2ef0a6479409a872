"""What a run says: tables in plain text and in Markdown, results, and the README."""

import json
from dataclasses import dataclass
from pathlib import Path
from textwrap import wrap

from tests.bench import goals
from tests.bench.rows import changes, is_worth_telling, of_json

BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"
COLUMNS = (
    ("measured", "key"),
    ("value", "value"),
    ("goal", "goal"),
    ("met", "is_met"),
    ("a second", "per_second"),
    ("CPU ms", "cpu"),
    ("× CPU", "cpu_ratio"),
    ("PG ms", "database_cpu"),
    ("p50", "p50"),
    ("p95", "p95"),
    ("p99", "p99"),
    ("queries", "queries"),
    ("rows", "rows"),
    ("bytes", "size"),
)
PAGES = ("question", "source")
# The summary: what stands in the README, in this order, of the large library.
SUMMARY = (
    *(f"{page}: {goals.KEPT}" for page in PAGES),
    f"source: {goals.NOT_MODIFIED}",
    *(f"{page}: {goals.UNKEPT}" for page in (*PAGES, "browse", "search")),
    f"source: {goals.READER}",
    goals.NOTE,
    goals.CHANGELIST,
    "search by raw SQL, p95",
    "browse by its own SQL",
    "memory of a worker",
)
BUSY = 0.8  # of the time, at least, where nothing else runs
MET = {True: "yes", False: "**no**", None: ""}


class Report(Exception):
    """The README has no place for the table."""


@dataclass(frozen=True)
class Run:
    """The rows of one run, and facts of the machine that name nobody."""

    facts: dict
    rows: list

    def as_json(self):
        kept = {"facts": self.facts, "rows": [row.as_json() for row in self.rows]}
        return json.dumps(kept, ensure_ascii=False, indent=1) + "\n"


def read(file):
    """The Run that a file keeps, or None where there is none."""
    if not Path(file).exists():
        return None
    kept = json.loads(Path(file).read_text())
    return Run(kept["facts"], [of_json(row) for row in kept["rows"]])


def written(value):
    """A figure as people write it; "" for what is not known."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return MET[value]
    if isinstance(value, int) or abs(value) >= 100:
        return f"{value:,.0f}".replace(",", "\u202f")
    return f"{value:.3g}" if abs(value) < 10 else f"{value:.1f}"


def cells(row):
    """The texts of a row, one for each column."""
    return [cell(row, name) for _, name in COLUMNS]


def cell(row, name):
    """One figure of a row; of what was not measured, why."""
    value = getattr(row, name)
    if name == "value":
        return f"{written(value)} {row.unit}".strip() if value is not None else row.said
    if name == "goal":
        return str(value or "")
    return MET[value] if name == "is_met" else written(value)


def as_text(rows):
    """The table for a terminal: one section for each library on each database."""
    lines = []
    for heading, section in sections(rows):
        some = [[one.name, *cells(one)[1:]] for one in section]
        table = [[heading, *(title for title, _ in COLUMNS[1:])], *some]
        widths = [max(map(len, column)) for column in zip(*table, strict=True)]
        lines += ["", *(aligned(line, widths) for line in table)]
    return "\n".join(lines).replace("**", "")


def aligned(line, widths):
    name, *figures = line
    rest = (text.rjust(width) for text, width in zip(figures, widths[1:], strict=True))
    return "  ".join([name.ljust(widths[0]), *rest]).rstrip()


def sections(rows):
    """[(heading, rows)]: by database and library, in the order in which they came."""
    found = {}
    for row in rows:
        where = ", ".join(filter(None, (row.database, row.library)))
        found.setdefault(where or "without a database", []).append(row)
    return list(found.items())


def as_markdown(run):
    """Every row, for docs/bench."""
    lines = ["# Every row of `make bench`", "", sentence(run.facts), ""]
    for heading, rows in sections(run.rows):
        lines += [f"## {heading}", ""]
        titles = [title for title, _ in COLUMNS]
        table = [[one.name, *cells(one)[1:]] for one in rows]
        lines += [*markdown(titles, table), ""]
    return "\n".join(lines)


def markdown(titles, rows):
    """The lines of a Markdown table, whose figures stand at the end of their cells."""
    rule = ["---", *("---:" for _ in titles[1:])]
    return [f"| {' | '.join(line)} |" for line in (titles, rule, *rows)]


def sentence(facts):
    """What a reader has to know of the run."""
    return (
        f"{facts['date']}: {facts['cores']} cores (the server on one, the load on "
        f"another), {facts['sources']} generated sources with {facts['notes']} notes, "
        f"{facts['versions']}; medians of {facts['rounds']} rounds. “× bare” is "
        "answers a second as a multiple of a bare Django view that returns the same "
        "bytes under the same server; p50 to p99 are milliseconds of one who asks "
        "alone."
    )


def section(run, library):
    """The lines of the README between its marks."""
    met, judged = share(run.rows)
    return [
        "",
        *summary(run, library),
        "",
        *wrap(sentence(run.facts), 88),
        f"Of {judged} goals that were measured, {met} are met: "
        "[every row](docs/bench/table.md).",
        "",
        "![The same as bars, beside what other sites do](docs/bench/chart.svg)",
        "",
    ]


def summary(run, library):
    """The lines of the README's table: the large library, both databases."""
    known = {
        (row.name, row.database): row for row in run.rows if row.library == library
    }
    engines = (goals.SQLITE, goals.POSTGRESQL)
    lines = []
    for name in SUMMARY:
        rows = [known.get((name, engine)) for engine in engines]
        first = next(filter(None, rows), None)
        if first is None:
            continue
        figures = [figure for row in rows for figure in beside(row)]
        p95 = " / ".join(written(row.p95) for row in rows if row and row.p95)
        lines.append([f"{name} ({first.unit})", *figures, p95])
    titles = ["", "SQLite", "goal", "PostgreSQL", "goal", "p95 ms"]
    return markdown(titles, lines)


def beside(row):
    """(the figure, its goal) of a row of the summary; a goal that is missed says so."""
    if row is None or row.value is None:
        return "–", ""
    missed = ", not met" if row.is_met is False else ""
    return written(row.value), f"{row.goal or ''}{missed}"


def into_readme(text, lines):
    """The README with these lines between its marks. Raises Report."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise Report(f"README.md has no {BEGIN} with an {END} after it.")
    return "\n".join([before + begin, *lines, end]) + after


def compared(before, now):
    """The lines that tell what has changed since another run."""
    if before is None:
        return ["There is no run before this one to compare it with."]
    found = changes(before.rows, now.rows)
    lines = [f"Beside the run of {before.facts['date']}; ! is more than 15 % away:"]
    for row in now.rows:
        change = found.get(row.key)
        if change is not None:
            mark = "!" if is_worth_telling(change) else " "
            lines.append(f"{mark} {100 * (change - 1):+6.1f} %  {row.key}")
    return lines


def disturbed(rows):
    """The lines that warn of a machine that was not quiet; none where it was.

    Of what waits for no disk, so that the server's processor is all there is to it.
    """
    unwaited = (goals.BARE_PAGE, goals.KEPT, goals.NOT_MODIFIED)
    asked = [row for row in rows if row.busy and row.name.endswith(unwaited)]
    idle = [row for row in asked if row.busy < BUSY]
    if not idle:
        return []
    return [
        f"In {len(idle)} of {len(asked)} rows the server had its processor less than "
        f"{BUSY:.0%} of the time: something else ran here, and the ratios are unsure."
    ]


def share(rows):
    """How many goals are met: (met, of all that were measured)."""
    judged = [row.is_met for row in rows if row.is_met is not None]
    return sum(judged), len(judged)
