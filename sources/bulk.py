"""Rows written past the ORM: for a generated library, whose rows are right already."""

from itertools import chain

from django.core.management.color import no_style
from django.db import connection
from django.db.models import DateTimeField, JSONField, Max, UUIDField

AT_ONCE = 500
PREPARED = (DateTimeField, JSONField, UUIDField)  # written otherwise than they are


def written(model, rows):
    """These rows of one model, written with ids that follow the table's last.

    Returns them as a list. Nothing is checked, and no sequence is moved on: `count_on`
    does that once for all.
    """
    rows = list(rows)
    last = model.objects.aggregate(last=Max("pk"))["last"] or 0
    fields = model._meta.concrete_fields
    for number, row in enumerate(rows, last + 1):
        row.pk = number
        row._state.adding = False
        row._state.db = connection.alias
        for field in fields:
            if field.is_relation and field.is_cached(row):
                other = field.get_cached_value(row)
                setattr(row, field.attname, other and other.pk)
    values = zip(*(_column(field, rows) for field in fields), strict=True)
    insert(model, [field.column for field in fields], list(values))
    return rows


def count_on(models):
    """Let the next id of each model's table follow those that were written here."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def _column(field, rows):
    """The values of one field of the rows, as the database takes them."""
    values = [getattr(row, field.attname) for row in rows]
    if field.choices or isinstance(field, PREPARED):
        return [field.get_db_prep_save(value, connection) for value in values]
    return values


def insert(model, columns, rows):
    """Write the values of these columns; the database gives what is not among them."""
    names = ", ".join(map(connection.ops.quote_name, columns))
    marks = f"({', '.join(['%s'] * len(columns))})"
    into = f"INSERT INTO {model._meta.db_table} ({names}) VALUES"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany(f"{into} {marks}", rows)
            return
        for start in range(0, len(rows), AT_ONCE):
            some = rows[start : start + AT_ONCE]
            every = ", ".join([marks] * len(some))
            cursor.execute(f"{into} {every}", list(chain.from_iterable(some)))
