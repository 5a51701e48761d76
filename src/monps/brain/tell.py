"""A consensus put into words and nouns: one prediction a fixture, with every market."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import compress
from typing import Any

import numpy as np

import monps
from monps.brain.consensus import Consensus
from monps.brain.edges import edges_of
from monps.brain.fitted import FittedBrain
from monps.domain.opinions import AgentOpinion, Provenance, confidence_level, data_quality
from monps.domain.predictions import EnsemblePrediction, ScoreChance
from monps.domain.price_list import Menu, PriceList
from monps.markets.catalogue import listed, menu
from monps.markets.pricing import price, price_book
from monps.markets.sheet import PriceSheet
from monps.numerics.checks import Floats
from monps.numerics.grid import ScoreGrid
from monps.tables.matches import MatchTable
from monps.tables.quotes import QuoteTable

FEW_MATCHES = 10
_LIKELIEST = 10
_WORTH_A_WORD = 0.005
_MOST_FACTORS = 6


@dataclass(frozen=True, slots=True)
class Telling:
    """What a prediction says beside the agents' numbers.

    Parameters
    ----------
    as_of, computed_at : datetime
        From when one looks, and when that was.
    freshness : timedelta
        Data older than this brings a warning, and less data quality.
    spec_hash, data_version : str
        Of the brain's recipe, and of what was known.
    """

    as_of: datetime
    computed_at: datetime
    freshness: timedelta
    spec_hash: str
    data_version: str


@dataclass(frozen=True, eq=False)
class Asked:
    """Fixtures of one competition that the brain was consulted about, with what it answered.

    Parameters
    ----------
    fitted : FittedBrain
        Who was consulted.
    fixtures : MatchTable
        The n fixtures, all of which somebody spoke of.
    quotes : QuoteTable
        Theirs.
    consensus : Consensus
        The answer.
    """

    fitted: FittedBrain
    fixtures: MatchTable
    quotes: QuoteTable
    consensus: Consensus


def tell(asked: Asked, telling: Telling, names: Sequence[str]) -> list[EnsemblePrediction]:
    """Return one prediction a fixture.

    Parameters
    ----------
    asked : Asked
        Fixtures and consensus.
    telling : Telling
        What else is said.
    names : sequence of str, length n
        What the predictions are to be called.
    """
    moved = _moved(asked.consensus)
    return [_one(asked, telling, name, (place, moved[:, :, place])) for place, name in enumerate(names)]


def _one(asked: Asked, telling: Telling, name: str, at: tuple[int, Floats]) -> EnsemblePrediction:
    place, moved = at
    sheets = list(_sheets(asked.consensus, place))
    return EnsemblePrediction(
        prediction_id=name,
        **_fixture(asked.fixtures, place),
        **_numbers(asked, telling, place),
        **_opinions(asked.consensus, place),
        markets=_price_list(menu("goals", *asked.consensus.counts), sheets),
        edges=edges_of(asked.fixtures, asked.quotes, sheets[0], place),
        contributing_factors=tuple(_factors(asked, moved, place)),
        warnings=tuple(_warnings(asked, telling, place)),
    )


def _fixture(fixtures: MatchTable, place: int) -> dict[str, Any]:
    row = fixtures.frame.row(place, named=True)
    names = ("competition", "season", "home", "away", "kickoff", "neutral", "referee")
    number = row["match_id"] if row["match_id"] >= 0 else None
    return {name: row[name] for name in names} | {"match_id": number}


def _sides(fixtures: MatchTable, place: int) -> tuple[str, str]:
    return fixtures.frame["home"][place], fixtures.frame["away"][place]


def _numbers(asked: Asked, telling: Telling, place: int) -> dict[str, Any]:
    consensus, fitted = asked.consensus, asked.fitted
    home_win, draw, away_win = consensus.outcomes[place].tolist()
    goals = [float(side[place]) for side in consensus.goals]
    errors = [goal * float(error) for goal, error in zip(goals, consensus.errors[place], strict=True)]
    age = max(telling.as_of - fitted.known_at, timedelta(0))
    quality = float(consensus.quality[place]) * min(1.0, telling.freshness / max(age, timedelta(seconds=1)))
    agreement = float(consensus.agreement[place])
    confidence = agreement * (1.0 + quality) / 2.0
    return {
        "as_of": telling.as_of, "computed_at": telling.computed_at, "model": fitted.name,
        "matches": fitted.known, "data_known_at": fitted.known_at, "data_age_days": age / timedelta(days=1),
        "home_win": home_win, "draw": draw, "away_win": away_win,
        "home_goals": goals[0], "away_goals": goals[1],
        "home_goals_error": errors[0], "away_goals_error": errors[1],
        "agreement": agreement,
        "epistemic_variance": float(consensus.epistemic_variance[place]),
        "aleatoric_variance": float(consensus.aleatoric_variance[place]),
        "confidence_score": confidence, "confidence_level": confidence_level(confidence),
        "data_quality_score": quality, "data_quality": data_quality(quality),
        "scores": tuple(_likeliest(consensus.grid, place)),
        "provenance": Provenance(
            model=fitted.name, code_version=monps.__version__, spec_hash=telling.spec_hash,
            data_version=telling.data_version, fitted_as_of=fitted.as_of,
        ),
    }  # fmt: skip


def _opinions(consensus: Consensus, place: int) -> dict[str, tuple[AgentOpinion, ...]]:
    every = tuple(_opinion(consensus, number, place) for number in range(len(consensus.names)))
    return {"members": every[: consensus.members], "voices": every[consensus.members :]}


def _opinion(consensus: Consensus, number: int, place: int) -> AgentOpinion:
    name, said = consensus.names[number], consensus.said[number]
    reasons = (said.reasons[place],)
    if not said.made[place]:
        return AgentOpinion(agent=name, abstained=True, reasons=reasons)
    home_win, draw, away_win = consensus.opinions[number, place].tolist()
    home, away = float(said.home[place]), float(said.away[place])
    return AgentOpinion(
        agent=name, weight=float(consensus.weights[place, number]),
        home_win=home_win, draw=draw, away_win=away_win, home_goals=home, away_goals=away,
        home_goals_error=home * float(said.errors[place, 0]),
        away_goals_error=away * float(said.errors[place, 1]),
        quality=float(said.quality[place]), reasons=reasons,
    )  # fmt: skip


def _likeliest(grid: ScoreGrid, place: int) -> Iterator[ScoreChance]:
    scores, chances = grid[place].likeliest(_LIKELIEST)
    for (home, away), chance in zip(scores[0].tolist(), chances[0].tolist(), strict=True):
        yield ScoreChance(home=home, away=away, probability=chance)


def _sheets(consensus: Consensus, place: int) -> Iterator[PriceSheet]:
    """Price goals by the consensus, and corners and cards as whoever has a view of them sees them."""
    yield price_book(None, consensus.grid.size, consensus.timing(place)).price(consensus.grid[place])
    for subject, grid in consensus.counts.items():
        yield price(grid[place], listed(subject))


def _price_list(menu: Menu, sheets: Sequence[PriceSheet]) -> PriceList:
    """Set out the prices of sheets with one match; left out is what nobody can win or lose."""
    chances, odds = (
        np.concatenate([getattr(sheet, name)[0] for sheet in sheets]) for name in ("probability", "fair_odds")
    )
    priced = ~np.isnan(chances)
    if not priced.all():
        menu, chances, odds = Menu(compress(menu.selections, priced)), chances[priced], odds[priced]
    fair = odds.tolist()
    for place in np.flatnonzero(~np.isfinite(odds)).tolist():
        fair[place] = None
    return PriceList(menu, chances.tolist(), fair)


def _moved(consensus: Consensus) -> Floats:
    """Return by how many goals each agent moves both sides of the pool, shape (m, 2, c); the leader's own."""
    return np.stack(consensus.goals) - consensus.goals_without


def _factors(asked: Asked, moved: Floats, place: int) -> Iterator[str]:
    consensus, sides = asked.consensus, _sides(asked.fixtures, place)
    leader = int(np.flatnonzero(consensus.weights[place] != 0.0)[0])
    said = consensus.said[leader]
    yield (
        f"{_words(consensus.names[leader])} lead with {said.home[place]:.2f} : {said.away[place]:.2f} goals"
        f" ({said.reasons[place]})"
    )
    found = [
        (moved[number, side], consensus.names[number], team)
        for number in range(len(consensus.names))
        for side, team in enumerate(sides)
        if number != leader and abs(moved[number, side]) >= _WORTH_A_WORD
    ]
    for goals, name, team in sorted(found, key=lambda each: -abs(each[0]))[:_MOST_FACTORS]:
        yield f"{_words(name)} {goals:+.2f} goals for {team}"


def _words(name: str) -> str:
    return name.replace("_", " ")


def _warnings(asked: Asked, telling: Telling, place: int) -> Iterator[str]:
    consensus, fitted = asked.consensus, asked.fitted
    for name, said in zip(consensus.names[: consensus.members], consensus.said, strict=False):
        if not said.made[place]:
            yield f"{_words(name)} abstain: {said.reasons[place]}"
    age = telling.as_of - fitted.known_at
    if age > telling.freshness:
        yield f"the newest result is {age.days} days old"
    for team in _sides(asked.fixtures, place):
        seen = fitted.seen(team)
        if seen < FEW_MATCHES:
            where = f"{fitted.competition} in the year before"
            yield f"{team} played {seen} matches of {where}: wide uncertainty"
