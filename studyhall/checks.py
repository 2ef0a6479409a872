"""What must be right before the site starts, each said in one sentence."""

from pathlib import Path

from django.conf import settings
from django.core.checks import Error

SHORTEST_KEY = 50


def environment_problems():
    """Every sentence about a wrong or missing variable: a list of (name, sentence)."""
    problems = list(settings.ENVIRONMENT_PROBLEMS)
    if settings.IS_PRODUCTION:
        problems += production_problems({name for name, sentence in problems})
    return problems


def production_problems(already_named):
    """What production asks for beyond readable values."""
    if "SECRET_KEY" not in already_named and len(settings.SECRET_KEY) < SHORTEST_KEY:
        yield (
            "SECRET_KEY",
            f"SECRET_KEY is too short: it needs {SHORTEST_KEY} characters or more, "
            "chosen by chance.",
        )
    if settings.SECRET_KEY == settings.DEVELOPMENT_SECRET_KEY and (
        "SECRET_KEY" not in already_named
    ):
        yield "SECRET_KEY", "SECRET_KEY is the development key: choose another."
    if not settings.ALLOWED_HOSTS:
        yield (
            "ALLOWED_HOSTS",
            "ALLOWED_HOSTS is missing: name the hosts of the site, with commas.",
        )
    if "*" in settings.ALLOWED_HOSTS:
        yield "ALLOWED_HOSTS", "ALLOWED_HOSTS is *: name the hosts of the site."
    if settings.DEBUG:
        yield "DEBUG", "DEBUG is on: switch it off in production."
    yield from origin_problems()
    yield from file_problems()


def origin_problems():
    """An origin is a scheme and a host; Django would refuse others with a traceback."""
    for origin in settings.CSRF_TRUSTED_ORIGINS:
        if not origin.startswith(("http://", "https://")):
            yield (
                "CSRF_TRUSTED_ORIGINS",
                f"CSRF_TRUSTED_ORIGINS has {origin!r}: begin it with https://.",
            )


def file_problems():
    """The embedded database needs a folder that is there."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        folder = Path(database["NAME"]).parent
        if not folder.is_dir():
            yield "DATABASE_URL", f"DATABASE_URL names {folder}, which is no folder."


def check_environment(app_configs, **kwargs):
    """The problems as Django's system checks want them."""
    return [
        Error(sentence, id=f"studyhall.{name}")
        for name, sentence in environment_problems()
    ]
