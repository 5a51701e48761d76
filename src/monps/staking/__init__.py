"""Staking: what an offer is worth, how much to put on it, under which controls, and what can be lost."""

from monps.staking.controls import CONTROLS
from monps.staking.kelly import Flat, Kelly, MarketKelly, MatchKelly, Percentage, StakeRule

STAKE_RULES: dict[str, StakeRule] = {
    rule.name: rule for rule in (Flat(), Percentage(), Kelly(), MarketKelly(), MatchKelly())
}
"""Every way to stake, with its usual settings, by name."""

__all__ = [
    "CONTROLS",
    "STAKE_RULES",
    "Flat",
    "Kelly",
    "MarketKelly",
    "MatchKelly",
    "Percentage",
    "StakeRule",
]
