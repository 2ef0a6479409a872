"""A row of the bench: what was measured, where, and the goal that stands beside it."""

from dataclasses import asdict, dataclass
from statistics import median

WORTH_TELLING = 0.15  # a change that is marked


@dataclass(frozen=True)
class Goal:
    """What a row's value should be: at least `bound`, or at most."""

    bound: float
    is_least: bool

    def is_met_by(self, value):
        return value >= self.bound if self.is_least else value <= self.bound

    def __str__(self):
        return f"{'≥' if self.is_least else '≤'} {self.bound:g}"


def least(bound):
    return Goal(bound, is_least=True)


def most(bound):
    return Goal(bound, is_least=False)


@dataclass(frozen=True)
class Row:
    """One figure. `value` is in `unit`: of a page, its speed as a multiple of bare.

    `cpu` and `database_cpu` are milliseconds of the processor for an answer, of the
    server and of PostgreSQL; `cpu_ratio` is bare's by ours. `p50` to `p99` are
    milliseconds of one who asks alone. `busy` is how much of the time the server's
    processor worked. What was not measured is None; `said` tells why, or more.
    """

    name: str
    database: str = ""
    library: str = ""
    value: float | None = None
    unit: str = "× bare"
    goal: Goal | None = None
    per_second: float | None = None
    cpu: float | None = None
    cpu_ratio: float | None = None
    database_cpu: float | None = None
    busy: float | None = None
    p50: float | None = None
    p95: float | None = None
    p99: float | None = None
    queries: int | None = None
    rows: int | None = None
    size: int | None = None
    memory: float | None = None
    said: str = ""

    @property
    def key(self):
        """What names the same row in another run."""
        return " | ".join((self.name, self.database, self.library))

    @property
    def is_met(self):
        """Whether the goal is met; None where there is none, or nothing measured."""
        if self.goal is None or self.value is None:
            return None
        return self.goal.is_met_by(self.value)

    def as_json(self):
        kept = {
            name: value for name, value in asdict(self).items() if value is not None
        }
        if self.goal:
            kept["goal"] = {"bound": self.goal.bound, "is_least": self.goal.is_least}
            kept["is_met"] = self.is_met
        return {
            name: float(f"{value:.4g}") if isinstance(value, float) else value
            for name, value in kept.items()
        }


def of_json(kept):
    """The Row that `as_json` made this of."""
    fields = {name: value for name, value in kept.items() if name != "is_met"}
    if "goal" in fields:
        fields["goal"] = Goal(**fields["goal"])
    return Row(**fields)


def percentile(taken, percent):
    """Of seconds that were taken, in milliseconds: so many of a hundred took less."""
    ordered = sorted(taken)
    return ordered[min(len(ordered) * percent // 100, len(ordered) - 1)] * 1000


def middle(values):
    """The median of those that are known; None where none is."""
    known = [value for value in values if value is not None]
    return median(known) if known else None


def quotient(above, below):
    """None where one of the two is not known, or nothing."""
    return above / below if above and below else None


def changes(before, now):
    """{key: how much of the value before} of the rows that both runs have."""
    known = {row.key: row for row in before}
    found = {}
    for row in now:
        last = known.get(row.key)
        if last is not None and last.unit == row.unit:
            change = quotient(row.value, last.value)
            if change is not None:
                found[row.key] = change
    return found


def is_worth_telling(change):
    return abs(change - 1) > WORTH_TELLING
