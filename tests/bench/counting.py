"""What a page asks of the database, and what it costs beside its own SQL.

Run by `tests.bench.within`, in one process: the same views, without a server. A kept
page is not counted here: the layer that answers it stands before Django.
"""

import time
from contextlib import contextmanager
from functools import partial
from statistics import median
from uuid import uuid4

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test import Client

from sources import stamped

TURNS = 9
WARMING = 2
LONGEST = 10  # seconds for all turns of a first drawing
STEPS = ("BEGIN", "SAVEPOINT", "RELEASE")  # of a transaction, not asked of a table
READ = """
SELECT coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0)
FROM pg_stat_xact_user_tables
"""


def measured(paths, changelist, note, users, fields):
    """What each row asks for, what a first drawing takes, and browse by its SQL.

    {"costs": {row: {queries, rows}}, "first_drawing": ms of CPU, "browse": ratio}
    """
    visitor = browser()
    with transaction.atomic():
        costs = costs_of(visitor, browser(users["reader"]), paths)
        list_of_sources = partial(browser(users["editor"]).get, changelist)
        costs["list of sources: editor"] = cost(list_of_sources)
        writer = browser(users["reader"])
        costs["note stored"] = cost(lambda: writer.post(note, new(fields)))
        transaction.set_rollback(True)
    return {
        "costs": costs,
        "first_drawing": first_drawing(visitor, paths["question"]),
        "browse": beside_its_sql(visitor, paths["browse"]),
    }


def costs_of(visitor, reader, paths):
    """The cost of each page for these two."""
    found = {}
    for page, path in paths.items():
        found[f"{page}: visitor, uncached"] = cost(partial(visitor.get, path))
        found[f"{page}: reader"] = cost(partial(reader.get, path))
    return found


def new(fields):
    """The form of another note."""
    return fields | {"creation_key": str(uuid4())}


def browser(user=None):
    """A client of a visitor, or of the user with this key."""
    client = Client(SERVER_NAME="127.0.0.1")
    if user is not None:
        client.force_login(get_user_model().objects.get(pk=user))
    return client


@contextmanager
def statements():
    """A list that holds (sql, parameters) of what is asked meanwhile."""
    asked = []

    def remember(execute, sql, parameters, many, context):
        if not sql.startswith(STEPS):
            asked.append((sql, parameters))
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(remember):
        yield asked


def cost(ask):
    """The statements of an answer, and on PostgreSQL the rows that were read for it.

    Of the second answer: what is worked out once a stamp is there then.
    """
    ask()
    with statements() as asked:
        before = rows_read()
        response = ask()
        after = rows_read()
    if response.status_code not in (200, 303):
        raise AssertionError(f"{response.request['PATH_INFO']}: {response.status_code}")
    if before is None:
        return {"queries": len(asked)}
    return {"queries": len(asked) - 2, "rows": after - before}


def rows_read():
    """The rows that PostgreSQL has read in this transaction; None on SQLite."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute(READ)
        return int(cursor.fetchone()[0])


def first_drawing(client, path):
    """Milliseconds of the processor, when nothing that is made once is there."""
    client.get(path)
    taken = []
    while len(taken) < TURNS and sum(taken) < LONGEST:
        stamped.forget()
        start = time.process_time()
        client.get(path)
        taken.append(time.process_time() - start)
    return median(taken) * 1000


def beside_its_sql(client, path):
    """How many times as long as its statements a page takes, in turn with them."""
    client.get(path)
    with statements() as asked:
        client.get(path)
    page, sql = [], []
    for _ in range(WARMING + TURNS):
        page.append(seconds(lambda: client.get(path)))
        sql.append(seconds(lambda: ask_again(asked)))
    return median(page[WARMING:]) / median(sql[WARMING:])


def ask_again(asked):
    with connection.cursor() as cursor:
        for statement, parameters in asked:
            cursor.execute(statement, parameters)
            cursor.fetchall()


def seconds(deed):
    start = time.perf_counter()
    deed()
    return time.perf_counter() - start
