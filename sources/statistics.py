"""What the database knows of its own tables when it plans a query."""

SAMPLE = 1000  # rows that SQLite looks at in each index; without a bound, all


def refresh(connection):
    """Count the tables anew, for the planner goes by counts.

    PostgreSQL takes a table that was filled a moment ago for empty until its own
    round comes by, and then joins by nested loops that take seconds. SQLite has no
    such round: uncounted, it begins the list of all notes with all the sources.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"PRAGMA analysis_limit = {SAMPLE}")
        cursor.execute("ANALYZE")
