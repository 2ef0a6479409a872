"""The rows of one library on one database: its pages, its notes, its searches."""

from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import cycle
from statistics import median
from urllib.parse import urlencode
from uuid import uuid4

from tests.bench import goals, load, processes, within
from tests.bench.rows import Row, quotient
from tests.bench.servers import BARE, SITE, STORING, environment, serving
from tests.bench.turns import Asked, Pace, in_turn, row_of

WRITERS = 100  # readers who write: each may write 120 notes an hour
STARTS = 3
FAILED = (load.NotServed, OSError)  # one page that fails ends no run


@dataclass(frozen=True)
class Place:
    """One library on one database, how its site is run, and what it is asked for."""

    engine: object
    library: str
    folder: object
    env: dict
    people: dict
    pace: Pace

    def row(self, name, turns, beside, **more):
        """A Row of this place, with its goal."""
        goal = goals.of(goals.OF_PAGES.get(name), self.engine.name)
        where = {"database": self.engine.name, "library": self.library, "goal": goal}
        return row_of(turns, beside, name=name, **(where | more))

    def figure(self, name, value, unit, goal=None, **more):
        """A Row of something that is no page."""
        where = {"database": self.engine.name, "library": self.library}
        return Row(name, value=value, unit=unit, goal=goal, **(where | more))


def place(engine, library, folder, env, word, pace):
    """The Place of a site that stands ready; its readers are made here."""
    people = within.ask("people", env, readers=WRITERS, word=word)
    return Place(engine, library, folder, env, people, pace)


def measured(here):
    """Every row of a Place."""
    rows = list(start_rows(here))
    with sites(here) as (site, unkept, bare):
        for page, path in here.people["paths"].items():
            try:
                rows += page_rows(here, page, path, site, unkept, bare)
            except FAILED as problem:
                said = f"not measured: {problem}"
                rows.append(here.figure(page, None, "× bare", said=said))
        rows.append(changelist_row(here, site, bare))
        rows += note_rows(here, site, bare)
        held = processes.memory(processes.family(site.pid))
        rows.append(here.figure("memory of a worker", held, "MiB", goals.MEMORY))
    return [*counted(here, rows), *search_rows(here)]


def start_rows(here):
    """How long a worker takes from its start to its first answer."""
    found = []
    for _ in range(STARTS):
        with serving(here.env, SITE, "/healthz") as server:
            found.append(server.started_in)
    yield here.figure("cold start of a worker", median(found), "s", goals.COLD_START)


@contextmanager
def sites(here):
    """(the site, the same without kept pages, the bare site with the same bytes)."""
    pages = here.folder / "pages"
    pages.mkdir(exist_ok=True)
    for file in pages.iterdir():
        file.unlink()
    with (
        serving(here.env, SITE, "/healthz") as site,
        serving(here.env | {"KEEP_PAGES": "0"}, SITE, "/healthz") as unkept,
    ):
        for name, path in here.people["paths"].items():
            store(pages, name, site, path)
            store(pages, f"{name}-reader", site, path, here.people["reader"])
        editor = here.people["editor"]
        store(pages, "changelist", site, here.people["changelist"], editor)
        with serving(here.env, BARE, "/question") as bare:
            yield site, unkept, bare


def store(pages, name, site, path, cookies=""):
    """Keep the bytes of a page for the bare site; of one that fails, none."""
    try:
        head, body = load.fetch(site.port, load.get(path, cookies))
    except FAILED:
        head, body = b"", b""
    coding = load.named(load.CODING, head)
    (pages / (f"{name}.{coding}" if coding else name)).write_bytes(body)


def page_rows(here, page, path, site, unkept, bare):
    """A page as visitors and as a reader get it, each beside the same bytes."""
    cookies = here.people["reader"]
    head, body = load.fetch(site.port, load.get(path))
    tag = load.named(load.TAG, head)
    asked = {
        goals.BARE_PAGE: Asked.of_page(bare, f"/{page}"),
        goals.KEPT: Asked.of_page(site, path),
        goals.NOT_MODIFIED: Asked.of_page(site, path, 304, tag=tag),
        goals.UNKEPT: Asked.of_page(unkept, path),
        "bare reader": Asked.of_page(bare, f"/{page}-reader"),
        goals.READER: Asked.of_page(site, path, cookies=cookies),
    }
    turns = dict(
        zip(asked, in_turn(asked.values(), here.pace, here.engine.pid), strict=True)
    )
    of_reader = turns.pop("bare reader")
    for name, found in turns.items():
        beside = of_reader if name == goals.READER else turns[goals.BARE_PAGE]
        row = here.row(f"{page}: {name}", found, beside)
        yield replace(row, size=size_of(asked[name]))


def size_of(asked):
    """The bytes of the body of an answer."""
    return len(load.fetch(asked.server.port, next(asked.requests), asked.status)[1])


def changelist_row(here, site, bare):
    """The list of sources at the desk, as an editor gets it."""
    editor = here.people["editor"]
    asked = [
        Asked.of_page(bare, "/changelist"),
        Asked.of_page(site, here.people["changelist"], cookies=editor),
    ]
    same_bytes, turns = in_turn(asked, here.pace, here.engine.pid)
    return here.row(goals.CHANGELIST, turns, same_bytes, size=size_of(asked[1]))


def note_rows(here, site, bare):
    """A note that is stored through its form, beside a bare view that stores a row."""
    fields, address = here.people["fields"], here.people["note"]
    env = environment(here.folder, here.engine.empty("storing"))
    with serving(env, STORING, "/") as storing:
        asked = [
            Asked.of_page(bare, "/question"),
            Asked(storing, notes("/", fields, here.people["writers"]), 303),
            Asked(site, notes(address, fields, here.people["writers"]), 303),
        ]
        page, row, note = in_turn(asked, here.pace, here.engine.pid)
    yield here.row(goals.STORING, row, page)
    yield here.row(goals.NOTE, note, row, unit="× bare, storing")


def notes(address, fields, writers):
    """The bytes of one form after another: a new note of another reader."""
    for cookies in cycle(writers):
        sent = fields | {"creation_key": str(uuid4())}
        yield load.post(address, urlencode(sent), cookies)


def counted(here, rows):
    """The rows with what each asks of the database; then what is counted by itself."""
    people = here.people
    given = {name: people[name] for name in ("changelist", "note", "users", "fields")}
    paths = people["paths"] | people["counted"]
    found = within.ask("counting", here.env, paths=paths, **given)
    costs = found["costs"]
    for row in rows:
        yield replace(row, **costs.pop(row.name, {}))
    for name, cost in costs.items():
        yield replace(here.figure(name, None, "", said="counted alone"), **cost)
    first = found["first_drawing"]
    is_small = here.library == "curated"
    goal = goals.FIRST_DRAWING if is_small else None
    yield here.figure("question: first drawing", first, "ms of CPU", goal)
    goal = None if is_small else goals.BROWSE
    yield here.figure("browse by its own SQL", found["browse"], "× SQL", goal)


def search_rows(here):
    """The search beside raw SQL, both in one process."""
    found = within.ask("search", here.env, is_curated=here.library == "curated")
    ratio = quotient(found["p95"], found["raw_p95"])
    said = f"{found['terms']} words and phrases"
    own = {"p50": found["p50"], "p95": found["p95"], "said": said}
    goal = None if here.library == "curated" else goals.SEARCH
    yield here.figure("search by raw SQL, p95", ratio, "× SQL", goal, **own)


def growth(small, large):
    """How much longer each page takes in the large library than in the small one, and
    how many more queries it asks and rows it reads."""
    before = {(row.name, row.database): row for row in small}
    for row in large:
        first = before.get((row.name, row.database))
        if first is None:
            continue
        where = {"database": row.database, "library": f"{row.library} : curated"}
        if row.name in GROWS:
            times, name = quotient(row.p50, first.p50), f"{row.name}, growth"
            yield Row(name, value=times, unit="× time", goal=goals.GROWTH, **where)
        for what, goal in (("queries", goals.MORE_QUERIES), ("rows", None)):
            now, then = getattr(row, what), getattr(first, what)
            if now is not None and then is not None:
                name = f"{row.name}, growth in {what}"
                more = {"value": quotient(now, then), "unit": f"× {what}", what: now}
                yield Row(name, goal=goal, **more, **where)


GROWS = (
    goals.CHANGELIST,
    f"question: {goals.KEPT}",
    f"source: {goals.KEPT}",
)
