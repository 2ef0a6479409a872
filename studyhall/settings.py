"""The site's settings; what differs between machines comes from the environment.

Development needs no variable at all. STUDYHALL_ENV=production asks for SECRET_KEY
and ALLOWED_HOSTS and expects HTTPS in front; `studyhall.checks` says what is wrong.
"""

import os
from importlib.util import find_spec
from pathlib import Path

from studyhall.environment import Environment

BASE_DIR = Path(__file__).resolve().parent.parent

environment = Environment(os.environ)

# Where this runs

IS_PRODUCTION = (
    environment.choice("STUDYHALL_ENV", ("development", "production"), "development")
    == "production"
)
# Off in development too: our own 404 page redirects former addresses, and what a
# developer sees is what a reader will see. DEBUG=1 asks for Django's pages.
DEBUG = environment.switch("DEBUG")

DEVELOPMENT_SECRET_KEY = "development-only-key-known-to-everyone-who-reads-the-code"
SECRET_KEY = environment.text(
    "SECRET_KEY", "" if IS_PRODUCTION else DEVELOPMENT_SECRET_KEY
)
if not SECRET_KEY:
    environment.complain("SECRET_KEY", "SECRET_KEY is missing: set it.")
    SECRET_KEY = DEVELOPMENT_SECRET_KEY

LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS")
if not IS_PRODUCTION:
    ALLOWED_HOSTS += [*LOCAL_HOSTS, *environment.words("HOST")]

HTTPS = environment.switch("HTTPS", default=IS_PRODUCTION)
CSRF_TRUSTED_ORIGINS = environment.words("CSRF_TRUSTED_ORIGINS")

# What it is made of

INSTALLED_APPS = [
    "studyhall.accounts.desk_app.HallDeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "taggit",
    "sources",
    "studyhall.accounts",
    "studyhall.annotations",
    "studyhall.keeping",
    "studyhall.operations",
]

MIDDLEWARE = [
    "studyhall.headers.SecurityHeaders",
    "studyhall.input.KnownHost",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "studyhall.caching.VisitorPages",
    "studyhall.input.BadInput",
    "studyhall.busy.Busy",
    "studyhall.turns.Turns",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "studyhall.accounts.limits.Patience",
    "studyhall.accounts.refused.RefusedForms",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "studyhall.urls"
WSGI_APPLICATION = "studyhall.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "sources.reading.context",
                "studyhall.accounts.crumbs.context",
            ],
        },
    },
]

# The library

LIBRARY_FOLLOWERS = [
    "studyhall.annotations.followers.text_changed",
    "studyhall.annotations.followers.sources_merged",
    "studyhall.annotations.followers.foresee",
    "studyhall.annotations.rerendering.address_changed",
    "studyhall.annotations.corrections.proposal_decided",
]
# What `generate_library` can write besides sources, by the name of its option.
LIBRARY_GENERATES = {"notes": "studyhall.annotations.generated.generate"}
LIBRARY_DESK = ["studyhall.annotations.desk.from_readers"]
# What is published takes two editors; a site of one person says so here.
LIBRARY_ONE_EDITOR = environment.switch("ONE_EDITOR")
TAGGIT_CASE_INSENSITIVE = True
TAGGIT_TAGS_FROM_STRING = "sources.topics.split_names"
TAGGIT_STRING_FROM_TAGS = "sources.topics.join_names"

# Where it is kept

SQLITE_FILE = environment.text("STUDYHALL_SQLITE", str(BASE_DIR / "studyhall.sqlite3"))
DATABASES = {
    "default": environment.database("DATABASE_URL", f"sqlite:///{SQLITE_FILE}")
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 5,
        "init_command": (
            "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
        ),
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # Where nothing answers: seconds to connect, twice a request at most, and
    # milliseconds for what was sent to arrive.
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": 2,
        "tcp_user_timeout": 5000,
    } | DATABASES["default"].get("OPTIONS", {})
    # PgBouncer takes no options at the start of a connection, and may give what
    # follows a cursor's first rows another: then PostgreSQL's role says the timeouts.
    DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = environment.switch("POOLER")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": environment.cache("CACHE_URL")}

# Visitors' pages, kept whole and answered before Django is asked
KEEP_PAGES = environment.switch("KEEP_PAGES", default=True)

# Who may come in

AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTHENTICATION_BACKENDS = ["studyhall.accounts.backends.ByAddressOrName"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "me"
LOGOUT_REDIRECT_URL = "question"
# How many proxies in front name whom they serve, in X-Forwarded-For.
ALLAUTH_TRUSTED_PROXY_COUNT = environment.number("PROXIES", 1 if HTTPS else 0)
ACCOUNT_ADAPTER = "studyhall.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "display_name"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*"]
ACCOUNT_FORMS = {
    "login": "studyhall.accounts.signing.SignInForm",
    "signup": "studyhall.accounts.signing.SignUpForm",
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
# Nobody is hurried who reads slowly, or types with a switch.
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 30 * 60
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 30 * 60
ACCOUNT_LOGIN_TIMEOUT = 30 * 60
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[studyhall] "
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
# What else goes when an account is closed: functions of (user, keep its public notes).
READERS_LEAVE = ["studyhall.annotations.leaving.leave"]

# A second factor and passkeys: whoever enters the desk has one. Needs the extra `mfa`.
SECOND_FACTOR = environment.switch("SECOND_FACTOR")
if SECOND_FACTOR and find_spec("fido2") is None:
    environment.complain("SECOND_FACTOR", "SECOND_FACTOR needs studyhall[mfa].")
    SECOND_FACTOR = False
if SECOND_FACTOR:
    INSTALLED_APPS += ["allauth.mfa"]
    MFA_ADAPTER = "studyhall.accounts.second_factor_adapter.SecondFactorAdapter"
    MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
    MFA_PASSKEY_LOGIN_ENABLED = True
    MFA_TOTP_ISSUER = "studyhall"
    MFA_TOTP_TOLERANCE = 1  # half minutes: who types slowly is not turned away
    MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS

# What the browser is told

# By this prefix a browser keeps a cookie for this host alone, and only over HTTPS.
COOKIE_PREFIX = "__Host-" if HTTPS else ""
READING_COOKIE_NAME = f"{COOKIE_PREFIX}reading"
MESSAGES_COOKIE_NAME = f"{COOKIE_PREFIX}messages"
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
DEVICE_COOKIE_NAME = "__Secure-device" if HTTPS else "device"  # has a path of its own
MESSAGE_STORAGE = "studyhall.messages.Messages"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "studyhall.annotations.returning.csrf_failure"
SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
    "object-src": ["'none'"],
    "require-trusted-types-for": ["'script'"],
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = (
    environment.number("HSTS_SECONDS", 365 * 24 * 3600) if HTTPS else 0
)
if HTTPS:
    # Granian speaks plain HTTP to the proxy in front, which must set this header
    # itself and drop what a visitor sends.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Subdomains and the preload list are the domain's owner's to promise, not ours.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
if not HTTPS:
    # HTTPS=0 is said by hand: a trial on plain HTTP.
    SILENCED_SYSTEM_CHECKS += [
        f"security.W0{number}" for number in ("04", "08", "12", "16")
    ]

# What may come in

DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 10
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# Words and times

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("he", "עברית")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# Files for the browser

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = environment.text("STATIC_ROOT", str(BASE_DIR / "build" / "static"))
STATIC_STORAGE = (
    "studyhall.storage.HashedStaticFiles"
    if IS_PRODUCTION
    else "django.contrib.staticfiles.storage.StaticFilesStorage"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": STATIC_STORAGE},
}
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not IS_PRODUCTION

# Mail and log

EMAIL_HOST = environment.text("EMAIL_HOST")
EMAIL_PORT = environment.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = environment.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = environment.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = environment.switch("EMAIL_USE_TLS")
EMAIL_BACKEND = "django.core.mail.backends.{}.EmailBackend".format(
    "smtp" if EMAIL_HOST else "console"
)
DEFAULT_FROM_EMAIL = environment.text("DEFAULT_FROM_EMAIL", "studyhall@localhost")

# In production a line holds nothing that anyone wrote; a developer sees all of it.
LOG = environment.choice("LOG", ("json", "text"), "json" if IS_PRODUCTION else "text")
LOG_LINES = {
    "json": "studyhall.operations.logs.JsonLines",
    "text": "studyhall.operations.logs.PlainLines"
    if IS_PRODUCTION
    else "logging.Formatter",
}[LOG]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": LOG_LINES}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "loggers": {
        "_granian": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "django.server": {"level": "WARNING"},
    },
    "root": {"handlers": ["console"], "level": "INFO"},
}

ENVIRONMENT_PROBLEMS = environment.problems
