"""How long the server takes for a page, how much goes over the wire, and when it is seen."""

import shutil
import statistics
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import httpx

from benchmarks.data import Absent
from benchmarks.report import Cell, Report
from benchmarks.simulated_site import Site, simulated_site

REPETITIONS = 40
_LARGEST = """() => new Promise((resolve) => new PerformanceObserver((list) =>
  resolve(list.getEntries().at(-1).startTime))
  .observe({ type: "largest-contentful-paint", buffered: true }))"""


def measure() -> Report:
    """Measure the pages that people look at most."""
    note = """Milliseconds are from sending a request to having read the answer, on one connection, the
page having been asked for once before (`first`, which learns a league's players); kilobytes are as sent,
compressed. The largest contentful paint is Chromium's own figure for a visit with an empty cache."""
    return Report("Pages of the dashboard", list(_rows()), (note,))


def _rows() -> Iterator[dict[str, Cell]]:
    with simulated_site() as site:
        for name, path in _pages(site).items():
            yield {"page": name, **_asked(site, path), "largest paint, s": _painted(site, path)}


def _pages(site: Site) -> dict[str, str]:
    return {
        f"round of {len(site.coming)} fixtures": "/",
        "match": f"/match/{site.coming[0]}",
        "all prices of a match": f"/match/{site.coming[0]}/markets",
        "performance": "/performance",
        "ledger": "/ledger",
        "system": "/system",
    }


def _asked(site: Site, path: str) -> dict[str, Cell]:
    with httpx.Client(base_url=site.url, headers={"accept-encoding": "gzip"}) as client:
        started = perf_counter()
        client.get(path).raise_for_status()
        first = perf_counter() - started
        seconds = []
        for _ in range(REPETITIONS):
            started = perf_counter()
            answer = client.get(path)
            seconds.append(perf_counter() - started)
        own = answer.num_bytes_downloaded
        files = sum(
            client.get(each).num_bytes_downloaded for each in ("/static/monps.css", "/static/monps.js")
        )
    return {
        "first, ms": 1000 * first,
        "median, ms": 1000 * statistics.median(seconds),
        "best, ms": 1000 * min(seconds),
        "page, kB": own / 1000,
        "with style and script, kB": (own + files) / 1000,
    }


def _painted(site: Site, path: str) -> float:
    """Return when the largest part of a page is seen, in seconds."""
    chromium = find_chromium()
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where there is a browser

    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=str(chromium), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(site.url + path)
        milliseconds = page.evaluate(_LARGEST)
        browser.close()
    return float(milliseconds) / 1000


def find_chromium() -> Path:
    """Return the browser of the system."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        raise Absent("no Chromium here (apt-get install chromium)")
    return Path(found)
