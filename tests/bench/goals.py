"""The goals of the site, and what other sites did, each beside its own bare view.

The peers were measured once on one machine, in the same way: only as multiples of a
bare view do they stand beside ours.
"""

from tests.bench.rows import least, most

SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"
BARE_PAGE = "bare"
KEPT, NOT_MODIFIED = "visitor, kept", "visitor, 304"
UNKEPT, READER = "visitor, uncached", "reader"
STORING, NOTE = "bare view that stores one row", "note stored"
CHANGELIST = "list of sources: editor"

# Of a page, as a multiple of the bare view: {row: goal}, or one for each database.
OF_PAGES = {
    f"question: {KEPT}": {SQLITE: least(2.5), POSTGRESQL: least(2)},
    f"source: {KEPT}": {SQLITE: least(2.5), POSTGRESQL: least(2)},
    f"question: {NOT_MODIFIED}": least(2.5),
    f"source: {NOT_MODIFIED}": least(2.5),
    f"source: {UNKEPT}": {SQLITE: least(0.15), POSTGRESQL: least(0.04)},
    f"source: {READER}": least(0.03),
    NOTE: least(0.5),
}
FIRST_DRAWING = most(25)  # ms of the processor, curated
SEARCH = most(1.5)  # x the 95th of raw SQL
BROWSE = most(2)  # x its own SQL, in the large library
GROWTH = most(1.2)  # the time in the large library by that in the small one
MORE_QUERIES = most(1)  # the queries, likewise
COLD_START = most(0.5)  # s
MEMORY = most(90)  # MiB
FIND = least(1)  # MB/s
CARRY = most(0.5)  # s
LOAD, LOAD_AGAIN = most(5), most(1)  # s
GENERATE = {SQLITE: least(3000), POSTGRESQL: least(1500)}  # sources a second
LARGEST_PAINT = most(1500)  # ms
NEXT_PAINT = most(100)  # ms

# What others do: (who, what, x bare).
PEERS = (
    ("nginx, static file", 6.3),
    ("nginx proxy_cache", 4.9),
    ("Django, page in memory", 0.83),
    ("Wagtail 8, kept page", 0.37),
    ("Django, SQL and template", 0.074),
    ("Datasette, row page", 0.042),
    ("Django, ORM and template", 0.022),
    ("Wagtail 8, page", 0.011),
)


def of(goals, database):
    """The goal of a database, where they differ."""
    return goals.get(database) if isinstance(goals, dict) else goals
