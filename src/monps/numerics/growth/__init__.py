"""Stakes that make wealth grow fastest: Kelly's criterion for one bet, exclusive ones, and any others."""

from monps.numerics.growth.closed import (
    expected_value,
    kelly_exclusive,
    kelly_single,
    net_odds,
    uncertainty_shrinkage,
)
from monps.numerics.growth.returns import bet_returns, expected_growth, joint_returns
from monps.numerics.growth.simultaneous import LogOptimal, kelly_simultaneous

__all__ = [
    "LogOptimal",
    "bet_returns",
    "expected_growth",
    "expected_value",
    "joint_returns",
    "kelly_exclusive",
    "kelly_simultaneous",
    "kelly_single",
    "net_odds",
    "uncertainty_shrinkage",
]
