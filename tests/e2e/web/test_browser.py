"""The dashboard in a real browser: quiet, at home on every screen, and open to the keyboard.

Debian's Chromium is driven by Playwright; where there is none, these tests say so and are skipped.
"""

import os
import re
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
import uvicorn

from fakes import FakeClock
from monps.services.consult import Answer
from monps.storage.schema import SqlDatabase
from monps.web.dashboard import dashboard
from predictions import prediction
from web_desk import FakeDesk
from web_store import NOW

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
CHROMIUM = os.environ.get("MONPS_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here (apt-get install chromium)")

PAGES = {
    "rounds": "/",
    "match": "/match/{match}",
    "markets": "/match/{match}/markets",
    "teams": "/team",
    "team": "/team/SIM1/Ashgrave",
    "team-timing": "/team/SIM1/Ashgrave?style=timing",
    "performance": "/performance",
    "ledger": "/ledger",
    "backtests": "/backtests",
    "backtest": "/backtests/1",
    "compare": "/backtests/compare?job=1&job=2",
    "system": "/system",
    "failure": "/nothing",
}
PHONE, DESK = 390, 1440


class Look(NamedTuple):
    """How a reader looks at pages."""

    width: int
    theme: str
    language: str

    def __str__(self):
        return "-".join(map(str, self))


LOOKS = [Look(*each) for each in product((PHONE, DESK), ("dark", "light"), ("fr", "en"))]
SERIOUS = {"serious", "critical"}
_MOST_TABS = 120


@pytest.fixture(scope="module")
def site(filled_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    """Serve a full store on a port of its own."""
    file = tmp_path_factory.mktemp("browser") / "monps.sqlite"
    shutil.copy(filled_file, file)
    database = SqlDatabase(f"sqlite:///{file}")
    with database.open_work() as work:
        [coming] = work.matches.fixtures([], NOW)
    settings = SimpleNamespace(max_prediction_days=60, min_confidence_threshold=0.5)
    desk = FakeDesk(database.open_work, FakeClock(NOW), settings=settings)
    made = prediction(match_id=coming.match_id, prediction_id="q-made-now")
    app = dashboard(desk, lambda requests: [Answer(each, made) for each in requests])
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    [socket] = server.servers[0].sockets
    yield SimpleNamespace(url=f"http://127.0.0.1:{socket.getsockname()[1]}", match=coming.match_id)
    server.should_exit = True
    thread.join()
    database.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    """Start Chromium once."""
    with playwright.sync_playwright() as started:
        made = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield made
        made.close()


@pytest.fixture
def visit(site, browser):
    """Return what opens a page as one reader, and says what the browser complained of and whom it asked."""

    @contextmanager
    def open_page(name="rounds", *, width=DESK, theme="light", language="en", scripts=True):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=theme, locale=language,
            java_script_enabled=scripts, reduced_motion="reduce",
        )  # fmt: skip
        page = context.new_page()
        page.said, page.asked = [], []
        page.on(
            "console", lambda message: page.said.append(message.text) if message.type == "error" else None
        )
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(site.url + PAGES[name].format(match=site.match))
        yield page
        context.close()

    return open_page


def is_quiet(page, name):
    """No complaint, but of the missing page that was asked for; nobody asked but ourselves."""
    said = [text for text in page.said if name != "failure" or "404" not in text]
    hosts = {urlsplit(url).hostname for url in page.asked}
    return said == [] and hosts == {"127.0.0.1"}


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def tab_to(page, selector):
    """Press Tab until the focus is there, and show that it can be seen."""
    for _ in range(_MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    pytest.fail(f"Tab does not lead to {selector}")


@pytest.mark.parametrize("name", ["rounds", "match"])
@pytest.mark.parametrize("look", [LOOKS[0], LOOKS[-1]], ids=str)
def test_the_main_pages_are_quiet_and_fit(name, look, visit):
    with visit(name, **look._asdict()) as page:
        assert is_quiet(page, name)
        assert fits(page)


@pytest.mark.slow
@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_every_page_is_quiet_and_fits(name, look, visit):
    with visit(name, **look._asdict()) as page:
        assert is_quiet(page, name)
        assert fits(page)
        assert page.locator("html").get_attribute("lang") == look.language


def test_the_keyboard_alone_leads_from_a_round_to_a_stake_and_its_record(visit):
    with visit() as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        tab_to(page, "a.sides")
        page.keyboard.press("Enter")
        page.wait_for_url("**/match/*")
        tab_to(page, 'input[name="odds~match_result~~full_time~home"]')
        page.keyboard.type("2.60")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile("full_time.*home=2.60"))
        tab_to(page, "button[form^=bet-]")
        page.keyboard.press("Enter")
        page.wait_for_url("**/ledger?recorded=*")
        assert page.get_by_role("status").is_visible()


def test_the_focus_can_be_seen(visit):
    with visit("match") as page:
        tab_to(page, "input.price")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
        assert outline == "3px"


def test_a_theme_and_a_language_last(visit):
    with visit() as page:
        page.get_by_role("button", name="Theme: dark").click()
        page.get_by_role("button", name="Français").click()
        assert page.locator("html").get_attribute("data-theme") == "dark"
        assert page.locator("html").get_attribute("lang") == "fr"
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(12, 17, 22)"


def test_everything_works_without_scripts(visit):
    with visit("match", scripts=False) as page:
        page.locator('input[name="odds~match_result~~full_time~home"]').fill("2.60")
        page.locator("#prices button.button").first.click()
        page.get_by_text("Record bet").first.wait_for()
        page.locator("summary", has_text="As a table").first.click()
        assert page.locator("details.twin table").first.is_visible()


def test_a_match_is_forecast_by_a_click(visit):
    with visit("match") as page:
        page.get_by_role("button", name="Forecast again").click()
        page.get_by_text("q-made-now").wait_for()


def test_a_filter_narrows_the_prices(visit):
    with visit("markets") as page:
        page.get_by_role("searchbox").fill("over")
        rows = page.locator("table.prices tbody tr:not(.market):visible")
        assert 0 < rows.count() < 200
        assert "over" in rows.first.inner_text().lower()


@pytest.fixture(scope="module")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Fetch axe-core with npm into a folder that goes away, and return its script."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("no npm here, so axe-core cannot be fetched")
    folder = tmp_path_factory.mktemp("axe")
    command = [npm, "install", "--no-audit", "--no-fund", "--prefix", str(folder), "axe-core@4"]
    fetched = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    if fetched.returncode:
        pytest.skip(f"npm could not fetch axe-core: {fetched.stderr.strip().splitlines()[-1:]}")
    return (folder / "node_modules" / "axe-core" / "axe.min.js").read_text()


@pytest.mark.slow
@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_axe_finds_no_serious_violation(name, look, visit, axe):
    with visit(name, **look._asdict()) as page:
        page.evaluate(axe)
        found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")["violations"]
        grave = [
            (each["id"], node["html"][:160], node.get("failureSummary", "")[:200])
            for each in found
            if each["impact"] in SERIOUS
            for node in each["nodes"]
        ]
        assert grave == []
