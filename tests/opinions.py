"""Predictions that could be true, made without an agent."""

from datetime import UTC, datetime, timedelta
from typing import Any

from monps.domain.opinions import (
    AgentOpinion,
    Provenance,
    Triple,
    agreement_of,
    aleatoric_variance_of,
    confidence_level,
    data_quality,
    epistemic_variance_of,
)
from monps.domain.predictions import EnsemblePrediction, MarketPrediction, ScoreChance

KICKOFF = datetime(2026, 3, 14, 15, tzinfo=UTC)
POOLED = (0.48, 0.27, 0.25)
MEMBERS: dict[str, Triple] = {
    "bookmakers": (0.48, 0.27, 0.25),
    "market_memory": (0.5, 0.26, 0.24),
    "goals": (0.44, 0.28, 0.28),
}


def opinion(agent: str, said: Triple, weight: float = 0.3) -> AgentOpinion:
    """Let an agent speak."""
    home, draw, away = said
    return AgentOpinion(
        agent=agent, weight=weight, home_win=home, draw=draw, away_win=away, home_goals=1.5, away_goals=1.1,
        home_goals_error=0.1, away_goals_error=0.1, quality=0.9, reasons=("results",),
    )  # fmt: skip


def market_predictions() -> tuple[MarketPrediction, ...]:
    """Price the result, and over and under 2.5."""
    rows = [("match_result", None, zip(("home", "draw", "away"), POOLED, strict=True))]
    rows += [("totals", 2.5, zip(("over", "under"), (0.52, 0.48), strict=True))]
    return tuple(
        MarketPrediction(
            family=family, line=line, period="full_time", selection=name, probability=p, fair_odds=1 / p
        )
        for family, line, sides in rows
        for name, p in sides
    )


def ensemble_prediction(**changes: Any) -> EnsemblePrediction:
    """Make a prediction by three agents that speak and one that abstains."""
    said, quality = list(MEMBERS.values()), 0.85
    agreement = agreement_of(POOLED, said)
    confidence = agreement * (1 + quality) / 2
    home, draw, away = POOLED
    fields = {
        "prediction_id": "p-1", "match_id": 7, "competition": "SIM1", "season": 2025, "home": "Ashgrave",
        "away": "Barrowmere", "kickoff": KICKOFF, "as_of": KICKOFF - timedelta(days=1),
        "computed_at": KICKOFF - timedelta(days=1), "model": "brain", "matches": 500,
        "data_known_at": KICKOFF - timedelta(days=6), "data_age_days": 5.0, "home_win": home, "draw": draw,
        "away_win": away, "home_goals": 1.5, "away_goals": 1.1, "home_goals_error": 0.06,
        "away_goals_error": 0.06,
        "members": (
            *(opinion(name, chances) for name, chances in MEMBERS.items()),
            AgentOpinion(agent="style", abstained=True, reasons=("no shots",)),
        ),
        "agreement": agreement, "epistemic_variance": epistemic_variance_of(said),
        "aleatoric_variance": aleatoric_variance_of(said), "confidence_score": confidence,
        "confidence_level": confidence_level(confidence), "data_quality_score": quality,
        "data_quality": data_quality(quality), "scores": (ScoreChance(home=1, away=1, probability=0.12),),
        "markets": market_predictions(), "contributing_factors": ("market memory +0.21 goals for Ashgrave",),
        "warnings": ("style abstains: no shots",),
        "provenance": Provenance(
            model="brain", code_version="0.1.0", spec_hash="0" * 64, data_version="SIM1:1",
            fitted_as_of=KICKOFF - timedelta(days=1),
        ),
    }  # fmt: skip
    return EnsemblePrediction(**(fields | changes))
