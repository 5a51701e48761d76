"""Draw the pictures of the dashboard that README and documents show: ``python -m benchmarks screenshots``."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from benchmarks.dashboard import find_chromium, first_team
from benchmarks.report import Cell, Report
from benchmarks.simulated_site import Site, simulated_site

FOLDER = Path(__file__).parents[1] / "docs" / "_static" / "dashboard"
LARGEST_BYTES = 200_000
_SCALE = 1.5


class Shot(NamedTuple):
    """One picture: its name, the page, and how it is looked at; ``height`` of None is the whole page."""

    name: str
    path: str
    width: int = 1280
    height: int | None = 900
    theme: str = "light"
    language: str = "en"


def shots(site: Site) -> tuple[Shot, ...]:
    """List the pictures."""
    match = f"/match/{site.coming[0]}"
    typed = f"{match}?odds~match_result~~full_time~home=3.10#prices"
    return (
        Shot("rounds", "/", height=860),
        Shot("match", match, height=1180),
        Shot("match-dark", match, height=1180, theme="dark", language="fr"),
        Shot("match-phone", match, width=390, height=844),
        Shot("prices", typed, height=820),
        Shot("team", f"/team/{first_team(site)}", height=1240),
        Shot("performance", "/performance", height=980),
        Shot("ledger", "/ledger", height=820, theme="dark"),
        Shot("backtests", "/backtests/compare?job=1&job=2", height=620),
    )


def measure() -> Report:
    """Draw every picture, and say how large each is."""
    return Report(f"Pictures in {FOLDER.name}", list(_drawn()))


def _drawn() -> Iterator[dict[str, Cell]]:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where there is a browser

    FOLDER.mkdir(parents=True, exist_ok=True)
    with simulated_site() as site, sync_playwright() as started:
        browser = started.chromium.launch(executable_path=str(find_chromium()), args=["--no-sandbox"])
        for shot in shots(site):
            file = FOLDER / f"{shot.name}.webp"
            file.write_bytes(_compressed(_taken(browser, site, shot)))
            yield {"picture": file.name, "kB": file.stat().st_size / 1000}
        browser.close()


def _taken(browser: object, site: Site, shot: Shot) -> bytes:
    page = browser.new_page(  # type: ignore[attr-defined]
        viewport={"width": shot.width, "height": shot.height or 900},
        color_scheme=shot.theme,
        locale=shot.language,
        device_scale_factor=_SCALE,
        reduced_motion="reduce",
    )
    page.goto(site.url + shot.path)
    taken: bytes = page.screenshot(full_page=shot.height is None)
    page.close()
    return taken


def _compressed(png: bytes) -> bytes:
    """Write a picture as WebP, as well as it may be written in so many bytes."""
    from PIL import Image  # noqa: PLC0415 - comes with matplotlib

    picture = Image.open(BytesIO(png)).convert("RGB")
    for quality in (90, 80, 70, 60, 50):
        written = BytesIO()
        picture.save(written, "WEBP", quality=quality, method=6)
        if written.tell() <= LARGEST_BYTES:
            return written.getvalue()
    raise ValueError(f"a picture of {picture.size} is larger than {LARGEST_BYTES:,} bytes at any quality")
