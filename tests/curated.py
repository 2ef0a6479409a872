"""The curated library for tests that read it whole.

The loader itself is tested in tests/loader; here it runs once a run of the suite, and
what it made is copied after that.
"""

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection

from sources import loader, statistics

_made, _outcomes = {}, []


def load():
    """Put the whole curated library into the test's empty database.

    Returns what the loader said when it made it: a loader.Outcome.
    """
    if not _made:
        _outcomes.append(loader.load())
        _made.update({model: list(model._base_manager.all()) for model in models()})
        return _outcomes[0]
    for model, rows in _made.items():
        model._base_manager.bulk_create(rows, batch_size=500)
    # Rows that bring their own keys leave PostgreSQL's counters where they were.
    resets = connection.ops.sequence_reset_sql(no_style(), list(_made))
    with connection.cursor() as cursor:
        for reset in resets:
            cursor.execute(reset)
    statistics.refresh(connection)
    return _outcomes[0]


def models():
    """Every table of the library, the joining ones too."""
    return apps.get_app_config("sources").get_models(include_auto_created=True)
