"""The site's settings, with an SQLite database that may grow to so many pages."""

import os

from studyhall import settings as site

globals().update({name: value for name, value in vars(site).items() if name.isupper()})

DATABASES = {"default": dict(site.DATABASES["default"])}
_options = DATABASES["default"]["OPTIONS"]
_most = f"PRAGMA max_page_count={int(os.environ['MOST_PAGES'])};"
DATABASES["default"]["OPTIONS"] = _options | {
    "init_command": _options["init_command"] + _most
}
