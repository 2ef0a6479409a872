"""What a reader with a slow phone waits for, in Chromium: paint, shift, interaction."""

import shutil
from functools import partial
from statistics import median

from tests.bench import goals
from tests.bench.load import HOST
from tests.bench.rows import Row
from tests.bench.servers import SITE, serving

try:
    from playwright.sync_api import Error, sync_playwright
except ImportError:
    Error, sync_playwright = OSError, None

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync"]
ARGUMENTS += ["--disable-background-networking", "--disable-component-update"]
PHONE = {"width": 390, "height": 844}
DOWN, UP = 1_600_000 / 8, 750_000 / 8  # bytes a second
DELAY = 150  # ms, of each round trip
SLOWDOWN = 4
VISITS = 3
PATIENCE, SETTLED, KEYS = 10_000, 600, 120  # ms; KEYS: from one key to the next
# On each page, what a thumb does first, and what it is done to.
MENU, SETTINGS = "[popovertarget=menu]", "[popovertarget=reading]"
BOX = "#search-words"
DEEDS = {"question": MENU, "source": SETTINGS, "search": BOX}
MISSING = "not measured: no Chromium here"
# (name, unit, goal) of what WATCH tells.
WATCHED = {
    "ttfb": ("first byte (TTFB), the server's part", "ms", None),
    "lcp": ("largest paint (LCP)", "ms", goals.LARGEST_PAINT),
    "cls": ("layout shift (CLS)", "", None),
    "inp": ("interaction (INP)", "ms", goals.NEXT_PAINT),
}
WATCH = """
window.seen = {lcp: 0, cls: 0, inp: 0};
const watch = (type, take, more) => new PerformanceObserver(
  (list) => list.getEntries().forEach(take)
).observe({type, buffered: true, ...more});
watch("largest-contentful-paint", (one) => { seen.lcp = one.startTime; });
watch("layout-shift", (one) => { if (!one.hadRecentInput) seen.cls += one.value; });
watch("event", (one) => {
  if (one.interactionId) seen.inp = Math.max(seen.inp, one.duration);
}, {durationThreshold: 16});
"""
READ = """() => ({
  ...window.seen,
  ttfb: performance.getEntriesByType("navigation")[0].responseStart,
})"""


def rows(env, paths):
    """The rows of these pages of the site of this environment."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None or sync_playwright is None:
        return [row(page, which, None, MISSING) for page in paths for which in WATCHED]
    found = []
    with (
        serving(env, SITE, "/healthz") as site,
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=path, args=ARGUMENTS) as browser,
    ):
        for page, address in paths.items():
            address = f"http://{HOST}:{site.port}{address}"
            found += seen_on(page, partial(visit, browser, address, DEEDS[page]))
    return found


def seen_on(page, ask):
    """The rows of one page; where the browser fails, rows that say so."""
    try:
        ask()  # what is kept is kept then
        seen = [ask() for _ in range(VISITS)]
    except Error as problem:
        said = f"not measured: {str(problem).splitlines()[0]}"
        return [row(page, which, None, said) for which in WATCHED]
    values = {which: median(one[which] for one in seen) for which in WATCHED}
    said = "slow 4G, processor 4 × slower"
    return [row(page, which, value, said) for which, value in values.items()]


def row(page, which, value, said):
    name, unit, goal = WATCHED[which]
    goal = goal if value is not None else None
    return Row(f"{page}: {name}", "SQLite", "curated", value, unit, goal, said=said)


def visit(browser, address, touched):
    """What a first visit sees: milliseconds, and the layout's shift.

    Then `touched` is: what can be typed in is typed in, anything else is opened.
    """
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    try:
        page = context.new_page()
        devtools = context.new_cdp_session(page)
        devtools.send("Network.enable")
        slow = {"downloadThroughput": DOWN, "uploadThroughput": UP, "latency": DELAY}
        devtools.send("Network.emulateNetworkConditions", {"offline": False, **slow})
        devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
        page.add_init_script(WATCH)
        page.goto(address, wait_until="networkidle")
        seen = page.evaluate(READ)
        if not seen["lcp"]:  # it is told of a moment after it was drawn
            page.wait_for_timeout(SETTLED)
            seen = page.evaluate(READ)
        page.locator(touched).first.tap(timeout=PATIENCE)
        if touched == BOX:
            page.keyboard.type("meg", delay=KEYS)
        page.wait_for_timeout(SETTLED)
        return seen | {"inp": page.evaluate(READ)["inp"]}
    finally:
        context.close()
