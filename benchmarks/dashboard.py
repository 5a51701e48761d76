"""How long the server takes for a page, how much goes over the wire, and when it is seen."""

import shutil
import statistics
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING
from urllib.parse import quote

import httpx

from benchmarks.data import Absent
from benchmarks.report import Cell, Report
from benchmarks.simulated_site import Site, simulated_site
from monps.services.rounds import find_match
from monps.web.rendering import static_address

if TYPE_CHECKING:
    from playwright.sync_api import Browser

REPETITIONS = 40
_VISITS = 5
_ROUNDS = 3
"""So many make more than the fifty fixtures that the page of rounds shows at most."""
_LARGEST = """() => new Promise((resolve) => new PerformanceObserver((list) =>
  resolve(list.getEntries().at(-1).startTime))
  .observe({ type: "largest-contentful-paint", buffered: true }))"""


def measure() -> Report:
    """Measure the pages that people look at most."""
    note = """Milliseconds are from sending a request to having read the answer, on one connection, the
page having been asked for once before (`first`, which learns a league's players); kilobytes are as sent,
compressed. Processor time is that of the whole process, in which the client that asks runs too. The largest
contentful paint is Chromium's own figure, the best of five visits with an empty cache."""
    return Report("Pages of the dashboard", list(_rows()), (note,))


def _rows() -> Iterator[dict[str, Cell]]:
    with simulated_site(_ROUNDS) as site:
        for name, path in _pages(site).items():
            yield {"page": name, **_asked(site, path), "largest paint, s": _painted(site, path)}


def _pages(site: Site) -> dict[str, str]:
    return {
        f"round of {len(site.coming)} fixtures": "/",
        "match": f"/match/{site.coming[0]}",
        "all prices of a match": f"/match/{site.coming[0]}/markets",
        "team": f"/team/{first_team(site)}",
        "performance": "/performance",
        "ledger": "/ledger",
        "system": "/system",
    }


def first_team(site: Site) -> str:
    """Return the address of a team that plays in the next match."""
    match = find_match(site.application.open_work, site.coming[0], now=site.application.clock.now())
    return f"{match.competition}/{quote(match.home)}"


def _asked(site: Site, path: str) -> dict[str, Cell]:
    with httpx.Client(base_url=site.url, headers={"accept-encoding": "gzip"}, timeout=60) as client:
        first, _, _ = _timed(client, path)
        walls, processor, sizes = zip(*(_timed(client, path) for _ in range(REPETITIONS)), strict=True)
        files = sum(_timed(client, static_address(each))[2] for each in ("monps.css", "monps.js"))
    return {
        "first, ms": first,
        "best, ms": min(walls),
        "median, ms": statistics.median(walls),
        "processor best, ms": min(processor),
        "processor median, ms": statistics.median(processor),
        "page, kB": sizes[-1] / 1000,
        "with style and script, kB": (sizes[-1] + files) / 1000,
    }


def _timed(client: httpx.Client, path: str) -> tuple[float, float, int]:
    """Return the milliseconds that passed, those of the processor, and the bytes that came."""
    started, worked = perf_counter(), process_time()
    answer = client.get(path).raise_for_status()
    return 1000 * (perf_counter() - started), 1000 * (process_time() - worked), answer.num_bytes_downloaded


def _painted(site: Site, path: str) -> float:
    """Return when the largest part of a page is seen, in seconds: the best of some first visits."""
    chromium = find_chromium()
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where there is a browser

    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=str(chromium), args=["--no-sandbox"])
        visits = [_visit(browser, site.url + path) for _ in range(_VISITS)]
        browser.close()
    return min(visits) / 1000


def _visit(browser: "Browser", url: str) -> float:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(url)
    milliseconds = float(page.evaluate(_LARGEST))
    page.close()
    return milliseconds


def find_chromium() -> Path:
    """Return the browser of the system."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        raise Absent("no Chromium here (apt-get install chromium)")
    return Path(found)
