"""How long a request may wait for PostgreSQL; a command takes the time it needs."""

LOCK, STATEMENT = 5, 15  # seconds


def bound(database):
    """Let this process's statements end in time; called by what the server runs.

    `database` is Django's settings of it. Not where a pooler hands out connections,
    which takes no such options: there the role in PostgreSQL has them.
    """
    if database["ENGINE"].endswith("sqlite3") or database.get(
        "DISABLE_SERVER_SIDE_CURSORS"
    ):
        return
    options = database.setdefault("OPTIONS", {})
    ours = f"-c lock_timeout={LOCK}s -c statement_timeout={STATEMENT}s"
    options["options"] = f"{ours} {options.get('options', '')}".strip()
