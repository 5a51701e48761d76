"""Players: who plays, who scores, and how their goals add up to the match's."""

from monps.players.given import given
from monps.players.goalscorer import GoalscorerCalculator, ScorerSheet, SideScorers, SquadShares
from monps.players.minutes import MinutesModel
from monps.players.shares import ShareModel
from monps.players.squads import NOBODY, FittedPlayers, PlayerModel, Squads

__all__ = [
    "NOBODY",
    "FittedPlayers",
    "GoalscorerCalculator",
    "MinutesModel",
    "PlayerModel",
    "ScorerSheet",
    "ShareModel",
    "SideScorers",
    "SquadShares",
    "Squads",
    "given",
]
