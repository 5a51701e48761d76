"""Anytime goalscorers as in ``scorers``, by the recipes that share goals out in other ways alone."""

from benchmarks.report import Report
from benchmarks.scorers import RECIPES, report


def measure() -> Report:
    """Judge them."""
    return report(RECIPES)
