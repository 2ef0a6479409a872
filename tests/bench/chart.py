"""The chart: each row as a bar, as a multiple of a bare view, on a log scale."""

from math import log10
from xml.sax.saxutils import escape, quoteattr

from tests.bench import goals

ROWS = (
    (f"source: {goals.KEPT}", "source page, kept"),
    (f"source: {goals.NOT_MODIFIED}", "source page, not modified"),
    (f"question: {goals.UNKEPT}", "question, through Django"),
    (f"source: {goals.UNKEPT}", "source page, through Django"),
    (f"browse: {goals.UNKEPT}", "list of sources, through Django"),
    (f"search: {goals.UNKEPT}", "search, through Django"),
    (f"source: {goals.READER}", "source page with notes, signed in"),
)
LOWEST, HIGHEST = 0.002, 10  # x bare, the ends of the scale
WIDE, START, END = 900, 270, 870
BAR, BETWEEN, LINE, TOP = 11, 42, 20, 64
ENGINES = (goals.SQLITE, goals.POSTGRESQL)
STYLE = """
text { font: 13px system-ui, sans-serif; fill: #222; }
.small { font-size: 11px; fill: #555; }
.grid { stroke: #ddd; } .bare { stroke: #222; stroke-width: 1.5; }
.SQLite { fill: #1f5f8b; } .PostgreSQL { fill: #b0601a; }
.goal { stroke: #b00020; stroke-width: 2.5; } .peer { fill: #777; }
.page { fill: #fff; }
@media (prefers-color-scheme: dark) {
  text { fill: #eee; } .small { fill: #aaa; } .page { fill: #14171a; }
  .grid { stroke: #3a3f45; } .bare { stroke: #eee; }
  .SQLite { fill: #8cc4ea; } .PostgreSQL { fill: #f0a860; }
  .goal { stroke: #ff6b81; } .peer { fill: #999; }
}
"""


def across(value):
    """Where a multiple stands, in pixels from the edge."""
    value = min(max(value, LOWEST), HIGHEST)
    share = log10(value / LOWEST) / log10(HIGHEST / LOWEST)
    return round(START + share * (END - START), 1)


def drawn(rows, library):
    """The SVG of the rows of one library, with the peers beneath."""
    known = {(row.name, row.database): row for row in rows if row.library == library}
    parts, down = [], TOP
    for name, words in ROWS:
        parts += bars(words, [known.get((name, engine)) for engine in ENGINES], down)
        down += BETWEEN
    down += LINE
    parts.append(text("What others do, each beside its own bare view", 16, down))
    for words, value in goals.PEERS:
        down += LINE
        parts += peer(words, value, down)
    tall = down + 2 * LINE
    title = f"Answers a second as a multiple of a bare Django view: {library}"
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {tall}" '
            f'role="img" aria-label={quoteattr(title)}>',
            f"<title>{escape(title)}</title>",
            f"<style>{STYLE}</style>",
            f'<rect class="page" width="{WIDE}" height="{tall}"/>',
            text(title, 16, 24),
            *legend(),
            *grid(tall),
            *parts,
            "</svg>\n",
        ]
    )


def legend():
    for x, engine in zip((16, 100), ENGINES, strict=True):
        yield f'<rect class="{engine}" x="{x}" y="36" width="10" height="10"/>'
        yield text(engine, x + 14, 45, "small")
    yield '<path class="goal" d="M196 34v14"/>'
    yield text("goal", 204, 45, "small")


def grid(tall):
    for value in (0.01, 0.1, 1, 10):
        kind = "bare" if value == 1 else "grid"
        x = across(value)
        yield f'<path class="{kind}" d="M{x} {TOP - 10}V{tall - LINE - 6}"/>'
        said = "1 = bare view" if value == 1 else f"{value:g}"
        yield text(said, x, tall - 10, "small", "middle")


def bars(words, rows, down):
    """One bar for each database, with its figure and the mark of its goal."""
    yield text(words, 16, down + BAR + 4)
    for place, (engine, row) in enumerate(zip(ENGINES, rows, strict=True)):
        y = down + place * (BAR + 3)
        if row is None or row.value is None:
            yield text("not measured", START + 4, y + BAR - 1, "small")
            continue
        end = across(row.value)
        wide = round(end - START, 1)
        yield (
            f'<rect class="{engine}" x="{START}" y="{y}" width="{wide}" '
            f'height="{BAR}" rx="2"/>'
        )
        yield text(f"{row.value:.2g}", end + 5, y + BAR - 1, "small")
        if row.goal:
            goal = across(row.goal.bound)
            yield f'<path class="goal" d="M{goal} {y - 2}v{BAR + 4}"/>'


def peer(words, value, down):
    yield text(words, 16, down, "small")
    yield f'<circle class="peer" cx="{across(value)}" cy="{down - 4}" r="4"/>'
    yield text(f"{value:g}", across(value) + 8, down, "small")


def text(words, x, y, kind="", anchor="start"):
    named = f' class="{kind}"' if kind else ""
    held = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return f'<text{named}{held} x="{x}" y="{y}">{escape(words)}</text>'
