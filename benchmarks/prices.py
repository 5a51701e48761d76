"""Grids, price sheets, margins, and rates from odds."""

from collections.abc import Iterator

import numpy as np
from penaltyblog.models import DixonColesGoalModel

from benchmarks import data, peer
from benchmarks.cases import Alone, Case
from monps import DixonColes, MatchTable, price, remove_margin
from monps.markets.catalogue import listed
from monps.markets.timing import FULL_TIME
from monps.numerics.checks import Floats
from monps.numerics.inversion import rates_from_result
from monps.numerics.low_scores import dixon_coles_grid
from monps.players import GoalscorerCalculator, SquadShares

MATCHES, BOOKS, PLAYERS = 10_000, 1_000, 20
SAMPLE = 30
RHO = 0.001


def cases() -> Iterator[Case | Alone]:
    """Yield what is compared, or timed alone."""
    yield from _grids()
    rates = np.random.default_rng(1).uniform(0.5, 2.5, (2, BOOKS))
    chances = dixon_coles_grid(*rates, RHO).outcomes()
    for method, target in (("power", 300.0), ("shin", 150.0)):
        yield _margins(1.0 / (chances * 1.05), method, target)
    yield _rates(chances, rates.T)
    yield _scorers()


def _scorers() -> Alone:
    """Price the goalscorers of many fixtures: five markets of every player."""
    rng = np.random.default_rng(3)
    grid = dixon_coles_grid(*rng.uniform(0.5, 2.5, (2, MATCHES)), RHO)
    home, away = _squads(rng), _squads(rng)
    return Alone(
        f"goalscorers of {MATCHES:,} fixtures, 2 × {PLAYERS} players",
        lambda: GoalscorerCalculator(grid).price(home, away),
        2.0,
    )


def _squads(rng: np.random.Generator) -> SquadShares:
    starts, parts = rng.uniform(0.0, 0.8, (MATCHES, PLAYERS)), rng.uniform(0.0, 0.1, (2, MATCHES, PLAYERS))
    named = (starts * parts[0] + (1.0 - starts) * parts[1]).sum(axis=1)
    parts *= (0.95 / named)[:, None]
    return SquadShares(starts, 1.0 - starts, *parts, np.full(MATCHES, 0.02), np.full(MATCHES, 0.03))


def _grids() -> Iterator[Case]:
    """Make grids for many fixtures, and price everything on them."""
    _, table = data.one_league()
    fitted, model = DixonColes().fit(table), peer.fit(DixonColesGoalModel, peer.columns(table))
    homes, aways = _fixtures(table, np.random.default_rng(2))
    yield Case(
        f"grids for {MATCHES:,} matches",
        lambda: fitted.grid(homes, aways),
        lambda: model.predict_many(homes, aways),
        8.0,
        rounds=5,
    )
    keys = [key for key in listed() if key.period == FULL_TIME]
    few, ours = slice(SAMPLE * 3), len(price(fitted.grid(homes[:1], aways[:1]), keys).selections)
    theirs = len(peer.prices(model.predict(homes[0], aways[0])))
    yield Case(
        f"full-time price sheets for {MATCHES:,} matches, grids included, per price "
        f"({ours} selections; theirs {theirs}, from {few.stop} matches)",
        lambda: price(fitted.grid(homes, aways), keys).probability,
        lambda: [peer.prices(grid) for grid in model.predict_many(homes[few], aways[few])],
        500.0,
        units=(MATCHES * ours, few.stop * theirs),
        rounds=5,
    )


def _margins(odds: Floats, method: str, target: float) -> Case:
    """Remove the margin of many books on 1X2."""
    rows = odds.tolist()
    ours, theirs = remove_margin(odds, method).probabilities, np.array(peer.margin_free(rows, method))
    return Case(
        f"{method} margin removal, {BOOKS:,} × 3 (at most {_apart(ours, theirs)} apart)",
        lambda: remove_margin(odds, method),
        lambda: peer.margin_free(rows, method),
        target,
    )


def _rates(chances: Floats, truth: Floats) -> Case:
    """Find the goal rates behind 1X2 probabilities that were made from rates."""
    found, theirs = rates_from_result(chances, RHO), peer.goal_rates(chances[:SAMPLE], RHO)
    ours = np.column_stack([found.home, found.away])
    return Case(
        f"odds → goal rates, {BOOKS:,} matches (ours at most {_apart(ours, truth)} off the truth; theirs "
        f"{_apart(theirs, truth[:SAMPLE])}, on {SAMPLE})",
        lambda: rates_from_result(chances, RHO),
        lambda: peer.goal_rates(chances[:SAMPLE], RHO),
        500.0,
        units=(BOOKS, SAMPLE),
        rounds=3,
    )


def _apart(ones: Floats, others: Floats) -> str:
    return f"{np.abs(ones - others).max():.0e}"


def _fixtures(table: MatchTable, rng: np.random.Generator) -> tuple[list[str], list[str]]:
    """Draw fixtures between two different teams each."""
    names = np.array(table.teams.names)
    home = rng.integers(0, len(names), MATCHES)
    away = (home + rng.integers(1, len(names), MATCHES)) % len(names)
    return names[home].tolist(), names[away].tolist()
