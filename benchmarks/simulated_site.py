"""The dashboard on the simulated league, its next round predicted: what pictures and measurements look at."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import uvicorn

from monps import bootstrap
from monps.api.forecasting import forecaster
from monps.bootstrap import Application, SystemClock
from monps.domain.ledger import BetSlip
from monps.ports.calendar import Stretch
from monps.services.bankrolls import DEFAULT_BANKROLL, open_bankroll
from monps.services.demo import fill_dashboard
from monps.services.ingest import ingest
from monps.services.jobs import claim_backtest, finish_backtest, run_request
from monps.services.place import place_bets
from monps.services.predict_round import Asking
from monps.services.predictions import Rules, Sender
from monps.services.rounds import list_round
from monps.services.settle import settle_bets
from monps.settings import Settings
from monps.sources.simulated import SimulatedCountry
from monps.web.dashboard import dashboard

_SOURCES = ("football-data", "understat")
_RULES = Rules(timedelta(days=60), 0.5)
_BETS = 120


class Site(NamedTuple):
    """A running dashboard: its address, its application, and the numbers of the matches to come."""

    url: str
    application: Application
    coming: tuple[int, ...]


@contextmanager
def simulated_site(rounds: int = 1) -> Iterator[Site]:
    """Serve a league that was ingested, predicted, backtested and bet on.

    Parameters
    ----------
    rounds : int
        How many rounds to come are on the calendar, each of 21 matches.
    """
    with TemporaryDirectory(prefix="monps-site-") as folder:
        application = filled_site(Path(folder), rounds)
        app = dashboard(application, forecaster(application))
        server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        port = server.servers[0].sockets[0].getsockname()[1]
        listed = list_round(application.open_work, now=application.clock.now())
        yield Site(f"http://127.0.0.1:{port}", application, tuple(match.match_id for match in listed))
        server.should_exit = True
        thread.join()
        application.database.close()


def filled_site(folder: Path, rounds: int = 1) -> Application:
    """Make the application of a league below a folder; see ``simulated_site``."""
    country = bootstrap.simulated_country(seasons=4)
    country.write(folder / "files")
    _write_later_rounds(country, folder / "files" / "football-data", rounds - 1)
    present = country.fixtures()[0].kickoff - timedelta(hours=4)
    settings = Settings(_env_file=None, cache_dir=folder / "cache")
    application = Application(settings, SystemClock()).demonstration(present)
    for name in _SOURCES:
        source = bootstrap.source(name)
        ingest(source.files(folder / "files" / name), source, application.open_work, clock=application.clock)
    _bet(application, present)
    asking = Asking(forecaster(application), _RULES, Sender("demo"), present)
    fill_dashboard(application.open_work, asking)
    while job := claim_backtest(application.open_work, now=present):
        found = run_request(application.open_work, job.request, now=present, on_stage=lambda *_: None)
        finish_backtest(application.open_work, job.job_id, found, now=present)
    return application


def _write_later_rounds(country: SimulatedCountry, folder: Path, number: int) -> None:
    """Write the fixtures of rounds after the next one, as the files of later weeks would have them."""
    for place in range(1, number + 1):
        country = replace(country, until=max(each.kickoff for each in country.fixtures()).date())
        content = dict(country.payloads())["football-data/fixtures.csv"]
        (folder / f"later-{place}").mkdir()
        (folder / f"later-{place}" / "fixtures.csv").write_bytes(content)


def _bet(application: Application, now: datetime) -> None:
    """Back the home side of some past matches, whatever it costs: what that comes to is what it comes to."""
    open_bankroll(application.open_work, DEFAULT_BANKROLL, Decimal("1000.00"), now=now - timedelta(days=900))
    with application.open_work() as work:
        ever = Stretch((), now - timedelta(days=400), now)
        played = [stored.match for stored in work.calendar.results(ever, now, _BETS)]
        numbers = [stored.match_id for stored in work.calendar.results(ever, now, _BETS)]
        quotes = {
            each.match_id: each.quote.odds[0]
            for each in work.calendar.quotes(numbers, now)
            if each.quote.market == "match_result" and not each.quote.closing
        }
    slips = [
        BetSlip(
            match_id=number, selection="home", bookmaker="pinnacle", odds=Decimal(str(quotes[number])),
            stake=Decimal("5.00"), placed_at=match.kickoff - timedelta(hours=1),
        )
        for number, match in reversed(list(zip(numbers, played, strict=True)))
        if number in quotes
    ]  # fmt: skip
    place_bets(application.open_work, DEFAULT_BANKROLL, slips, now=now)
    settle_bets(application.open_work, now=now)
