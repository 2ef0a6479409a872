"""How the whole suite runs."""

from django.conf import settings as site
from django.test import SimpleTestCase, TransactionTestCase
from hypothesis import settings

# A slow moment of a busy machine is no fault of the code under test.
settings.register_profile("suite", deadline=None, derandomize=True)
settings.load_profile("suite")


def pytest_collection_modifyitems(config, items):
    """On PostgreSQL, leave out what touches no database: SQLite's run has had it."""
    if not site.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        return
    passed = [item for item in items if touches_nothing(item)]
    config.hook.pytest_deselected(items=passed)
    items[:] = [item for item in items if not touches_nothing(item)]


def touches_nothing(item):
    """Whether Django itself refuses the test every query."""
    case = getattr(item, "cls", None)
    is_simple = case is not None and issubclass(case, SimpleTestCase)
    return is_simple and not issubclass(case, TransactionTestCase) and not case.databases
