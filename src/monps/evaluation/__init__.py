"""Honest measurement: scores, calibration, and the distance to the market."""

from monps.evaluation.market_scores import score_market
from monps.evaluation.scorecard import Outcomes, score

__all__ = ["Outcomes", "score", "score_market"]
