"""Kelly stakes, and rules replayed, beside penaltyblog where it has the operation."""

import warnings
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr
from io import StringIO
from time import perf_counter

import numpy as np
import pandas as pd
import penaltyblog as pb

from benchmarks import data
from benchmarks.report import Cell, Report
from benchmarks.timing import in_turn
from monps.backtest.arena import Arena
from monps.backtest.betting import bet_by
from monps.backtest.play import play
from monps.backtest.rules import BettingRule
from monps.domain.market import MarketKey
from monps.markets.catalogue import market
from monps.markets.pricing import price
from monps.numerics.growth import bet_returns, kelly_exclusive, kelly_simultaneous
from monps.numerics.low_scores import dixon_coles_grid
from monps.staking import Flat, Kelly, MatchKelly

MARKETS = 10_000
BETS = 20
KEYS = (
    MarketKey("match_result"),
    *(MarketKey("totals", line) for line in (1.5, 2.25, 2.5, 3.5)),
    *(MarketKey("asian_handicap", line) for line in (-1.0, -0.25, 0.0, 0.5)),
    MarketKey("both_teams_to_score"),
)
NOTE = """Theirs is a call for one market; ours, markets in batch. Replaying: a flat bet on every home side,
forecasts and prices given, by their engine's loop and by ours, which also checks limits and keeps books to
the cent. Best of several turns; the second row is a median of 200 matches."""


def measure() -> Report:
    """Time stakes, and replaying."""
    return Report("Stakes and replayed rules, beside penaltyblog", _rows(), (NOTE,))


def _rows() -> Iterator[dict[str, Cell]]:
    yield _exclusive()
    yield _simultaneous()
    if data.folder() is not None:
        from benchmarks.betting import arena  # noqa: PLC0415 - it forecasts for a minute

        there = arena()
        yield _overhead(there)
        yield _eight_seasons(there)


def _row(what: str, theirs: float | None, ours: float, target: float) -> dict[str, Cell]:
    return {
        "operation": what,
        "theirs": "–" if theirs is None else _time(theirs),
        "ours": _time(ours),
        "times faster": None if theirs is None else round(theirs / ours),
        "target": f"≤ {_time(target)}",
        "met": "yes" if ours <= target else "no",
    }


def _time(seconds: float) -> str:
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds / 1e-6:.3g} µs"


def _exclusive() -> dict[str, Cell]:
    rng = np.random.default_rng(1)
    chance = rng.dirichlet([5.0, 3.0, 4.0], MARKETS)
    odds = rng.uniform(0.85, 1.1, (MARKETS, 3)) / chance
    one = odds[0].tolist(), chance[0].tolist()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # theirs tries a second optimiser, which complains
        theirs, ours = in_turn(
            [lambda: pb.betting.multiple_kelly_criterion(*one), lambda: kelly_exclusive(chance, odds)],
            rounds=5,
            at_least=0.2,
        )
    return _row(
        f"stakes on three exclusive outcomes, a market of {MARKETS:,}",
        theirs.best,
        ours.best / MARKETS,
        20e-6,
    )


def _simultaneous() -> dict[str, Cell]:
    rng = np.random.default_rng(2)
    settled = np.concatenate([market(k).payoffs(15).reshape(len(market(k).selections), -1) for k in KEYS])[
        :BETS
    ]
    grids = dixon_coles_grid(*rng.uniform(0.6, 2.4, (2, 200)), -0.05)
    win, lose = np.maximum(settled, 0) @ grids.cells.T, np.maximum(-settled, 0) @ grids.cells.T
    odds = 1.0 + lose / win * rng.uniform(0.9, 1.08, win.shape)
    cases = [(bet_returns(settled, odds[:, row]), grids.cells[row]) for row in range(200)]
    gap, times = 0.0, []
    for returns, chance in cases:
        begun = perf_counter()
        found = kelly_simultaneous(returns, chance)
        times.append(perf_counter() - begun)
        gap = max(gap, found.gap)
    what = f"stakes on {BETS} selections of one match, exactly (growth at most {gap:.0e} short)"
    return _row(what, None, float(np.median(times)), 1e-3)


def _overhead(there: Arena) -> dict[str, Cell]:
    rule = BettingRule(choice="home", markets=("match_result",), stake=Flat(unit=0.0001), initial="100000.00")
    count = len(there.grid)
    theirs, ours = in_turn([_their_replay(there, 2000), lambda: play(there, rule)], rounds=5, at_least=0.0)
    what = f"replaying a flat rule, a fixture of {count:,} (theirs of 2,000)"
    return _row(what, theirs.best / 2000, ours.best / count, 20e-6)


def _their_replay(there: Arena, count: int) -> Callable[[], object]:
    """Replay a flat bet on every home side by penaltyblog's engine."""
    frame = there.matches.frame[:count]
    table = pd.DataFrame(
        {
            "date": frame["kickoff"].dt.date().to_list(),
            "won": (frame["home_goals"] > frame["away_goals"]).to_list(),
            "odds": (1.0 / price(there.grid[:count], [MarketKey("match_result")]).probability[:, 0]).tolist(),
        }
    )
    engine = pb.backtest.Backtest(table, str(table["date"].min()), str(table["date"].max()))

    def bet(context: pb.backtest.Context) -> None:
        context.account.place_bet(context.fixture["odds"], 10.0, int(context.fixture["won"]))

    def replay() -> None:
        with redirect_stderr(StringIO()):
            engine.start(100_000.0, bet)

    return replay


def _eight_seasons(there: Arena) -> dict[str, Cell]:
    begun = perf_counter()
    bets = [
        bet_by(there, BettingRule(stake=stake, price="books"))[0].bets
        for stake in (Flat(), Kelly(), MatchKelly())
    ]
    seconds = perf_counter() - begun
    what = f"three rules on {len(there.grid):,} matches, all books, with reports ({sum(bets):,} bets)"
    return _row(what, None, seconds, 15.0)
