"""Fits from zero, the next day's fit, and a season refitted every match day."""

from collections.abc import Iterator

import numpy as np
import polars as pl
from penaltyblog.models import DixonColesGoalModel, PoissonGoalsModel

from benchmarks import data, peer
from benchmarks.cases import Alone, Case
from monps import DixonColes, MatchTable, Poisson
from monps.agents import History, SingleModel
from monps.models import ScoreModel
from monps.numerics.checks import Bools
from monps.numerics.scoring import log_loss, ranked_probability_score
from monps.tables import QuoteTable

HALF_LIFE_DAYS = 390.0
SEASON = 380
NO_QUOTES = QuoteTable.from_quotes(())


def cases() -> Iterator[Case | Alone]:
    """Yield what is compared."""
    _, table = data.one_league()
    last, three = _last_seasons(table, 1), _last_seasons(table, 3)
    plain = Poisson(half_life_days=None, ridge=0.0)
    decayed = DixonColes(half_life_days=HALF_LIFE_DAYS, ridge=0.0)
    for matches in (last, three):
        yield from _from_zero(f"Poisson fit, {len(matches)} matches, from zero", plain, matches, 40.0)
    yield from _from_zero(f"Dixon–Coles joint fit, {len(three)}, time decay, from zero", decayed, three, 20.0)
    yield _next_day(decayed, three)
    yield _one_season(table)
    yield from _many_seasons()


def _from_zero(name: str, model: ScoreModel, table: MatchTable, target: float) -> Iterator[Case]:
    """Fit to a table as it stands in memory, and to one of which no column has been read yet."""
    kind = DixonColesGoalModel if model.low_scores else PoissonGoalsModel
    matches, weights = peer.columns(table), _weights(model, table)
    theirs = peer.fit(kind, matches, weights).loglikelihood
    ours = model.fit(table).report.log_likelihood
    assert ours >= theirs - 1e-6, f"{name}: our maximum {ours} is below theirs, {theirs}"
    yield Case(
        f"{name} (log-likelihood {ours:.6f}, theirs {theirs:.6f})",
        lambda: model.fit(table),
        lambda: peer.fit(kind, matches, weights),
        target,
    )
    yield Case(
        f"{name}, from an unread data frame",
        lambda: model.fit(MatchTable(table.frame)),
        lambda: peer.fit(kind, matches, weights),
        target,
    )


def _next_day(model: ScoreModel, table: MatchTable) -> Case:
    """Carry the day before's fit on when a day's matches are known; the peer has to begin anew."""
    days = table.known_days
    before = model.fit(MatchTable(table.frame.filter(days < days.max())))
    matches, weights = peer.columns(table), _weights(model, table)
    return Case(
        f"the same carried to the next day, {int((days == days.max()).sum())} matches more",
        lambda: before.update(table),
        lambda: peer.fit(DixonColesGoalModel, matches, weights),
        100.0,
    )


def _one_season(table: MatchTable) -> Case:
    """Refit every match day of the last season on three seasons, forecast it and score it."""
    seasons = table.column("season")
    three = _last_seasons(table, 3)
    wanted = three.column("season") == seasons.max()
    agent = SingleModel(model=DixonColes(half_life_days=HALF_LIFE_DAYS))
    count, rps = peer.season(three, wanted, HALF_LIFE_DAYS)
    return Case(
        f"one season refitted every match day, forecast and scored (RPS {_scored(agent, three, wanted):.4f}; "
        f"theirs {rps:.4f}, on the {count} matches of teams it has seen)",
        lambda: _scored(agent, MatchTable(three.frame), wanted),
        lambda: peer.season(three, wanted, HALF_LIFE_DAYS),
        40.0,
        rounds=2,
        at_least=0.0,
    )


def _many_seasons() -> Iterator[Alone]:
    """Refit five leagues daily for four seasons, and for eight."""
    name, table = data.five_leagues()
    seasons, agent = table.column("season"), SingleModel(model=DixonColes(half_life_days=HALF_LIFE_DAYS))
    for count, target in ((4, 1.5), (8, 3.0)):
        wanted = seasons > seasons.max() - count

        def walk(wanted: Bools = wanted) -> float:
            return _scored(agent, MatchTable(table.frame), wanted)

        refits = agent.replay(History(table, NO_QUOTES), wanted).refits
        listed = f"{int(wanted.sum()):,} forecasts, {refits:,} fits"
        yield Alone(f"{name}: the last {count} seasons refitted daily, {listed}", walk, target)


def _scored(agent: SingleModel, table: MatchTable, wanted: Bools) -> float:
    """Forecast walk-forward, score, and return the mean RPS."""
    forecast = agent.replay(History(table, NO_QUOTES), wanted)
    probabilities = forecast.grid(wanted).outcomes()
    happened = (1 - np.sign(table.home_goals - table.away_goals)[wanted]).astype(np.int64)
    log_loss(probabilities, happened)
    return float(ranked_probability_score(probabilities, happened).mean())


def _last_seasons(table: MatchTable, count: int) -> MatchTable:
    return table.where(pl.col("season") > pl.col("season").max() - count)


def _weights(model: ScoreModel, table: MatchTable) -> np.ndarray | None:
    """Weigh the matches as our fit does, for the peer."""
    if model.half_life_days is None:
        return None
    return np.asarray(np.exp2((table.kickoff_days - table.known_days.max()) / model.half_life_days))
