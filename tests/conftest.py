"""How the whole suite runs."""

from django.conf import settings as site
from django.test import SimpleTestCase, TransactionTestCase
from hypothesis import settings

# A slow moment of a busy machine is no fault of the code under test.
settings.register_profile("suite", deadline=None, derandomize=True)
settings.load_profile("suite")


def pytest_collection_modifyitems(config, items):
    """On PostgreSQL, leave out what has been asked on SQLite and is the same there."""
    if not site.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        return
    passed = [item for item in items if is_the_same(item)]
    config.hook.pytest_deselected(items=passed)
    items[:] = [item for item in items if not is_the_same(item)]


def is_the_same(item):
    """Whether a test is marked so, or is one to which Django refuses every query."""
    case = getattr(item, "cls", None)
    if item.get_closest_marker("once"):
        return True
    if case is None or issubclass(case, TransactionTestCase):
        return False
    return issubclass(case, SimpleTestCase) and not case.databases
