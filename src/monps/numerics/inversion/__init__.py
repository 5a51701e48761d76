"""From prices back to goal rates, and to the scoreline grid behind them."""

from monps.numerics.inversion.grids import USUAL_RHO, FittedGrids, Prior
from monps.numerics.inversion.joint import JointlyFair, Trust, remove_margin_jointly
from monps.numerics.inversion.quotes import QuotedMarkets
from monps.numerics.inversion.rates import rates_from_result, rates_from_result_and_total

__all__ = [
    "USUAL_RHO",
    "FittedGrids",
    "JointlyFair",
    "Prior",
    "QuotedMarkets",
    "Trust",
    "rates_from_result",
    "rates_from_result_and_total",
    "remove_margin_jointly",
]
