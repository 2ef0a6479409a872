"""One site and one Chromium for all browser tests."""

import json
import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

from tests.browser import server
from tests.browser.case import opened

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MISSING = "Chromium is missing: apt-get install chromium"


@pytest.fixture(scope="session")
def site_address(tmp_path_factory):
    with server.running(tmp_path_factory.mktemp("site")) as address:
        yield address


@pytest.fixture(scope="session")
def chromium():
    """Skips where there is no Chromium; fails there under CI=true."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None and os.environ.get("CI") == "true":
        pytest.fail(MISSING)
    if path is None:
        pytest.skip(MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="class")
def visited(request, chromium, site_address):
    """Gives a BrowserCase its browser and the site's address."""
    request.cls.chromium, request.cls.site = chromium, site_address


@pytest.fixture(scope="session")
def open_tabs(chromium, site_address):
    return opened(chromium, site_address)


@pytest.fixture(scope="class")
def tabs(request, open_tabs):
    """Gives a BrowserCase every kind of page, open already."""
    request.cls.tabs = open_tabs


@pytest.fixture(scope="session")
def written_site(chromium, tmp_path_factory):
    """A site in which readers write: (its address, what `readers.prepare` made)."""
    folder = tmp_path_factory.mktemp("written")
    with server.running(folder) as address:
        said = folder / "said.json"
        code = f"from tests.browser.readers import prepare; prepare({str(said)!r})"
        server.manage(server.environment(folder), "shell", "--command", code)
        yield address, json.loads(said.read_text())


@pytest.fixture(scope="class")
def written(request, chromium, written_site):
    """Gives a BrowserCase that site in the place of the other."""
    request.cls.chromium = chromium
    request.cls.site, request.cls.made = written_site
