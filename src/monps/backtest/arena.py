"""What betting is replayed on: offers that existed, forecasts of that morning, results, closing prices."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np

from monps.agents import Forecast, GridForecast, History
from monps.domain.market import Selection
from monps.markets.catalogue import settle
from monps.markets.facts import Facts
from monps.numerics.checks import Bools, Floats, Ints
from monps.numerics.grid import ScoreGrid
from monps.ratings.market_memory import SHARPEST_FIRST
from monps.staking.offers import Offers, offers_of
from monps.staking.value import Chances, probabilities
from monps.tables.matches import MatchTable
from monps.tables.quotes import QuoteTable

_MICROS_A_DAY = 86_400_000_000
_SMALLEST = 1e-12


@runtime_checkable
class _Uncertain(Protocol):
    """A forecast that says how sure it is."""

    @property
    def errors(self) -> Floats: ...


@runtime_checkable
class _Pooled(Protocol):
    """A forecast that several others were made into."""

    @property
    def members(self) -> Sequence[GridForecast]: ...

    @property
    def weights(self) -> Floats: ...


@dataclass(frozen=True, slots=True, eq=False)
class Arena:
    """n matches that can be bet on.

    Parameters
    ----------
    matches : MatchTable
        The n matches, in order of kick-off.
    grid : ScoreGrid
        Their forecasts.
    rate_errors : ndarray, shape (n, 2)
        Standard errors of the logarithms of both sides' goal rates.
    offers : Offers
        Prices from before the match, of all bookmakers.
    chances : Chances
        What the forecasts say of the offers.
    settled : ndarray, shape (m, n)
        What a unit on each of the offers' selections came to; NaN where that is not known.
    closing : ndarray, shape (m, n)
        Margin-free closing odds of each selection; NaN where there are none.
    days : ndarray of int, shape (n,)
        Match days, since 1970.
    """

    matches: MatchTable
    grid: ScoreGrid
    rate_errors: Floats
    offers: Offers
    chances: Chances
    settled: Floats
    closing: Floats
    days: Ints

    @property
    def as_of(self) -> Ints:
        """Shape (n,): the morning of each match, in microseconds since 1970."""
        return self.days * _MICROS_A_DAY

    @property
    def competition(self) -> Ints:
        """Shape (n,): a number for each match's competition."""
        codes = self.matches.frame["competition"].to_numpy()
        return np.asarray(np.unique(codes, return_inverse=True)[1], dtype=np.int64)


def arena_of(history: History, forecast: GridForecast, wanted: Bools, quotes: QuoteTable) -> Arena:
    """Put together what betting on some matches is replayed on.

    Parameters
    ----------
    history : History
        The matches that the forecasts are of.
    forecast : GridForecast
        Made walk-forward.
    wanted : ndarray of bool, shape (all,)
        The matches to bet on; those without a forecast are left out.
    quotes : QuoteTable
        Of all bookmakers whose prices may be taken, and of those whose closing prices are believed.

    Notes
    -----
    A price is taken as it stood on the morning of the match, that is, as it was collected on that day or
    before. Where only the day of a match is known, that is before its first minute.
    """
    rows = wanted & forecast.made
    matches = MatchTable(history.matches.frame.filter(rows))
    offers = offers_of(matches.frame["match_id"].to_list(), quotes)
    grid, errors = forecast.grid(rows), errors_of(forecast, rows)
    return Arena(
        matches,
        grid,
        errors,
        offers,
        probabilities(offers, grid, errors),
        settlements(matches, offers.selections),
        _closing(matches, quotes, offers.selections),
        np.floor(matches.kickoff_days).astype(np.int64),
    )


def settlements(matches: MatchTable, selections: Sequence[Selection]) -> Floats:
    """Shape (m, n): what a unit on each selection came to in each match, by the markets' own rules."""
    half = matches.column("home_half_time_goals"), matches.column("away_half_time_goals")
    facts = Facts((matches.home_goals, matches.away_goals), half)
    if not selections:
        return np.zeros((0, len(matches)))
    return np.stack([settle(selection, facts) for selection in selections])


def errors_of(forecast: GridForecast, rows: Bools) -> Floats:
    """Shape (n, 2): standard errors of the chosen matches' log goal rates, 0 where a forecast has none.

    Those of a pool are its members' spread, each counting as it does in the pool.
    """
    if isinstance(forecast, _Uncertain):
        return np.nan_to_num(forecast.errors[rows])
    if isinstance(forecast, _Pooled):
        return _spread(forecast, rows)
    return np.zeros((int(rows.sum()), 2))


def _spread(pool: _Pooled, rows: Bools) -> Floats:
    rated = [place for place, member in enumerate(pool.members) if isinstance(member, Forecast)]
    rates = np.array(
        [[getattr(pool.members[place], side)[rows] for side in ("home", "away")] for place in rated]
    )
    weights = np.abs(pool.weights[rows][:, rated].T)[:, None, :] * np.isfinite(rates)
    logs = np.log(np.where(np.isfinite(rates), rates, 1.0))
    total = np.maximum(weights.sum(axis=0), _SMALLEST)
    mean = (weights * logs).sum(axis=0) / total
    variance: Floats = (weights * (logs - mean) ** 2).sum(axis=0) / total
    return np.sqrt(variance).T


def _closing(matches: MatchTable, quotes: QuoteTable, selections: Sequence[Selection]) -> Floats:
    """Return margin-free closing odds of the sharpest bookmaker that has them, shape (m, n)."""
    last = offers_of(matches.frame["match_id"].to_list(), quotes, closing=True)
    found = np.full((len(selections), len(matches)), np.nan)
    places = {selection: place for place, selection in enumerate(selections)}
    row = np.array([places.get(selection, -1) for selection in last.selections], dtype=np.int64)
    for name in reversed(SHARPEST_FIRST):
        said = last.of_bookmakers([name]) & np.isfinite(last.fair)
        said[said] = row[last.selection[said]] >= 0
        found[row[last.selection[said]], last.match[said]] = 1.0 / last.fair[said]
    return found
