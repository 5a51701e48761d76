"""The site as it is built: in time, without a warning, every link leading somewhere, readable on a phone."""

import os
import resource
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

pytestmark = pytest.mark.slow
CHROMIUM = os.environ.get("MONPS_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
PHONE = {"width": 390, "height": 844}
MOST_SECONDS = 120


class Page(HTMLParser):
    """Collects where a page leads, and where in it one can be led to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.feed(text)

    def handle_starttag(self, _tag, attrs):
        named = dict(attrs)
        self.anchors |= {named[name] for name in ("id", "name") if named.get(name)}
        self.links += [named[name] for name in ("href", "src") if named.get(name)]


@pytest.fixture(scope="module")
def built(root, tmp_path_factory) -> tuple[Path, float]:
    """Return the site, and the processor's seconds that it took."""
    folder = tmp_path_factory.mktemp("site")
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    command = [
        sys.executable,
        "-m",
        "sphinx",
        "-q",
        "-W",
        "--keep-going",
        "-b",
        "html",
        str(root / "docs"),
        str(folder),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return folder, resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


@pytest.fixture(scope="module")
def pages(built) -> dict[Path, Page]:
    return {path: Page(path.read_text(encoding="utf-8")) for path in built[0].rglob("*.html")}


def test_it_is_built_in_two_minutes(built):
    assert built[1] < MOST_SECONDS


def test_every_link_within_leads_somewhere(pages):
    broken = []
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            known = pages[target].anchors if target in pages else None
            if not target.exists() or (parts.fragment and known is not None and parts.fragment not in known):
                broken.append((path.name, link))
    assert broken == []
    assert sum(len(page.links) for page in pages.values()) > 1000


def test_nothing_is_loaded_from_elsewhere(pages):
    """Links may lead away; pictures, scripts and styles may not come from there."""
    loaded = {
        link
        for path in pages
        for link in _loaded(path.read_text(encoding="utf-8"))
        if urlsplit(link).netloc or urlsplit(link).scheme not in {"", "data"}
    }
    assert loaded == set()


def _loaded(text: str) -> list[str]:
    found: list[str] = []

    class Loads(HTMLParser):
        def handle_starttag(self, tag, attrs):
            named = dict(attrs)
            if tag in {"img", "script", "iframe", "source"} and named.get("src"):
                found.append(named["src"])
            if tag == "link" and named.get("rel") == "stylesheet":
                found.append(named["href"])

    Loads().feed(text)
    return found


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here (apt-get install chromium)")
def test_no_page_is_wider_than_a_phone(pages):
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where there is a browser

    wide = {}
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport=PHONE)
        for path in sorted(pages):
            page.goto(path.as_uri())
            width = page.evaluate("document.documentElement.scrollWidth")
            if width > PHONE["width"]:
                wide[path.name] = width
        browser.close()
    assert wide == {}
