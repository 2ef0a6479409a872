import os
import runpy
import subprocess
import sys
from unittest import mock

import pytest
from django.conf import settings
from django.test import SimpleTestCase

from studyhall import waits
from studyhall.environment import Environment

GOOD = {
    "STUDYHALL_ENV": "production",
    "SECRET_KEY": "kR4-zQ7w" * 8,
    "ALLOWED_HOSTS": "studyhall.example",
    "DATABASE_URL": "sqlite:///:memory:",
}


def start(*arguments, **variables):
    """Run manage.py with these variables alone; gives (exit status, all it said)."""
    return run("manage.py", *arguments, **variables)


def run(*arguments, **variables):
    """The same with any arguments of Python."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


class ReadingTests(SimpleTestCase):
    def test_a_switch_is_a_yes_or_a_no(self):
        environment = Environment({"A": "Yes", "B": "0", "C": "perhaps"})
        self.assertTrue(environment.switch("A"))
        self.assertFalse(environment.switch("B", default=True))
        self.assertTrue(environment.switch("C", default=True))
        self.assertEqual([name for name, _ in environment.problems], ["C"])

    def test_a_number_is_whole(self):
        environment = Environment({"A": "25", "B": "²", "C": "-1"})
        self.assertEqual([environment.number(name, 7) for name in "ABC"], [25, 7, 7])
        self.assertEqual([name for name, _ in environment.problems], ["B", "C"])

    def test_a_database_is_one_of_two(self):
        readable = "postgres://reader:p%40ss@db.example:5433/hall"
        unreadable = ("mysql://a/b", "postgres://a:not-a-port/b", "hall", "sqlite")
        variables = {"GOOD": readable, **dict(zip("ABCD", unreadable, strict=True))}
        environment = Environment(variables)
        self.assertEqual(environment.database("GOOD", "")["PASSWORD"], "p@ss")
        for name in "ABCD":
            found = environment.database(name, "sqlite:////tmp/hall")
            self.assertTrue(found["ENGINE"].endswith("sqlite3"))
        self.assertEqual([name for name, _ in environment.problems], list("ABCD"))

    def test_the_cache_is_a_table_unless_a_redis_is_named(self):
        environment = Environment({"A": "redis://cache:6379/1", "B": "memory"})
        self.assertIn("RedisCache", environment.cache("A")["BACKEND"])
        self.assertIn("DatabaseCache", environment.cache("B")["BACKEND"])
        self.assertEqual([name for name, _ in environment.problems], ["B"])


class PoolerTests(SimpleTestCase):
    def database(self, **variables):
        """The settings of the database, as what the server runs has them."""
        variables["DATABASE_URL"] = "postgres://hall@db.example/hall"
        with mock.patch.dict(os.environ, variables):
            file = str(settings.BASE_DIR / "studyhall" / "settings.py")
            database = runpy.run_path(file)["DATABASES"]["default"]
        waits.bound(database)
        return database

    def test_postgresql_is_told_how_long_to_wait_as_a_connection_starts(self):
        said = self.database()["OPTIONS"]["options"]
        self.assertEqual(said, "-c lock_timeout=5s -c statement_timeout=15s")
        self.assertFalse(self.database()["DISABLE_SERVER_SIDE_CURSORS"])

    def test_a_pooler_is_sent_none_of_it_and_asked_for_no_cursor(self):
        database = self.database(POOLER="1")
        self.assertNotIn("options", database["OPTIONS"])
        self.assertTrue(database["DISABLE_SERVER_SIDE_CURSORS"])


@pytest.mark.slow
class StartTests(SimpleTestCase):
    def test_development_needs_no_environment(self):
        status, said = start("check")
        self.assertEqual(status, 0, said)

    def test_production_is_clean_when_all_is_named(self):
        status, said = start("check", "--deploy", "--fail-level", "WARNING", **GOOD)
        self.assertEqual(status, 0, said)

    def test_a_wrong_value_stops_the_start_with_a_sentence_that_names_it(self):
        wrong = {
            "SECRET_KEY": "short",
            "ALLOWED_HOSTS": "",
            "DATABASE_URL": "somewhere",
            "DEBUG": "perhaps",
            "CACHE_URL": "memory",
            "CSRF_TRUSTED_ORIGINS": "studyhall.example",
            "EMAIL_PORT": "post",
        }
        status, said = start("check", **GOOD | wrong)
        self.assertEqual(status, 1)
        self.assertNotIn("Traceback", said)
        for name in wrong:
            with self.subTest(name=name):
                self.assertIn(f"(studyhall.{name}) {name} ", said)

    def test_a_key_that_is_missing_is_named_once(self):
        status, said = start("check", **GOOD | {"SECRET_KEY": ""})
        self.assertEqual(status, 1)
        self.assertEqual(said.count("(studyhall.SECRET_KEY)"), 1)

    def test_the_server_does_not_start_on_wrong_settings(self):
        done = subprocess.run(
            [sys.executable, "-c", "import studyhall.wsgi"],
            cwd=settings.BASE_DIR,
            env={"PATH": os.environ["PATH"], **GOOD, "ALLOWED_HOSTS": ""},
            capture_output=True,
            text=True,
            check=False,
        )
        self.assertEqual(done.returncode, 1)
        self.assertIn("ALLOWED_HOSTS is missing", done.stderr)
        self.assertNotIn("Traceback", done.stderr)

    def test_a_second_factor_adds_addresses_with_the_headers_of_their_kinds(self):
        file = "tests/floor/with_second_factor.py"
        options = ("-q", "--no-migrations", "-p", "no:cacheprovider")
        status, said = run("-m", "pytest", file, *options, SECOND_FACTOR="1")
        self.assertEqual(status, 0, said)
        self.assertIn("4 passed", said)
