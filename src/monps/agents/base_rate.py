"""What one knows who knows no team: how many goals the competition sees."""

from monps.agents.base import Agent, Forecast, History
from monps.numerics.checks import Bools
from monps.ratings.strengths import StrengthSettings
from monps.ratings.walk import walk

_ALIKE = 1e9


class BaseRate(Agent):
    """Every match of a competition alike: its recent goals at home and away.

    An agent that does not beat this knows nothing.
    """

    half_life_days: float = 390.0

    @property
    def name(self) -> str:
        """What it is called."""
        return "base_rate"

    def replay(self, history: History, wanted: Bools) -> Forecast:
        """Walk strengths that are held to be all alike."""
        alike = StrengthSettings(
            half_life_days=self.half_life_days, ridge=_ALIKE, newcomer_attack=0.0, newcomer_defence=0.0
        )
        walked = walk(history.matches, alike, wanted)
        return Forecast(walked.home, walked.away, walked.rho, refits=walked.refits)
