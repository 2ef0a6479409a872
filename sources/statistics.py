"""What the database knows of its own tables when it plans a query."""


def refresh(connection):
    """Count the tables anew, where the planner goes by counts.

    PostgreSQL takes a table that was filled a moment ago for empty until its own
    round comes by, and then joins by nested loops that take seconds.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
