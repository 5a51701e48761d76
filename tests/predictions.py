"""Predictions, profiles, scorers and values that could be true, made from few numbers."""

import math
from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal

import numpy as np

from factories import AWAY, HOME, SATURDAY
from monps.domain.features import (
    Differential,
    DimensionValue,
    Friction,
    FrictionEffect,
    FrictionEvidence,
    FrictionTarget,
    MatchFeatures,
    Neighbour,
    TeamDNA,
    TeamFeatures,
)
from monps.domain.identifiers import Season
from monps.domain.market import Selection
from monps.domain.opinions import (
    AgentOpinion,
    Provenance,
    agreement_of,
    aleatoric_variance_of,
    confidence_level,
    data_quality,
    epistemic_variance_of,
)
from monps.domain.predictions import EnsemblePrediction, MarketPrediction, ScoreChance
from monps.domain.risk import NoBet, PositionSize, Value
from monps.domain.scorers import GoalscorerPrediction, ScorerForecast
from monps.markets.pricing import price
from monps.numerics.grid import ScoreGrid
from monps.sources.simulated.scores import Rates, score_grid

MORNING = SATURDAY - timedelta(hours=7)
DIMENSIONS = (
    "attack", "defence", "tempo", "shot_quality", "possession", "pressing", "directness", "set_pieces",
    "wide_play", "late_goals", "discipline", "rotation",
)  # fmt: skip
PLAYERS = tuple(f"{first} {last}" for first in "ABCDE" for last in ("Ostrin", "Vell", "Karr"))[:13]


def grid_of(home_goals: float, away_goals: float) -> ScoreGrid:
    """Return one match's grid."""
    return score_grid(Rates(np.array([home_goals]), np.array([away_goals])), -0.05)


def opinion(agent: str, goals: tuple[float, float], weight: float) -> AgentOpinion:
    """Return an agent that expects these goals."""
    home_win, draw, away_win = map(float, grid_of(*goals).outcomes()[0])
    return AgentOpinion(
        agent=agent, weight=weight, home_win=home_win, draw=draw, away_win=away_win, home_goals=goals[0],
        away_goals=goals[1], home_goals_error=0.1, away_goals_error=0.1, quality=0.9,
    )  # fmt: skip


def prediction(
    goals: tuple[float, float] = (1.62, 1.08),
    teams: tuple[str, str] = (HOME, AWAY),
    *,
    match_id: int = 1,
    prediction_id: str = "p-1",
) -> EnsemblePrediction:
    """Return a prediction of three agents, one of whom abstains."""
    members = (
        opinion("bookmakers", (goals[0] - 0.05, goals[1] + 0.04), 0.93),
        opinion("market_memory", (goals[0] + 0.12, goals[1] - 0.05), 0.12),
        opinion("goals", (goals[0] + 0.2, goals[1] + 0.15), -0.05),
        AgentOpinion(agent="style", abstained=True, reasons=("no match of these teams has style data",)),
    )
    grid = grid_of(*goals)
    outcomes = tuple(map(float, grid.outcomes()[0]))
    said = [member.outcomes for member in members if member.outcomes]
    agreement, quality = agreement_of(outcomes, said), 0.85
    score = agreement * (1 + quality) / 2
    return EnsemblePrediction(
        prediction_id=prediction_id, match_id=match_id, competition="SIM1", season=2025, home=teams[0],
        away=teams[1], kickoff=SATURDAY, as_of=MORNING, computed_at=MORNING, model="brain", matches=1_234,
        data_known_at=MORNING - timedelta(days=2), data_age_days=2.0, home_win=outcomes[0], draw=outcomes[1],
        away_win=outcomes[2], home_goals=goals[0], away_goals=goals[1], home_goals_error=0.11,
        away_goals_error=0.09, members=members, agreement=agreement,
        epistemic_variance=epistemic_variance_of(said), aleatoric_variance=aleatoric_variance_of(said),
        confidence_score=score, confidence_level=confidence_level(score), data_quality_score=quality,
        data_quality=data_quality(quality), scores=tuple(_scores(grid)), markets=tuple(_markets(grid)),
        contributing_factors=("the bookmakers lead the pool",), warnings=("the referee is not known",),
        provenance=Provenance(
            model="brain", code_version="0", spec_hash="a", data_version="b", fitted_as_of=MORNING
        ),
    )  # fmt: skip


def _scores(grid: ScoreGrid) -> Iterator[ScoreChance]:
    scores, chances = grid.likeliest(10)
    for (home, away), chance in zip(scores[0].tolist(), chances[0].tolist(), strict=True):
        yield ScoreChance(home=home, away=away, probability=chance)


def _markets(grid: ScoreGrid) -> Iterator[MarketPrediction]:
    for entry in price(grid).sheet(0):
        yield MarketPrediction(
            **entry.selection.market._asdict(), selection=entry.selection.name, probability=entry.probability,
            fair_odds=entry.fair_odds if math.isfinite(entry.fair_odds) else None,
        )  # fmt: skip


def dna(team: str, seed: int, dimensions: Sequence[str] = DIMENSIONS) -> TeamDNA:
    """Return a profile drawn by a seed, its last dimension missing."""
    rng = np.random.default_rng(seed)
    known = [
        _dimension(name, float(rng.normal(0, 1.1)), float(rng.uniform(0.15, 0.5))) for name in dimensions[:-1]
    ]
    missing = DimensionValue(
        dimension=dimensions[-1], group="squad", unit="share", as_of=MORNING, reason="no line-ups are known"
    )
    return TeamDNA(
        team=team, competition="SIM1", season=Season(start=2025), as_of=MORNING, matches=20,
        dimensions=(*known, missing),
        neighbours=(Neighbour(team="Cressby", distance=0.8, standard_error=0.2, dimensions=11),),
        uniqueness=0.4,
    )  # fmt: skip


def _dimension(name: str, z: float, error: float) -> DimensionValue:
    return DimensionValue(
        dimension=name, group="play", unit="per match", value=10 + 2 * z, standard_error=2 * error, n=20, z=z,
        z_error=error,
        source="understat", as_of=MORNING, age_days=2.0,
    )  # fmt: skip


def features(teams: tuple[str, str] = (HOME, AWAY)) -> MatchFeatures:
    """Return two profiles and their friction, which moves the price of cards alone."""
    home, away = (dna(team, seed) for seed, team in enumerate(teams, 3))
    sides = [
        TeamFeatures(dna=each, rest_days=7.0, matches_in_30_days=4, recent=5, points=1.6, goals_for=1.4,
                     goals_against=1.2) for each in (home, away)
    ]  # fmt: skip
    differentials = tuple(
        Differential(
            dimension=mine.dimension, value=mine.z - theirs.z,
            standard_error=math.hypot(mine.standard_error, theirs.standard_error) / 2,
        )
        for mine, theirs in zip(home.dimensions, away.dimensions, strict=True)
        if mine.z is not None and theirs.z is not None
    )  # fmt: skip
    friction = Friction(
        competition="SIM1", home=teams[0], away=teams[1], as_of=MORNING,
        targets=(_target("goals", 1.5, -0.0001), _target("cards", 2.1, 0.003)),
    )  # fmt: skip
    return MatchFeatures(
        match_id=1, competition="SIM1", as_of=MORNING, home=sides[0], away=sides[1],
        differentials=differentials, friction=friction,
    )  # fmt: skip


def _target(name: str, expected: float, gain: float) -> FrictionTarget:
    effect = FrictionEffect(expected=expected, effect=0.06, lower=-0.02, upper=0.14, log_effect=0.03)
    evidence = FrictionEvidence(
        gain=gain, lower=gain - 0.002, upper=gain + 0.002, n=9_000, seasons=(2023, 2024)
    )
    return FrictionTarget(
        target=name, unit="a match", home=effect, away=effect, moves_prices=gain > 0.002, evidence=evidence,
        note="as measured",
    )  # fmt: skip


def scorers(teams: tuple[str, str] = (HOME, AWAY)) -> ScorerForecast:
    """Return thirteen players a side, who share the goals that nobody else scores."""
    no_goal, own_goal = 0.07, 0.03
    each_first = (1 - no_goal - own_goal) / (2 * len(PLAYERS))
    listed = tuple(_scorer(team, player, each_first) for team in teams for player in PLAYERS)
    first = sum(scorer.first for scorer in listed)
    return ScorerForecast(
        competition="SIM1", home=teams[0], away=teams[1], as_of=MORNING, model="shares", matches=300,
        home_goals=1.62, away_goals=1.08, scorers=listed, first_own_goal=1 - no_goal - first,
        last_own_goal=1 - no_goal - first, no_goal=no_goal,
    )  # fmt: skip


def _scorer(team: str, player: str, first: float) -> GoalscorerPrediction:
    anytime = 0.2
    return GoalscorerPrediction(
        player=player, team=team, position="forward", play_probability=0.9, start_probability=0.8,
        expected_minutes=70, share=1 / len(PLAYERS), anytime=anytime, first=first, last=first,
        team_first_scorer=0.1, two_or_more=0.03, hat_trick=0.005, fair_odds=0.9 / anytime,
    )  # fmt: skip


def value(selection: Selection, probability: float, odds: float, bookmaker: str = "pinnacle") -> Value:
    """Return what odds are worth; below 2 % it is no bet."""
    worth = probability * odds - 1
    no_bet = None if worth > 0.02 else NoBet(reason="no_edge", detail=f"the value is {worth:.1%}")
    return Value(
        competition="SIM1", home=HOME, away=AWAY, kickoff=SATURDAY, family=selection.market.family,
        line=selection.market.line, period=selection.market.period, selection=selection.name,
        bookmaker=bookmaker, odds=odds, quoted_at=MORNING, probability=probability, fair_odds=1 / probability,
        implied=1 / odds, expected_value=worth, interval=(worth - 0.05, worth + 0.05),
        kelly=max(worth, 0.0) / (odds - 1), no_bet=no_bet,
    )  # fmt: skip


def position(found: Value, bankroll: Decimal = Decimal("1000.00")) -> PositionSize:
    """Return a quarter of Kelly."""
    stake = (bankroll * Decimal(found.kelly) / 4).quantize(Decimal("0.01"))
    refused = None if stake else NoBet(reason="no_stake", detail="Kelly is 0")
    return PositionSize(
        bankroll=bankroll, odds=found.odds, probability=found.probability,
        expected_value=found.expected_value, kelly=found.kelly, fraction=0.25,
        share=float(stake / bankroll), stake=stake, no_bet=refused,
    )  # fmt: skip
