"""How the whole suite runs."""

from hypothesis import settings

# A slow moment of a busy machine is no fault of the code under test.
settings.register_profile("suite", deadline=None, derandomize=True)
settings.load_profile("suite")
