"""The release of the site: what was written or set by hand and shows in pages."""

import json
from hashlib import blake2b
from pathlib import Path

import django
from django.conf import settings

FOLDERS = ("sources", "studyhall", "templates", "locale")
KINDS = {".py", ".html", ".txt", ".xml", ".mo"}
GLOSSARY = "sources/glossary.toml"
MANIFEST = "staticfiles.json"
SETTINGS = (
    "ALLOWED_HOSTS",
    "DEBUG",
    "HTTPS",
    "LANGUAGES",
    "LANGUAGE_CODE",
    "LIBRARY_ONE_EDITOR",
    "MIDDLEWARE",
    "SECURE_CONTENT_TYPE_NOSNIFF",
    "SECURE_CROSS_ORIGIN_OPENER_POLICY",
    "SECURE_CSP",
    "SECURE_HSTS_SECONDS",
    "SECURE_REFERRER_POLICY",
    "STATIC_STORAGE",
    "STATIC_URL",
    "TIME_ZONE",
    "X_FRAME_OPTIONS",
)


def digest():
    """Hex digits that are the same in every process of one release."""
    found = blake2b(digest_size=16)
    chosen = {name: getattr(settings, name) for name in SETTINGS}
    found.update(json.dumps([django.__version__, chosen], default=str).encode())
    for file in files():
        found.update(f"\0{file.name}\0".encode())
        found.update(file.read_bytes())
    return found.hexdigest()


def files():
    """The code, the templates and the manifest of static files, in one order."""
    base = Path(settings.BASE_DIR)
    found = [
        file
        for folder in FOLDERS
        for file in sorted((base / folder).rglob("*"))
        if file.suffix in KINDS
    ]
    single = (base / GLOSSARY, Path(settings.STATIC_ROOT) / MANIFEST)
    return found + [file for file in single if file.is_file()]
