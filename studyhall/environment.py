"""What differs between machines, read from the environment.

Nothing here raises: a value that cannot be read is replaced by the development's
and leaves a sentence in `problems`, which the system checks turn into errors. So a
wrong value stops the start with a sentence that names it, not with a traceback.
"""

import dj_database_url

YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off"}


class Environment:
    """The variables of one process, and what is wrong with them.

    `problems` is a list of (variable, sentence).
    """

    def __init__(self, variables):
        self.variables = variables
        self.problems = []

    def complain(self, name, sentence):
        """Remember that the variable `name` is wrong, in words that name it."""
        self.problems.append((name, sentence))

    def text(self, name, default=""):
        """The variable without outer spaces, or the default where it is empty."""
        return self.variables.get(name, "").strip() or default

    def switch(self, name, default=False):
        """A yes or no: 1, true, yes, on; 0, false, no, off."""
        value = self.text(name)
        if not value:
            return default
        if value.strip().lower() in YES:
            return True
        if value.strip().lower() not in NO:
            self.complain(name, f"{name} is {value!r}: write 1 for yes or 0 for no.")
        return default if value.strip().lower() not in NO else False

    def number(self, name, default):
        """A whole number, zero or more."""
        value = self.text(name)
        if not value:
            return default
        if not (value.isascii() and value.isdigit()):
            self.complain(name, f"{name} is {value!r}: write a whole number.")
            return default
        return int(value)

    def choice(self, name, choices, default):
        """One of a few words."""
        value = self.text(name, default)
        if value not in choices:
            words = ", ".join(choices)
            self.complain(name, f"{name} is {value!r}: write one of {words}.")
            return default
        return value

    def words(self, name):
        """A list written with commas."""
        return [word.strip() for word in self.text(name).split(",") if word.strip()]

    def database(self, name, default):
        """Django's settings of the database that an address names.

        `default` is an address too. An address that cannot be read is complained of.
        """
        address = self.text(name, default)
        try:
            found = dj_database_url.parse(address)
        except (ValueError, KeyError):
            found = {}
        engine = found.get("ENGINE", "").rpartition(".")[2]
        if engine in {"sqlite3", "postgresql"} and found.get("NAME"):
            return found
        self.complain(
            name,
            f"{name} cannot be read: write sqlite:///FILE or "
            "postgres://USER:PASSWORD@HOST:PORT/NAME.",
        )
        return dj_database_url.parse(default)

    def cache(self, name):
        """Django's settings of the default cache: Redis where named, else a table."""
        address = self.text(name)
        if address.startswith(("redis://", "rediss://", "unix://")):
            backend = "django.core.cache.backends.redis.RedisCache"
            waits = {"socket_connect_timeout": 2, "socket_timeout": 2}  # seconds
            return {"BACKEND": backend, "LOCATION": address, "OPTIONS": waits}
        if address:
            self.complain(name, f"{name} cannot be read: write redis://HOST:PORT/N.")
        backend = "django.core.cache.backends.db.DatabaseCache"
        # Django's 300 would forget a limit as soon as 300 others are counted.
        options = {"MAX_ENTRIES": 100_000}
        return {"BACKEND": backend, "LOCATION": "studyhall_cache", "OPTIONS": options}
