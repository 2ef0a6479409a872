"""The rows that are no pages: finding, carrying, exchanging, loading, generating."""

from tests.bench import anchoring, finding, goals, within
from tests.bench.libraries import CURATED
from tests.bench.rows import Row
from tests.bench.servers import environment, manage

EXCHANGED = 500  # rows


def of_processor():
    """What needs no database."""
    megabytes, citations = finding.measured()
    yield Row(
        "citations found in prose",
        value=megabytes,
        unit="MB/s",
        goal=goals.FIND,
        said=f"{citations:.0f} citations a second",
    )
    carried = f"{anchoring.NOTES} notes carried over an edit"
    said = f"of {anchoring.CODE_POINTS} code points, a tenth of the words changed"
    yield Row(
        carried, value=anchoring.measured(), unit="s", goal=goals.CARRY, said=said
    )


def of_exchange(engine, folder):
    """Sources that come in and go out as a file, each through the gate."""
    env = environment(folder, engine.empty("exchange"))
    manage(env, "migrate", "--verbosity=0")
    found = within.ask("exchange", env, rows=EXCHANGED)
    for way in ("in", "out"):
        yield Row(
            f"sources {'imported' if way == 'in' else 'exported'}",
            engine.name,
            value=found[f"rows_{way}"],
            unit="rows/s",
            said=f"+{found[f'memory_{way}']:.0f} MiB for {EXCHANGED} rows",
        )


def of_loading(engine, seconds):
    """The curated library loaded, cold and with nothing to load."""
    first, again = seconds
    where = {"database": engine.name, "library": CURATED, "unit": "s"}
    yield Row("library loaded, cold", value=first, goal=goals.LOAD, **where)
    yield Row("library loaded again", value=again, goal=goals.LOAD_AGAIN, **where)


def of_generating(engine, size, seconds):
    """The large library, as fast as it was written when it was."""
    where = {"database": engine.name, "library": str(size), "said": "when it was made"}
    goal = goals.of(goals.GENERATE, engine.name)
    each = size.sources / seconds["sources"]
    yield Row("sources generated", value=each, unit="sources/s", goal=goal, **where)
    each = size.notes / seconds["notes"]
    yield Row("notes generated", value=each, unit="notes/s", **where)
