"""Live forecasts in process: one fixture with every market, a round of ten, a hundred thousand in a batch.

The Premier League's last ten seasons; the fixtures of 15 October 2022 with their early prices. Then the same
from the store, if it holds the league: reading, agents, pool, prices, scorers, up to the finished prediction.
Seconds of the processor, not of the clock, so that a busy machine does not blur them.
"""

import resource
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from time import process_time

import polars as pl

from benchmarks import data
from benchmarks.report import Cell, Report
from monps import bootstrap
from monps.agents import History
from monps.brain import UnifiedBrain
from monps.brain.fitted import FittedBrain
from monps.brain.tell import Asked, Telling, tell
from monps.domain.predictions import ForecastRequest
from monps.domain.scorers import LineUps
from monps.errors import MonpsError
from monps.markets.pricing import price_book
from monps.ratings.market_memory import with_implied_goals
from monps.tables.matches import MatchTable
from monps.tables.quotes import QuoteTable

DAY = datetime(2022, 10, 15, tzinfo=UTC)
MANY = 100_000
_TURNS = 20
_MEBI = 1024.0


def measure() -> Report:
    """Learn once, then ask."""
    data.real_folder()
    return Report("Live forecasts", _rows(), ("Best of several turns, CPU time.",))


def _rows() -> Iterator[dict[str, Cell]]:
    reading = data.real(("E0",), 2012, 2022)
    history = History(with_implied_goals(reading.matches, reading.quotes), reading.quotes)
    begun = process_time()
    fitted = UnifiedBrain().learn(history, DAY, {"E0": 2022})["E0"]
    yield _row("learn one league, ten seasons", process_time() - begun)
    payload = fitted.to_bytes()
    yield _row(f"read a kept fit, {len(payload) / 1e6:.1f} MB", _best(lambda: FittedBrain.read(payload)))
    fixtures, quotes = _of_the_day(reading.matches, reading.quotes)
    one, ten = fixtures.head(1), pl.concat([fixtures] * 2).head(10)
    yield _row("one fixture: agents and pool", _best(lambda: _consult(fitted, one, quotes)))
    yield _row("one fixture, told with all markets", _best(lambda: _told(fitted, one, quotes)))
    yield _row("a round of ten: agents and pool", _best(lambda: _consult(fitted, ten, quotes)))
    yield _row("a round of ten, all markets priced", _best(lambda: _priced(fitted, ten, quotes)))
    many = pl.concat([fixtures] * (MANY // len(fixtures) + 1)).head(MANY)
    yield _row(f"{MANY:,} fixtures, agents and pool", _best(lambda: _batch(fitted, many, quotes), turns=1))
    yield from _from_store(fixtures)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MEBI
    yield {"what": "resident memory at its highest", "ms": f"{peak:,.0f} MB"}


def _row(what: str, seconds: float) -> dict[str, Cell]:
    return {"what": what, "ms": f"{1e3 * seconds:,.1f}"}


def _best(work: Callable[[], object], turns: int = _TURNS) -> float:
    spent = []
    for _ in range(turns):
        begun = process_time()
        work()
        spent.append(process_time() - begun)
    return min(spent)


def _from_store(fixtures: pl.DataFrame) -> Iterator[dict[str, Cell]]:
    """Predict fixtures as users do; what has to be learned first is learned before the clock runs."""
    consultant = bootstrap.application().consultant
    sides = fixtures.select("home", "away", "kickoff").rows(named=True)
    plain = [ForecastRequest(competition="E0", as_of=DAY, **each) for each in sides]
    scored = [each.model_copy(update={"line_ups": LineUps()}) for each in plain]
    try:
        told = consultant.predict(scored[0])
    except MonpsError as reason:
        yield {"what": f"from the store: not measured, {reason}", "ms": ""}
        return
    players = 0 if told.scorers is None else len(told.scorers.scorers)
    yield _row("one fixture from the store, told", _best(lambda: consultant.predict(plain[0])))
    words = f"one fixture from the store, told, with {players} scorers"
    yield _row(words, _best(lambda: consultant.predict(scored[0])))
    yield _row(f"{len(plain)} fixtures from the store, told", _best(lambda: consultant.predict_all(plain)))


def _of_the_day(matches: MatchTable, quotes: QuoteTable) -> tuple[pl.DataFrame, QuoteTable]:
    fixtures = matches.where(pl.col("kickoff").dt.date() == DAY.date()).frame
    early = pl.col("match_id").is_in(fixtures["match_id"].to_list()) & ~pl.col("closing")
    return fixtures, QuoteTable(quotes.frame.filter(early))


def _consult(fitted: FittedBrain, fixtures: pl.DataFrame, quotes: QuoteTable) -> object:
    return fitted.consult(MatchTable(fixtures), quotes).outcomes


def _told(fitted: FittedBrain, fixtures: pl.DataFrame, quotes: QuoteTable) -> object:
    table = MatchTable(fixtures)
    telling = Telling(DAY, DAY, timedelta(days=30), "", "")
    return tell(Asked(fitted, table, quotes, fitted.consult(table, quotes)), telling, ["p"] * len(table))


def _priced(fitted: FittedBrain, fixtures: pl.DataFrame, quotes: QuoteTable) -> object:
    consensus = fitted.consult(MatchTable(fixtures), quotes)
    return price_book(None, consensus.grid.size, consensus.timing(0)).price(consensus.grid).probability


def _batch(fitted: FittedBrain, fixtures: pl.DataFrame, quotes: QuoteTable) -> None:
    for consensus in fitted.consult_in_parts(MatchTable(fixtures), quotes):
        _ = consensus.outcomes, consensus.agreement
