"""Honest measurement: scores, calibration, and the distance to the market."""

from monps.evaluation.market_scores import score_market
from monps.evaluation.scorecard import Outcomes, reliability_bins, score

__all__ = ["Outcomes", "reliability_bins", "score", "score_market"]
