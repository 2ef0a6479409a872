"""Answers measured in turn, so that a slow moment of the machine falls on all alike."""

import time
from dataclasses import dataclass, replace
from functools import partial
from itertools import repeat

from tests.bench import load, processes
from tests.bench.rows import Row, middle, percentile, quotient
from tests.bench.servers import Server

ALONE = 0.6  # of the seconds of a turn, for one who asks alone
WARMING = 3  # answers
SLOW = 2  # seconds


@dataclass(frozen=True)
class Asked:
    """What is asked of a server again and again, and the status of each answer."""

    server: Server
    requests: object
    status: int = 200

    @classmethod
    def of_page(cls, server, path, status=200, **more):
        """A page; `more` is what `load.get` takes."""
        return cls(server, repeat(load.get(path, **more)), status)


@dataclass(frozen=True)
class Turn:
    """What one turn found; times of the processor are seconds for an answer."""

    per_second: float
    cpu: float | None
    database_cpu: float | None
    busy: float | None
    alone: tuple[float, ...]


@dataclass(frozen=True)
class Pace:
    """How many turns of how many seconds each."""

    rounds: int
    seconds: float


def in_turn(asked, pace, database=None):
    """For each Asked its Turns, one of each in a round.

    `database` is the first process of PostgreSQL, whose work is told apart. What takes
    SLOW seconds is asked once alone: a crowd of it would take minutes.
    """
    slow = [warm(one, database) for one in asked]
    turns = [[] for _ in asked]
    for _ in range(pace.rounds):
        for one, once, found in zip(asked, slow, turns, strict=True):
            found.append(once or turn(one, pace.seconds, database))
    return turns


def warm(asked, database):
    """Ask a few times before the clock counts: what can be kept is kept then.

    The Turn of one answer where that is slow, else None. The first does not tell: it
    may be the one that works out what is kept.
    """
    for number in range(WARMING):
        found = measured(asked, database, partial(load.one_by_one, seconds=0))
        if number and found.alone[0] > SLOW:
            return found
        time.sleep(0.01)
    return None


def turn(asked, seconds, database=None):
    """Ask as a crowd, and then alone."""
    found = measured(asked, database, partial(load.crowd, seconds=seconds))
    port, requests, status = asked.server.port, asked.requests, asked.status
    alone = load.one_by_one(port, requests, seconds * ALONE, status)
    return replace(found, alone=tuple(alone))


def measured(asked, database, ask):
    """A Turn of what `ask` of the load's does; its answers' seconds are `alone`."""
    server = processes.family(asked.server.pid)
    theirs = processes.family(database) if database else []
    before, before_theirs = processes.seconds(server), processes.seconds(theirs)
    start = time.perf_counter()
    taken = ask(asked.server.port, asked.requests, status=asked.status)
    passed = time.perf_counter() - start
    cpu = since(before, server)
    database_cpu = since(before_theirs, theirs) if theirs else None
    return Turn(
        per_second=len(taken) / passed,
        cpu=quotient(cpu, len(taken)),
        database_cpu=quotient(database_cpu, len(taken)),
        busy=quotient((cpu or 0) + (database_cpu or 0), passed),
        alone=tuple(taken),
    )


def since(before, pids):
    """Seconds of the processor since then; None where they are not known."""
    now = processes.seconds(pids)
    return None if now is None else now - before


def row_of(turns, beside, **fields):
    """The Row of what was asked, beside the turns of what it is measured by."""
    pairs = list(zip(turns, beside, strict=True))
    cpu, theirs = (middle(one.cpu for one in each) for each in (turns, beside))
    of_database = middle(one.database_cpu for one in turns)
    percentiles = {
        f"p{percent}": middle(percentile(one.alone, percent) for one in turns)
        for percent in (50, 95, 99)
    }
    return Row(
        value=middle(ours.per_second / bare.per_second for ours, bare in pairs),
        per_second=middle(one.per_second for one in turns),
        cpu=cpu and cpu * 1000,
        cpu_ratio=quotient(theirs, cpu),
        database_cpu=of_database and of_database * 1000,
        busy=middle(one.busy for one in turns),
        **percentiles,
        **fields,
    )
